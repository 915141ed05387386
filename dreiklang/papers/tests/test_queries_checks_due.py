"""Which checks wait for whom, on the focus page too."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.papers.queries.checks import checks_due_for
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.papers.services import checks
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.people.models import Account
from dreiklang.people.rules import PUBLIC

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def waiting(who: Account) -> list[tuple[str, str]]:
    found = checks_due_for(Town.as_viewer(who), today=NOW.date())
    return [(one.number, one.reason) for one in found]


def test_a_second_reading_waits_for_its_reader_only(town: Town) -> None:
    check = town.in_review(committee_on=date(2026, 12, 8))

    assert waiting(town.reader) == [(check.number, "check_read")]
    assert waiting(town.editor) == []
    assert waiting(town.signer) == []
    found = checks_due_for(town.as_viewer(town.reader), today=NOW.date())[0].on
    assert found is not None
    assert found < date(2026, 12, 8)


def test_a_co_signature_waits_for_its_office_until_it_answers(town: Town) -> None:
    check = town.co_signing()

    assert waiting(town.signer) == [(check.number, "check_sign")]
    assert waiting(town.reader) == []

    asked = check.co_signatures.get()
    checks.co_sign(
        by=town.as_viewer(town.signer),
        now=NOW,
        number=check.number,
        department_id=asked.department_id,
        state=CoSignState.SIGNED,
    )
    assert waiting(town.signer) == []


def test_a_returned_check_waits_for_whoever_edits_it(town: Town) -> None:
    check = town.in_review()

    checks.return_check(
        by=town.as_viewer(town.reader),
        now=NOW,
        number=check.number,
        version=check.version,
        reason="Ein Ziel fehlt.",
    )

    assert waiting(town.editor) == [(check.number, "check_returned")]


def test_a_release_waits_for_the_coordinator_once_all_offices_answered(town: Town) -> None:
    check = town.co_signing(committee_on=date(2027, 3, 9))
    assert waiting(town.boss) == []

    checks.co_sign(
        by=town.as_viewer(town.signer),
        now=NOW,
        number=check.number,
        department_id=town.green.pk,
        state=CoSignState.SIGNED,
    )

    (found,) = checks_due_for(town.as_viewer(town.boss), today=NOW.date())
    assert (found.number, found.reason) == (check.number, "check_release")
    assert found.on is not None
    assert found.on < date(2027, 3, 9)
    assert waiting(town.editor) == []


def test_an_office_whose_deadline_passed_is_told_to_the_coordinator(town: Town) -> None:
    check = town.co_signing()
    due_on = check.co_signatures.get().due_on

    on_the_day = checks_due_for(town.as_viewer(town.boss), today=due_on)
    (found,) = checks_due_for(town.as_viewer(town.boss), today=due_on + timedelta(days=1))

    assert on_the_day == []
    assert (found.reason, found.on, found.offices) == ("check_offices_late", due_on, ("Grünflächenamt",))


def test_the_coordinators_focus_page_says_which_office_is_late(town: Town) -> None:
    check = town.co_signing()
    check.co_signatures.update(due_on=date(2020, 1, 2))
    client = Client()
    client.force_login(town.boss)

    page = client.get("/arbeit/").content.decode()

    assert check.title in page
    assert "Ohne Antwort nach der Frist: Grünflächenamt." in page


def test_nothing_waits_for_the_public(town: Town) -> None:
    town.co_signing()

    assert checks_due_for(PUBLIC, today=NOW.date()) == []


def test_the_focus_page_leads_to_it(town: Town) -> None:
    check = town.co_signing()
    client = Client()
    client.force_login(town.signer)

    page = client.get("/arbeit/").content.decode()

    assert check.title in page
    assert "Ihr Amt soll diese Vorlage mitzeichnen" in page
    assert reverse("papers:check_signing", args=[check.number]) in page
    for name in ("pipeline", "list", "meetings", "resolutions"):
        assert f'href="{reverse(f"papers:{name}")}"' in page
