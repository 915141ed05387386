"""What became of resolutions: overdue, without money, counted."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Money, Unknown
from dreiklang.papers.rules import resolutions as rules
from dreiklang.papers.rules.kinds import PaperKind, ResolutionState, Result, TrackedKind
from dreiklang.papers.rules.resolutions import Fate, Funding, Topic

TODAY = date(2026, 11, 20)
YESTERDAY = TODAY - timedelta(days=1)


def line(number: str, **facts: Any) -> rules.ResolutionLine:
    plain: dict[str, object] = {
        "id": 1,
        "number": number,
        "title": "Radweg",
        "url": "",
        "kind": TrackedKind.RESOLUTION,
        "decided_on": date(2026, 3, 4),
        "committee_key": "SR",
        "committee": "Stadtrat",
        "department_key": "66",
        "department": "Tiefbauamt",
        "result": Result.ADOPTED,
        "fate": Fate.OPEN,
        "state_on": None,
        "due_on": None,
        "money": Unknown("not_stated"),
        "funding": Funding.NOT_STATED,
    }
    return rules.ResolutionLine(**{**plain, **facts})


@pytest.mark.parametrize("state", [ResolutionState.OPEN, ResolutionState.IN_WORK])
def test_what_is_unfinished_after_its_day_is_overdue(state):
    assert rules.fate(state, due_on=YESTERDAY, today=TODAY) is Fate.OVERDUE


def test_on_the_last_day_nothing_is_overdue_yet():
    assert rules.fate(ResolutionState.IN_WORK, due_on=TODAY, today=TODAY) is Fate.IN_WORK


@pytest.mark.parametrize("state", [ResolutionState.DONE, ResolutionState.DROPPED])
def test_what_is_finished_is_never_overdue(state):
    assert rules.fate(state, due_on=YESTERDAY, today=TODAY) == state.value


def test_without_a_day_nothing_is_overdue():
    assert rules.fate(ResolutionState.OPEN, due_on=None, today=TODAY) is Fate.OPEN


def test_money_that_nobody_named_is_unknown_and_never_zero():
    assert rules.money(None, words="", needs_money=None) == Unknown("not_stated")
    assert rules.money(None, words="im Haushalt 2027", needs_money=True).words == "im Haushalt 2027"
    assert rules.money(None, words="", needs_money=False) == Unknown("not_needed")
    assert rules.money(Decimal(0), words="", needs_money=None) == Money(0)


@pytest.mark.parametrize(
    ("amount", "words", "needs", "state", "expected"),
    [
        (None, "", True, ResolutionState.OPEN, Funding.MISSING),
        (Decimal(0), "", True, ResolutionState.IN_WORK, Funding.MISSING),
        (None, "", True, ResolutionState.DONE, Funding.NOT_STATED),
        (Decimal(5), "", True, ResolutionState.OPEN, Funding.STATED),
        (None, "Haushalt 2027", True, ResolutionState.OPEN, Funding.STATED),
        (None, "", False, ResolutionState.OPEN, Funding.NOT_NEEDED),
        (None, "", None, ResolutionState.OPEN, Funding.NOT_STATED),
        (Decimal(0), "", None, ResolutionState.OPEN, Funding.STATED),
    ],
)
def test_it_is_without_money_if_it_needs_some_and_none_is_named(amount, words, needs, state, expected):
    assert rules.funding(amount, words=words, needs_money=needs, state=state) is expected


def test_the_worked_example_of_the_council_report():
    lines = [
        line("B 1", fate=Fate.DONE),
        line("B 2", fate=Fate.OVERDUE, funding=Funding.MISSING),
        line("B 3", fate=Fate.IN_WORK, committee_key="BA", committee="Bauausschuss"),
        line("B 4", fate=Fate.DROPPED, committee_key="", committee="", department_key="", department=""),
        line(
            "B 5",
            committee_key="BA",
            committee="Bauausschuss",
            department_key="61",
            department="Stadtplanungsamt",
        ),
    ]

    whole = rules.counts(lines)
    committees = rules.by_committee(lines)
    departments = rules.by_department(lines)

    assert (whole.total, whole.unfinished, whole.unfunded) == (5, 3, 1)
    assert [(one.name, one.counts.total) for one in committees] == [
        ("Bauausschuss", 2),
        ("Stadtrat", 2),
        ("", 1),
    ]
    assert [one.key for one in departments] == ["61", "66", ""]
    assert departments[1].counts.of(Fate.OVERDUE) == 1


@given(st.lists(st.tuples(st.sampled_from(Fate), st.sampled_from(["", "SR", "BA"]))))
def test_groups_count_every_resolution_once(drawn: Sequence[tuple[Fate, str]]):
    lines = [line(str(n), fate=fate, committee_key=key, committee=key) for n, (fate, key) in enumerate(drawn)]

    groups = rules.by_committee(lines)

    assert sum(one.counts.total for one in groups) == rules.counts(lines).total == len(lines)


@pytest.mark.parametrize("result", [Result.REJECTED, Result.NOTED, Result.WITHDRAWN])
def test_what_was_not_adopted_leaves_nothing_to_do(result):
    assert rules.first_state(result) is ResolutionState.DONE


def test_what_was_adopted_begins_open():
    assert rules.first_state(Result.ADOPTED_CHANGED) is ResolutionState.OPEN


def test_only_what_a_deciding_committee_adopted_is_followed():
    paper = PaperKind.PROPOSAL

    assert rules.topic(paper, result=Result.ADOPTED, is_deciding=True) is Topic.DECIDED
    assert rules.topic(paper, result=Result.ADOPTED_CHANGED, is_deciding=True) is Topic.DECIDED
    assert rules.topic(paper, result=Result.ADOPTED, is_deciding=False) is None
    assert rules.topic(paper, result=Result.REJECTED, is_deciding=True) is None


def test_motions_and_inquiries_are_followed_from_the_start():
    assert rules.topic(PaperKind.MOTION, result=Result.OPEN, is_deciding=False) is Topic.MOTION
    assert rules.topic(PaperKind.BUDGET_MOTION, result=Result.OPEN, is_deciding=False) is Topic.MOTION
    assert rules.topic(PaperKind.INQUIRY, result=Result.OPEN, is_deciding=False) is Topic.INQUIRY


def test_a_number_that_is_taken_gets_a_count():
    assert rules.free_number("2026/1", taken=[]) == "2026/1"
    assert rules.free_number("2026/1", taken=["2026/1", "2026/1 (2)"]) == "2026/1 (3)"


@pytest.mark.parametrize("number", ["neu", "Bericht/2026", "B-1/bearbeiten"])
def test_a_number_does_not_take_the_address_of_another_page(number):
    assert rules.is_reserved(number)
    assert not rules.is_reserved("B-012/2026")
