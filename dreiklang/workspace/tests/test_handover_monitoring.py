"""Indicators and what belongs to them go along when an office or a person hands over."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.monitoring.models import Criterion, DataRequest, Dataset, Indicator, Survey, WatchItem
from dreiklang.monitoring.services.handover import hand_over
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests import frame_factories as frame
from dreiklang.monitoring.tests.rated import criterion
from dreiklang.people.models import Account, Department
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.workspace.queries.handover import belongings
from dreiklang.workspace.services import handover
from dreiklang.workspace.services.handover import Split
from dreiklang.workspace.tests.test_handover import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HELD = (Indicator, Criterion, Dataset, DataRequest, WatchItem, Survey)


class Office:
    """An office that answers for one record of each kind, and the person in it who does."""

    def __init__(self) -> None:
        self.department = department()
        self.lead = account(Role.DEPARTMENT_EDITOR, department=self.department, where=self.department)
        held = {"department": self.department, "responsible": self.lead}
        self.indicator = make.indicator(**held)
        self.criterion = criterion(**held)
        self.dataset = make.dataset(**held)
        self.request = frame.data_request(**held, asker=self.lead)
        self.topic = frame.watch_item(**held, topic="Mietrecht")
        self.survey = frame.survey(department=self.department)


def left_with(gone: Department | Account) -> int:
    field = "department" if isinstance(gone, Department) else "responsible"
    models = HELD if field == "department" else HELD[:-1]
    return sum(model._default_manager.filter(**{field: gone.pk}).count() for model in models)


def test_all_of_it_is_shown_before_and_moves_with_the_office() -> None:
    office, new = Office(), department(head=account())
    by = viewer(Role.COORDINATOR)
    held = belongings(by, department=office.department).monitoring
    assert {kind: len(refs) for kind, refs in held.items()} == dict.fromkeys(
        ("indicators", "criteria", "datasets", "requests", "watched", "surveys"), 1
    )

    moved = handover.merge(by=by, on=TODAY, department=office.department, into=new)

    assert moved.monitoring == 6
    assert (left_with(office.department), left_with(new)) == (0, 6)
    assert belongings(PUBLIC, department=new).monitoring == {}


def test_all_of_it_moves_with_the_person_also_what_she_asked_for() -> None:
    office, successor = Office(), account()

    moved = handover.leave(by=viewer(Role.COORDINATOR), on=TODAY, account=office.lead, successor=successor)

    assert moved.monitoring == 5
    assert (left_with(office.lead), left_with(successor)) == (0, 5)
    assert DataRequest.objects.get().asker == successor


def test_what_is_over_stays_with_whom_it_was() -> None:
    office = Office()
    DataRequest.objects.update(state="dropped", dropped_reason="Nicht mehr gebraucht")
    WatchItem.objects.update(ended_on=TODAY)

    hand_over(by=viewer(Role.COORDINATOR), from_department=office.department, to_department=department())

    assert DataRequest.objects.get().department == office.department
    assert WatchItem.objects.get().department == office.department


def test_a_split_sends_each_where_it_was_told_and_the_rest_stays() -> None:
    office, other, new = Office(), Office(), department(head=account())
    parts = Split(monitoring={"indicators": {office.indicator.pk: new}, "surveys": {office.survey.pk: new}})

    handover.split(by=viewer(Role.COORDINATOR), on=TODAY, department=office.department, parts=parts)

    assert (left_with(new), left_with(office.department), left_with(other.department)) == (2, 4, 6)


def test_topics_that_both_offices_watch_are_told_apart() -> None:
    office, new = Office(), Office()

    handover.merge(by=viewer(Role.COORDINATOR), on=TODAY, department=office.department, into=new.department)

    assert sorted(WatchItem.objects.values_list("topic", flat=True)) == [
        "Mietrecht",
        f"Mietrecht ({office.department.key})",
    ]


def test_only_coordination_hands_over() -> None:
    with pytest.raises(NotAllowed):
        hand_over(by=viewer(Role.STATISTICS), from_department=department(), to_department=department())


def test_the_page_lists_it_and_a_split_asks_for_each(client: Client, settings: Any) -> None:
    office, target = Office(), department()
    signed_in(client, settings, Role.COORDINATOR)
    asked: dict[str, Any] = {"anlass": "merged", "amt": office.department.pk}
    assert (
        "Offene Datenanforderungen (1)" in client.get(reverse("workspace:handover"), asked).content.decode()
    )
    page = f"{reverse('workspace:handover')}?anlass=split&amt={office.department.pk}"
    assert "<h2>Kriterien</h2>" in client.get(page).content.decode()
    stays = {
        "monitoring-criteria": office.criterion,
        "monitoring-datasets": office.dataset,
        "monitoring-requests": office.request,
        "monitoring-watched": office.topic,
        "monitoring-surveys": office.survey,
        "people": office.lead,
    }
    typed = {f"{kind}:{one.pk}": "0" for kind, one in stays.items()} | {
        f"monitoring-indicators:{office.indicator.pk}": target.pk,
        "on": "2026-11-23",
        "reason": "Reform",
        "rest": "",
        "do": "1",
    }

    answer = client.post(page, typed, follow=True)

    assert "1 Einträge des Monitorings" in answer.content.decode()
    assert Indicator.objects.get(pk=office.indicator.pk).department == target
    assert Criterion.objects.get(pk=office.criterion.pk).department == office.department
