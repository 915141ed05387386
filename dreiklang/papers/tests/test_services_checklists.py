"""Versions of the checklist: when one may replace the one before it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.papers.models import Checklist
from dreiklang.papers.queries.checklists import checklist_lines
from dreiklang.papers.queries.checklists import published_checklist as published_checklist_on
from dreiklang.papers.rules.kinds import ChecklistState, Standing
from dreiklang.papers.services.checklists import CannotSaveChecklist, publish_checklist, take_back_checklist
from dreiklang.papers.services.checks.start import NewCheck, start_check
from dreiklang.papers.tests.check_factories import CONTENT, published_checklist
from dreiklang.people.rules import SYSTEM, Role
from dreiklang.people.tests.factories import account, department

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


def draft(valid_from: date | None) -> Checklist:
    return Checklist.objects.create(
        name="INSEK-Prüfung", label="Neu", content=CONTENT | {"label": "Neu"}, valid_from=valid_from
    )


def published(one: Checklist, on: date) -> Checklist:
    return publish_checklist(
        by=SYSTEM, now=datetime(on.year, on.month, on.day, 9, tzinfo=UTC), pk=one.pk, version=1
    )


def asked_on(day: date) -> Checklist | None:
    return published_checklist_on(SYSTEM, today=day)


def test_a_version_for_later_comes_into_force_on_its_day_by_itself() -> None:
    now = published_checklist()
    later = published(draft(NEW_YEAR), date(2026, 12, 1))

    assert (asked_on(date(2026, 12, 31)), asked_on(NEW_YEAR)) == (now, later)
    assert [
        [line.standing for line in checklist_lines(SYSTEM, today=day)]
        for day in (date(2026, 12, 31), NEW_YEAR)
    ] == [[Standing.AHEAD, Standing.IN_FORCE], [Standing.IN_FORCE, Standing.REPLACED]]


def test_a_check_asks_what_is_in_force_on_the_day_it_begins() -> None:
    now, later = published_checklist(), published(draft(NEW_YEAR), date(2026, 12, 1))
    entries = NewCheck(title="Radweg", text="Ein Radweg.", department_id=department().pk)

    begun = [
        start_check(by=SYSTEM, now=datetime(2026 + year, 1, 1, 9, tzinfo=UTC), draft=entries).checklist
        for year in (0, 1)
    ]

    assert begun == [now, later]


def test_a_version_for_later_can_be_taken_back_until_its_day() -> None:
    now, later = published_checklist(), published(draft(NEW_YEAR), date(2026, 12, 1))

    with pytest.raises(CannotSaveChecklist, match="has_begun"):
        take_back_checklist(by=SYSTEM, now=datetime(2027, 1, 1, 9, tzinfo=UTC), pk=later.pk, version=2)
    taken = take_back_checklist(by=SYSTEM, now=datetime(2026, 12, 2, 9, tzinfo=UTC), pk=later.pk, version=2)

    assert taken.state == ChecklistState.DRAFT
    assert asked_on(NEW_YEAR) == now


def test_two_versions_from_one_day_on_are_refused() -> None:
    published(draft(NEW_YEAR), date(2026, 12, 1))
    other = Checklist.objects.create(
        name="INSEK-Prüfung", label="Dritte", content=CONTENT | {"label": "Dritte"}, valid_from=NEW_YEAR
    )

    with pytest.raises(CannotSaveChecklist, match="day_taken"):
        published(other, date(2026, 12, 2))


def test_one_for_today_leaves_one_for_later_in_its_place() -> None:
    later = published(draft(NEW_YEAR), date(2026, 12, 1))
    other = Checklist.objects.create(name="INSEK-Prüfung", label="B", content=CONTENT | {"label": "B"})

    between = published(other, date(2026, 12, 2))

    assert (asked_on(date(2026, 12, 31)), asked_on(NEW_YEAR)) == (between, later)


def test_on_its_day_it_replaces_the_one_before() -> None:
    before = published_checklist()

    made = published(draft(NEW_YEAR), NEW_YEAR)

    before.refresh_from_db()
    assert (made.state, made.valid_from) == (ChecklistState.PUBLISHED, NEW_YEAR)
    assert before.state == ChecklistState.RETIRED


def test_without_a_day_it_is_valid_from_the_day_it_is_put_in_force() -> None:
    assert published(draft(None), NEW_YEAR).valid_from == NEW_YEAR


def test_the_page_says_from_when_it_is_in_force(client: Client) -> None:
    later = draft(date(2999, 1, 1))
    client.force_login(account(Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("papers:checklist", args=[later.pk])

    page = client.get(address).content.decode()
    released = client.post(
        reverse("papers:checklist_publish", args=[later.pk]), {"version": 1}, follow=True
    ).content.decode()
    listed = client.get(reverse("papers:checklists")).content.decode()
    back = client.post(
        reverse("papers:checklist_take_back", args=[later.pk]), {"version": 2}, follow=True
    ).content.decode()

    assert "Januar 2999 von selbst in Kraft, wenn Sie sie jetzt freigeben." in page
    assert "Bis dahin fragen neue Prüfungen nach der jetzigen Fassung." in released
    assert "kommt in Kraft" in listed
    assert "Wieder ein Entwurf." in back
