"""Handing over touches every subject: nothing may be left with an office or a person that is gone."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.concepts.models import Concept
from dreiklang.goals.models import EvaluationStep, Framework, GroupMember, ThematicGroup
from dreiklang.measures.models import Measure
from dreiklang.people.models import Account, Department, Succession
from dreiklang.people.rules import PUBLIC, Role, Viewer
from dreiklang.people.services import CannotHandOver, NotAllowed
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.workspace.queries.handover import belongings, ownerless
from dreiklang.workspace.services import handover
from dreiklang.workspace.services.handover import Moved, Split

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def coordinator() -> Viewer:
    return viewer(Role.COORDINATOR)


class Office:
    """An office with a head, a lead, two measures, two concepts, an open step and a seat in a group."""

    def __init__(self) -> None:
        self.department = department()
        self.head = account(Role.LEAD, department=self.department, where=self.department)
        self.lead = account(Role.LEAD, department=self.department, where=self.department)
        Department.objects.filter(pk=self.department.pk).update(head=self.head)
        self.department.refresh_from_db()
        held = {"lead_department": self.department, "lead": self.lead}
        name = self.department.key
        self.measures = [Measure.objects.create(number=f"{name}-M{n}", title="M", **held) for n in (1, 2)]
        self.concepts = [Concept.objects.create(number=f"{name}-K{n}", title="K", **held) for n in (1, 2)]
        self.framework, _is_new = Framework.objects.get_or_create(
            title="Rahmen", label="2026", defaults={"status": "valid"}
        )
        self.step = EvaluationStep.objects.create(
            framework=self.framework, name="Befragung", due_on=TODAY, department=self.department
        )
        self.group = ThematicGroup.objects.create(framework=self.framework, name=f"Team {name}")
        GroupMember.objects.create(group=self.group, account=self.lead)


def left_with(gone: Department) -> dict[str, int]:
    """How much still hangs on the department."""
    return {
        "measures": Measure.objects.filter(lead_department=gone).count(),
        "concepts": Concept.objects.filter(lead_department=gone).count(),
        "steps": EvaluationStep.objects.filter(department=gone, done_on=None).count(),
        "people": Account.objects.filter(department=gone, is_active=True).count(),
        "children": Department.objects.filter(parent=gone).count(),
    }


NOTHING = {"measures": 0, "concepts": 0, "steps": 0, "people": 0, "children": 0}


def test_what_will_move_is_shown_before(coordinator: Viewer) -> None:
    office = Office()

    held = belongings(coordinator, department=office.department)

    assert [one.id for one in held.measures] == [one.pk for one in office.measures]
    assert [one.key for one in held.concepts] == [one.number for one in office.concepts]
    assert [one.title for one in held.plan] == ["Befragung"]
    assert len(held.people) == 2
    assert belongings(PUBLIC, department=office.department).total == 0


def test_after_a_merge_nothing_hangs_on_the_office_that_ended(coordinator: Viewer) -> None:
    office, new = Office(), Office()
    department(parent=office.department, head=account())

    moved = handover.merge(
        by=coordinator, on=TODAY, department=office.department, into=new.department, reason="Reform"
    )

    assert left_with(office.department) == NOTHING
    assert moved == Moved(measures=2, concepts=2, plan=1)
    assert ownerless(coordinator).total == 0


def test_after_a_person_left_nothing_hangs_on_her(coordinator: Viewer) -> None:
    office = Office()
    successor = account(Role.LEAD, department=office.department)

    moved = handover.leave(by=coordinator, on=TODAY, account=office.lead, successor=successor)

    assert moved == Moved(measures=2, concepts=2, plan=1)
    assert set(Measure.objects.values_list("lead", flat=True)) == {successor.pk}
    assert set(Concept.objects.values_list("lead", flat=True)) == {successor.pk}
    assert list(GroupMember.objects.values_list("account", flat=True)) == [successor.pk]
    assert belongings(coordinator, account=office.lead).total == 0
    assert ownerless(coordinator).total == 0


def test_a_split_sends_each_part_where_it_was_told(coordinator: Viewer) -> None:
    office, first, second = Office(), department(head=account()), department(head=account())
    parts = Split(
        measures={office.measures[0].pk: first, office.measures[1].pk: second},
        concepts={office.concepts[0].number: first},
        people={office.lead.pk: first},
    )

    handover.split(by=coordinator, on=TODAY, department=office.department, parts=parts)

    led = dict(Measure.objects.values_list("pk", "lead_department"))
    assert led == {office.measures[0].pk: first.pk, office.measures[1].pk: second.pk}
    assert list(Concept.objects.order_by("number").values_list("lead_department", flat=True)) == [
        first.pk,
        office.department.pk,
    ]
    assert Account.objects.get(pk=office.lead.pk).department == first
    assert Department.objects.get(pk=office.department.pk).ended_on is None


def test_a_split_with_the_rest_named_ends_the_office_and_leaves_nothing(coordinator: Viewer) -> None:
    office, first, rest = Office(), department(head=account()), department(head=account())
    parts = Split(measures={office.measures[0].pk: first}, rest=rest)

    handover.split(by=coordinator, on=TODAY, department=office.department, parts=parts)

    assert left_with(office.department) == NOTHING
    assert Measure.objects.get(pk=office.measures[0].pk).lead_department == first
    assert Measure.objects.get(pk=office.measures[1].pk).lead_department == rest
    assert Department.objects.get(pk=office.department.pk).ended_on == TODAY
    assert ownerless(coordinator).total == 0


def test_a_split_of_nothing_is_refused(coordinator: Viewer) -> None:
    with pytest.raises(CannotHandOver, match="nobody"):
        handover.split(by=coordinator, on=TODAY, department=department(), parts=Split())


def test_a_refusal_in_the_middle_moves_nothing(coordinator: Viewer) -> None:
    office = Office()
    below = department(parent=office.department)

    with pytest.raises(CannotHandOver, match="below"):
        handover.merge(by=coordinator, on=TODAY, department=office.department, into=below)

    assert left_with(office.department)["measures"] == 2
    assert not Succession.objects.exists()


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEADERSHIP, Role.DEPARTMENT_EDITOR, Role.PARTNER])
def test_only_coordination_hands_over(role: Role) -> None:
    with pytest.raises(NotAllowed):
        handover.merge(by=viewer(role), on=TODAY, department=department(), into=department())


def test_what_nobody_answers_for_is_found(coordinator: Viewer) -> None:
    Measure.objects.create(number="X1", title="Verwaist", lead=account(is_active=False))

    assert [ref.key for ref in ownerless(coordinator).measures] == ["X1"]
    assert ownerless(PUBLIC).total == 0


def signed_in(client: Client, settings, *roles: Role) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(account(*roles), backend="django.contrib.auth.backends.ModelBackend")


def test_the_page_checks_first_and_moves_second(client: Client, settings) -> None:
    office, successor = Office(), account(Role.LEAD)
    signed_in(client, settings, Role.COORDINATOR)
    page = f"{reverse('workspace:handover')}?anlass=left&person={office.lead.pk}"
    typed = {"successor": successor.pk, "on": "2026-11-23", "reason": "Ruhestand"}

    checked = client.post(page, typed)
    assert checked.status_code == 200
    assert office.measures[0].number in checked.content.decode()
    assert Account.objects.get(pk=office.lead.pk).is_active
    done = client.post(page, typed | {"do": "1"}, follow=True)

    assert not Account.objects.get(pk=office.lead.pk).is_active
    assert "Für alles ist jemand zuständig." in done.content.decode()


def test_the_split_page_asks_for_each_part(client: Client, settings) -> None:
    office, target = Office(), department()
    signed_in(client, settings, Role.COORDINATOR)
    page = f"{reverse('workspace:handover')}?anlass=split&amt={office.department.pk}"
    typed = {
        "on": "2026-11-23",
        "reason": "Reform",
        "rest": "",
        **{f"people:{one.pk}": "0" for one in (office.head, office.lead)},
        f"measures:{office.measures[0].pk}": target.pk,
        f"measures:{office.measures[1].pk}": "0",
        f"concepts:{office.concepts[0].pk}": "0",
        f"concepts:{office.concepts[1].pk}": target.pk,
        f"steps:{office.step.pk}": target.pk,
        f"people:{office.lead.pk}": target.pk,
        "do": "1",
    }

    client.post(page, typed)

    assert Measure.objects.get(lead_department=target) == office.measures[0]
    assert Concept.objects.get(lead_department=target) == office.concepts[1]
    assert EvaluationStep.objects.get().department == target
    assert Account.objects.get(department=target) == office.lead


@pytest.mark.parametrize("occasion", ["renamed", "merged", "split"])
def test_each_occasion_has_its_page(client: Client, settings, occasion: str) -> None:
    office = Office()
    signed_in(client, settings, Role.COORDINATOR)

    answer = client.get(reverse("workspace:handover"), {"anlass": occasion, "amt": office.department.pk})

    assert answer.status_code == 200


def test_strangers_and_leads_are_refused(client: Client, settings) -> None:
    assert client.get(reverse("workspace:handover")).status_code == 302
    signed_in(client, settings, Role.LEAD)
    assert client.get(reverse("workspace:handover")).status_code == 403
