"""The way of a check: in which state what can happen, who is next, and why it cannot go on yet.

draft → second reading → co-signing → released; from the reading and the co-signing it may be returned.
Nobody reads her own check. A deadline that ran out or an objection does not stop the release, but
whoever releases then says why.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dreiklang.papers.rules.kinds import CheckState, CoSignState

# Where answers, links and the text may still change.
EDITABLE = frozenset({CheckState.DRAFT, CheckState.RETURNED})
RUNNING = frozenset({CheckState.DRAFT, CheckState.REVIEW, CheckState.CO_SIGNING, CheckState.RETURNED})
WAITING = (CheckState.DRAFT, CheckState.RETURNED, CheckState.REVIEW, CheckState.CO_SIGNING)


class Step(StrEnum):
    """What somebody can do with a whole check."""

    HAND_IN = "hand_in"
    FORWARD = "forward"
    RETURN = "return"
    RELEASE = "release"
    TAKE_BACK = "take_back"
    GIVE_UP = "give_up"


_FROM = {
    Step.HAND_IN: EDITABLE,
    Step.FORWARD: frozenset({CheckState.REVIEW}),
    Step.RETURN: frozenset({CheckState.REVIEW, CheckState.CO_SIGNING}),
    Step.RELEASE: frozenset({CheckState.CO_SIGNING}),
    Step.TAKE_BACK: frozenset({CheckState.RELEASED}),
    Step.GIVE_UP: RUNNING,
}
_TO = {
    Step.HAND_IN: CheckState.REVIEW,
    Step.FORWARD: CheckState.CO_SIGNING,
    Step.RETURN: CheckState.RETURNED,
    Step.RELEASE: CheckState.RELEASED,
    Step.TAKE_BACK: CheckState.RETURNED,
    Step.GIVE_UP: CheckState.GIVEN_UP,
}
# The way back, the end, and what goes on against a resistance always say why.
NEEDS_REASON = frozenset({Step.RETURN, Step.TAKE_BACK, Step.GIVE_UP})


class HindranceCode(StrEnum):
    """Why a step is not possible, or only with a reason."""

    WRONG_STATE = "wrong_state"
    INCOMPLETE = "incomplete"
    NO_READER = "no_reader"
    READS_OWN = "reads_own"
    NO_TREASURY = "no_treasury"
    ANSWERS_OUTSTANDING = "answers_outstanding"
    DEADLINE_PASSED = "deadline_passed"
    OBJECTIONS = "objections"
    COMMENTS_OPEN = "comments_open"
    PROPOSALS_OPEN = "proposals_open"


# These need a reason; all others stop the step.
SOFT = frozenset(
    {
        HindranceCode.DEADLINE_PASSED,
        HindranceCode.OBJECTIONS,
        HindranceCode.COMMENTS_OPEN,
        HindranceCode.NO_TREASURY,
        HindranceCode.PROPOSALS_OPEN,
    }
)


@dataclass(frozen=True)
class Hindrance:
    """Why a step is not possible; `names` says who or what it is about."""

    code: HindranceCode
    names: tuple[str, ...] = ()

    @property
    def is_soft(self) -> bool:
        """Whether the step is possible all the same, with a reason."""
        return self.code in SOFT


@dataclass(frozen=True)
class SignatureFact:
    """An office's co-signature as the rules see it."""

    office: str
    state: CoSignState
    due_on: date
    is_treasury: bool = False


@dataclass(frozen=True)
class CheckFacts:
    """What decides how a check may go on."""

    state: CheckState
    gap_count: int
    editor_id: int | None
    reader_id: int | None
    signatures: Sequence[SignatureFact] = ()
    open_comment_count: int = 0
    # Proposals nobody decided, of a draft that is said to matter; whoever says it does not gave a reason already.
    open_proposal_count: int = 0
    asks_for_money: bool = False


def next_state(step: Step) -> CheckState:
    """The state a check is in after the step."""
    return _TO[step]


def possible_steps(state: CheckState) -> tuple[Step, ...]:
    """What can be done in this state at all, whoever may do it."""
    return tuple(step for step in Step if state in _FROM[step])


def hindrances(step: Step, facts: CheckFacts, *, today: date) -> tuple[Hindrance, ...]:
    """Why the step is not possible now, or needs a reason; empty if nothing stands against it."""
    if facts.state not in _FROM[step]:
        return (Hindrance(HindranceCode.WRONG_STATE),)
    if step is Step.HAND_IN:
        return _against_handing_in(facts)
    if step is Step.RELEASE:
        return _against_release(facts, today)
    return ()


def _against_handing_in(facts: CheckFacts) -> tuple[Hindrance, ...]:
    found = []
    if facts.gap_count:
        found.append(Hindrance(HindranceCode.INCOMPLETE, (str(facts.gap_count),)))
    if facts.reader_id is None:
        found.append(Hindrance(HindranceCode.NO_READER))
    elif facts.reader_id == facts.editor_id:
        found.append(Hindrance(HindranceCode.READS_OWN))
    if facts.open_proposal_count:
        found.append(Hindrance(HindranceCode.PROPOSALS_OPEN, (str(facts.open_proposal_count),)))
    return tuple(found)


def _against_release(facts: CheckFacts, today: date) -> tuple[Hindrance, ...]:
    asked = [one for one in facts.signatures if one.state is CoSignState.ASKED]
    groups = {
        HindranceCode.ANSWERS_OUTSTANDING: [one.office for one in asked if one.due_on >= today],
        HindranceCode.DEADLINE_PASSED: [one.office for one in asked if one.due_on < today],
        HindranceCode.OBJECTIONS: [o.office for o in facts.signatures if o.state is CoSignState.OBJECTED],
    }
    found = [Hindrance(code, tuple(offices)) for code, offices in groups.items() if offices]
    if facts.asks_for_money and not any(one.is_treasury for one in facts.signatures):
        found.append(Hindrance(HindranceCode.NO_TREASURY))
    if facts.open_comment_count:
        found.append(Hindrance(HindranceCode.COMMENTS_OPEN, (str(facts.open_comment_count),)))
    return tuple(found)


class Duty(StrEnum):
    """Whose turn it is."""

    ANSWER = "answer"
    READ = "read"
    CO_SIGN = "co_sign"
    RELEASE = "release"
    NOBODY = "nobody"


def whose_turn(facts: CheckFacts, *, today: date) -> Duty:
    """Who is to act next: the office, the second reader, the co-signing offices, whoever releases."""
    if facts.state in EDITABLE:
        return Duty.ANSWER
    if facts.state is CheckState.REVIEW:
        return Duty.READ
    if facts.state is CheckState.CO_SIGNING:
        waits = any(one.state is CoSignState.ASKED and one.due_on >= today for one in facts.signatures)
        return Duty.CO_SIGN if waits else Duty.RELEASE
    return Duty.NOBODY


class Pressure(StrEnum):
    """How a check stands against the day its committee wants it."""

    NO_DAY = "no_day"
    IN_TIME = "in_time"
    SOON = "soon"
    LATE = "late"
    MISSED = "missed"


def pressure(*, committee_on: date | None, wanted_on: date | None, today: date, is_over: bool) -> Pressure:
    """Whether the check will be free in time.

    `wanted_on`: the day it should be released by, some working days before `committee_on`; a check that
    is over presses nobody.
    """
    if is_over or committee_on is None or wanted_on is None:
        return Pressure.NO_DAY
    if today > committee_on:
        return Pressure.MISSED
    if today > wanted_on:
        return Pressure.LATE
    return Pressure.SOON if wanted_on - today <= timedelta(days=7) else Pressure.IN_TIME


def stale_signatures(signatures: Sequence[tuple[int, CoSignState, bool]]) -> Collection[int]:
    """Which signatures to ask for again when a returned check is handed in once more, by id.

    Objections always; agreement, and "not affected", where what it was given to is no longer the same.
    (id, state, has changed since).
    """
    return [
        pk
        for pk, state, has_changed in signatures
        if state is CoSignState.OBJECTED or (has_changed and state is not CoSignState.ASKED)
    ]
