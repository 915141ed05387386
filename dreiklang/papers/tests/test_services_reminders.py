from datetime import date, timedelta
from typing import Any

import pytest

from dreiklang.papers.models import Check
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.papers.services import checks
from dreiklang.papers.services.checks import signatures
from dreiklang.papers.tests.check_factories import LATER, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def ordered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The letters ordered of the worker."""
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(signatures, "later", lambda name, **facts: found.append((name, facts)))
    return found


def due_on(check: Check) -> date:
    found: date = check.co_signatures.get().due_on
    return found


@pytest.mark.parametrize("days", [-1, 1, 8, 15])
def test_an_office_is_reminded_the_day_before_the_day_after_and_every_week(
    town: Town, ordered: list[tuple[str, dict[str, Any]]], days: int
) -> None:
    check = town.co_signing()

    count = checks.remind_of_signatures(on=due_on(check) + timedelta(days=days))

    assert count == 1
    assert ordered[0] == (signatures.REMINDER_MAIL, {"signature_id": check.co_signatures.get().pk})


@pytest.mark.parametrize("days", [-2, 0, 2, 7])
def test_an_office_is_left_in_peace_on_other_days(
    town: Town, ordered: list[tuple[str, dict[str, Any]]], days: int
) -> None:
    check = town.co_signing()

    assert checks.remind_of_signatures(on=due_on(check) + timedelta(days=days)) == 0
    assert ordered == []


def test_the_coordinators_hear_of_a_missed_deadline_once(
    town: Town, ordered: list[tuple[str, dict[str, Any]]]
) -> None:
    check = town.co_signing()

    for days in range(1, 20):
        checks.remind_of_signatures(on=due_on(check) + timedelta(days=days))

    told = [facts for name, facts in ordered if name == signatures.OVERDUE_MAIL]
    assert told == [{"signature_ids": [check.co_signatures.get().pk]}]


def test_the_letter_names_check_office_and_deadline(town: Town, mailoutbox: list[Any]) -> None:
    check = town.co_signing()

    sent = checks.send_overdue_mail(signature_ids=[check.co_signatures.get().pk])

    assert sent == 1
    assert mailoutbox[0].to == [town.boss.email]
    assert check.number in mailoutbox[0].body
    assert "Grünflächenamt" in mailoutbox[0].body


def test_no_letter_goes_out_once_the_office_has_answered(town: Town, mailoutbox: list[Any]) -> None:
    check = town.co_signing()
    signature = check.co_signatures.get()
    checks.co_sign(
        by=town.as_viewer(town.signer),
        now=LATER,
        number=check.number,
        department_id=town.green.pk,
        state=CoSignState.SIGNED,
    )

    assert checks.send_overdue_mail(signature_ids=[signature.pk]) == 0
    assert mailoutbox == []
