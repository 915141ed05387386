"""Versions of the checklist: when one may replace the one before it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.papers.models import Checklist
from dreiklang.papers.rules.kinds import ChecklistState
from dreiklang.papers.services.checklists import CannotSaveChecklist, publish_checklist
from dreiklang.papers.tests.check_factories import CONTENT, published_checklist
from dreiklang.people.rules import SYSTEM, Role
from dreiklang.people.tests.factories import account

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


def test_a_version_for_later_leaves_the_one_in_force_alone() -> None:
    now = published_checklist()
    later = draft(NEW_YEAR)

    with pytest.raises(CannotSaveChecklist, match="not_yet"):
        published(later, date(2026, 12, 31))

    now.refresh_from_db()
    later.refresh_from_db()
    assert (now.state, later.state) == (ChecklistState.PUBLISHED, ChecklistState.DRAFT)


def test_on_its_day_it_replaces_the_one_before() -> None:
    before = published_checklist()

    made = published(draft(NEW_YEAR), NEW_YEAR)

    before.refresh_from_db()
    assert (made.state, made.valid_from) == (ChecklistState.PUBLISHED, NEW_YEAR)
    assert before.state == ChecklistState.RETIRED


def test_without_a_day_it_is_valid_from_the_day_it_is_put_in_force() -> None:
    assert published(draft(None), NEW_YEAR).valid_from == NEW_YEAR


def test_the_page_says_from_when_it_can_be_put_in_force(client: Client) -> None:
    later = draft(date(2999, 1, 1))
    client.force_login(account(Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("papers:checklist", args=[later.pk])).content.decode()
    tried = client.post(reverse("papers:checklist_publish", args=[later.pk]), {"version": 1}, follow=True)

    assert "Januar 2999 können Sie diese Fassung in Kraft setzen." in page
    assert reverse("papers:checklist_publish", args=[later.pk]) not in page
    assert "Diese Fassung gilt erst von einem späteren Tag an." in tried.content.decode()
