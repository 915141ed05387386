"""Which checks wait for whom, on the focus page too."""

from datetime import date

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
    return [(one.number, one.reason) for one in checks_due_for(Town.as_viewer(who))]


def test_a_second_reading_waits_for_its_reader_only(town: Town) -> None:
    check = town.in_review(committee_on=date(2026, 12, 8))

    assert waiting(town.reader) == [(check.number, "check_read")]
    assert waiting(town.editor) == []
    assert waiting(town.signer) == []
    found = checks_due_for(town.as_viewer(town.reader))[0].on
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


def test_nothing_waits_for_the_public(town: Town) -> None:
    town.co_signing()

    assert checks_due_for(PUBLIC) == []


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
