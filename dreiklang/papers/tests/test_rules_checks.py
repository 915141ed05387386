from datetime import date, timedelta
from typing import Any

import pytest

from dreiklang.papers.rules.checks import (
    CheckFacts,
    Duty,
    HindranceCode,
    Pressure,
    SignatureFact,
    Step,
    hindrances,
    possible_steps,
    pressure,
    stale_signatures,
    whose_turn,
)
from dreiklang.papers.rules.kinds import CheckState, CoSignState

TODAY = date(2026, 11, 20)
OPEN = SignatureFact("Grünflächenamt", CoSignState.ASKED, TODAY)
LATE = SignatureFact("Stadtplanungsamt", CoSignState.ASKED, TODAY - timedelta(days=1))
AGAINST = SignatureFact("Kämmerei", CoSignState.OBJECTED, TODAY, is_treasury=True)


def facts(**changed: Any) -> CheckFacts:
    known = {"state": CheckState.DRAFT, "gap_count": 0, "editor_id": 1, "reader_id": 2, **changed}
    return CheckFacts(**known)


def codes(step: Step, **changed: Any) -> list[HindranceCode]:
    return [one.code for one in hindrances(step, facts(**changed), today=TODAY)]


def test_a_complete_draft_can_be_handed_in() -> None:
    assert codes(Step.HAND_IN) == []


def test_proposals_nobody_decided_ask_why_and_do_not_stop() -> None:
    found = hindrances(Step.HAND_IN, facts(open_proposal_count=4), today=TODAY)

    assert [(one.code, one.is_soft, one.names) for one in found] == [
        (HindranceCode.PROPOSALS_OPEN, True, ("4",))
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"gap_count": 3}, HindranceCode.INCOMPLETE),
        ({"reader_id": None}, HindranceCode.NO_READER),
        ({"reader_id": 1}, HindranceCode.READS_OWN),
        ({"state": CheckState.RELEASED}, HindranceCode.WRONG_STATE),
    ],
)
def test_what_keeps_a_draft_from_being_handed_in_is_named(
    changed: dict[str, object], code: HindranceCode
) -> None:
    assert codes(Step.HAND_IN, **changed) == [code]


def test_a_release_waits_for_running_deadlines_and_only_asks_why_about_the_rest() -> None:
    found = hindrances(
        Step.RELEASE,
        facts(state=CheckState.CO_SIGNING, signatures=(OPEN, LATE, AGAINST), open_comment_count=1),
        today=TODAY,
    )

    assert [(one.code, one.is_soft) for one in found] == [
        (HindranceCode.ANSWERS_OUTSTANDING, False),
        (HindranceCode.DEADLINE_PASSED, True),
        (HindranceCode.OBJECTIONS, True),
        (HindranceCode.COMMENTS_OPEN, True),
    ]


def test_money_without_the_treasury_asks_why() -> None:
    spending = {"state": CheckState.CO_SIGNING, "asks_for_money": True}

    assert codes(Step.RELEASE, **spending) == [HindranceCode.NO_TREASURY]
    assert codes(Step.RELEASE, **spending, signatures=(AGAINST,)) == [HindranceCode.OBJECTIONS]


@pytest.mark.parametrize(
    ("state", "signatures", "duty"),
    [
        (CheckState.DRAFT, (), Duty.ANSWER),
        (CheckState.RETURNED, (), Duty.ANSWER),
        (CheckState.REVIEW, (), Duty.READ),
        (CheckState.CO_SIGNING, (OPEN, LATE), Duty.CO_SIGN),
        (CheckState.CO_SIGNING, (LATE,), Duty.RELEASE),
        (CheckState.RELEASED, (), Duty.NOBODY),
    ],
)
def test_it_is_clear_whose_turn_it_is(
    state: CheckState, signatures: tuple[SignatureFact, ...], duty: Duty
) -> None:
    assert whose_turn(facts(state=state, signatures=signatures), today=TODAY) is duty


def test_what_is_over_can_only_be_taken_back() -> None:
    assert possible_steps(CheckState.RELEASED) == (Step.TAKE_BACK,)
    assert possible_steps(CheckState.GIVEN_UP) == ()


@pytest.mark.parametrize(
    ("days_to_wanted", "expected"),
    [
        (20, Pressure.IN_TIME),
        (7, Pressure.SOON),
        (0, Pressure.SOON),
        (-1, Pressure.LATE),
        (-15, Pressure.MISSED),
    ],
)
def test_pressure_grows_towards_the_meeting(days_to_wanted: int, expected: Pressure) -> None:
    wanted = TODAY + timedelta(days=days_to_wanted)
    meeting = wanted + timedelta(days=14)

    assert pressure(committee_on=meeting, wanted_on=wanted, today=TODAY, is_over=False) is expected


def test_what_is_over_or_has_no_day_presses_nobody() -> None:
    assert pressure(committee_on=None, wanted_on=None, today=TODAY, is_over=False) is Pressure.NO_DAY
    assert pressure(committee_on=TODAY, wanted_on=TODAY, today=TODAY, is_over=True) is Pressure.NO_DAY


def test_what_was_said_of_something_else_is_asked_for_again_and_objections_always() -> None:
    known = [
        (1, CoSignState.SIGNED, True),
        (2, CoSignState.SIGNED, False),
        (3, CoSignState.OBJECTED, False),
        (4, CoSignState.WAIVED, True),
        (5, CoSignState.ASKED, True),
    ]

    assert stale_signatures(known) == [1, 3, 4]
