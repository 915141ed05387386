"""What became of resolutions, motions, inquiries and promises: what is overdue, what lacks money, how many there are.

Rules, with a worked example: docs/rules/resolutions.md
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dreiklang.core.values import Money, Unknown
from dreiklang.papers.rules.kinds import ConsultationRole, PaperKind, ResolutionState, Result, TrackedKind

UNFINISHED = frozenset({ResolutionState.OPEN, ResolutionState.IN_WORK})
ADOPTED = frozenset({Result.ADOPTED, Result.ADOPTED_CHANGED})
# Nothing is left to do after these.
SETTLED = frozenset({Result.REJECTED, Result.NOTED, Result.WITHDRAWN})


class Fate(StrEnum):
    """What became of it on a day: its state, where overdue stands for itself. Each resolution has exactly one."""

    OVERDUE = "overdue"
    OPEN = "open"
    IN_WORK = "in_work"
    DONE = "done"
    DROPPED = "dropped"


class Funding(StrEnum):
    """What is known of its money. MISSING is the flag "ohne Mittel": it needs money, and nobody named any."""

    STATED = "stated"
    NOT_NEEDED = "not_needed"
    MISSING = "missing"
    NOT_STATED = "not_stated"


class Topic(StrEnum):
    """Why a decision or paper is offered to be followed."""

    DECIDED = "decided"
    MOTION = "motion"
    INQUIRY = "inquiry"


@dataclass(frozen=True)
class ResolutionFilter:
    """What a list of resolutions is narrowed to. An id of 0 names nothing and finds nothing."""

    text: str = ""
    kind: TrackedKind | None = None
    fate: Fate | None = None
    committee: int | None = None
    department: int | None = None
    year: int | None = None
    measure: int | None = None
    only_unfunded: bool = False
    only_internal: bool = False


@dataclass(frozen=True)
class ResolutionLine:
    """A resolution in a list. `money` is Unknown (`not_stated`, `not_needed`) where no amount is named."""

    id: int
    number: str
    title: str
    url: str
    kind: TrackedKind
    decided_on: date | None
    committee_key: str
    committee: str
    department_key: str
    department: str
    result: Result
    fate: Fate
    state_on: date | None
    due_on: date | None
    money: Money | Unknown
    funding: Funding
    is_internal: bool = False


@dataclass(frozen=True)
class FateCounts:
    """How many of each fate, and how many of them lack money."""

    by_fate: Mapping[Fate, int] = field(default_factory=dict)
    unfunded: int = 0

    @property
    def total(self) -> int:
        """All together; every resolution counts once."""
        return sum(self.by_fate.values())

    def of(self, fate: Fate) -> int:
        """How many of that fate."""
        return self.by_fate.get(fate, 0)

    @property
    def unfinished(self) -> int:
        """How many are neither done nor dropped."""
        return self.of(Fate.OVERDUE) + self.of(Fate.OPEN) + self.of(Fate.IN_WORK)


@dataclass(frozen=True)
class Group:
    """The counts of one committee or department; without a key: nobody is named."""

    key: str
    name: str
    counts: FateCounts


def fate(state: ResolutionState, *, due_on: date | None, today: date) -> Fate:
    """The state on a day. Overdue: unfinished after its day has passed; without a day nothing is overdue."""
    if state in UNFINISHED and due_on is not None and due_on < today:
        return Fate.OVERDUE
    return Fate(state.value)


def money(amount: Decimal | None, *, words: str, needs_money: bool | None) -> Money | Unknown:
    """The amount in EUR gross.

    unknown: `not_needed` where somebody said that it needs none, else `not_stated`, with the words if there are any.
    """
    if amount is not None:
        return Money(amount)
    if not words and needs_money is False:
        return Unknown("not_needed")
    return Unknown("not_stated", words)


def funding(
    amount: Decimal | None, *, words: str, needs_money: bool | None, state: ResolutionState
) -> Funding:
    """What is known of the money. Nothing is missing where nothing is left to do; an amount of 0 is no money."""
    if words or (amount is not None and amount > 0):
        return Funding.STATED
    if needs_money is False:
        return Funding.NOT_NEEDED
    if needs_money is True and state in UNFINISHED:
        return Funding.MISSING
    return Funding.STATED if amount is not None else Funding.NOT_STATED


def counts(lines: Iterable[ResolutionLine]) -> FateCounts:
    """How many of each fate, and how many lack money."""
    found = list(lines)
    return FateCounts(
        Counter(one.fate for one in found), sum(one.funding is Funding.MISSING for one in found)
    )


def by_committee(lines: Iterable[ResolutionLine]) -> tuple[Group, ...]:
    """Counts per committee, by name; those without one come last."""
    return _grouped(lines, lambda one: (one.committee_key, one.committee))


def by_department(lines: Iterable[ResolutionLine]) -> tuple[Group, ...]:
    """Counts per responsible department, by name; those without one come last."""
    return _grouped(lines, lambda one: (one.department_key, one.department))


def _grouped(
    lines: Iterable[ResolutionLine], name_of: Callable[[ResolutionLine], tuple[str, str]]
) -> tuple[Group, ...]:
    groups: dict[tuple[str, str], list[ResolutionLine]] = {}
    for one in lines:
        groups.setdefault(name_of(one), []).append(one)
    ordered = sorted(groups, key=lambda names: (not names[0], names[1].casefold(), names[0]))
    return tuple(Group(key, name, counts(groups[key, name])) for key, name in ordered)


def first_state(result: Result) -> ResolutionState:
    """The state something begins with: what was rejected, noted or withdrawn leaves nothing to do."""
    return ResolutionState.DONE if result in SETTLED else ResolutionState.OPEN


def first_standing(result: Result, *, decided_on: date | None) -> tuple[ResolutionState, date | None]:
    """State and its day before anybody reported: what is settled was done on the day of its decision."""
    state = first_state(result)
    return state, decided_on if state is ResolutionState.DONE else None


def topic(
    kind: PaperKind, *, result: Result, is_deciding: bool, role: ConsultationRole = ConsultationRole.UNKNOWN
) -> Topic | None:
    """Why this paper, or this step of its route, is followed; None where it is not.

    Motions and inquiries are followed from the day they are brought in, everything else once a deciding
    committee adopted it.
    """
    if kind in {PaperKind.MOTION, PaperKind.BUDGET_MOTION}:
        return Topic.MOTION
    if kind is PaperKind.INQUIRY:
        return Topic.INQUIRY
    decides = is_deciding or role is ConsultationRole.DECISION
    return Topic.DECIDED if decides and result in ADOPTED else None


def tracked_kind(found: Topic) -> TrackedKind:
    """As what something is followed."""
    return {
        Topic.DECIDED: TrackedKind.RESOLUTION,
        Topic.MOTION: TrackedKind.MOTION,
        Topic.INQUIRY: TrackedKind.INQUIRY,
    }[found]


def free_number(wanted: str, *, taken: Iterable[str]) -> str:
    """The number, with " (2)", " (3)" … where it is taken: one paper may be decided on twice."""
    known = set(taken)
    if wanted not in known:
        return wanted
    again = 2
    while f"{wanted} ({again})" in known:
        again += 1
    return f"{wanted} ({again})"


def is_reserved(number: str) -> bool:
    """Whether the number would stand in the address where another page stands."""
    parts = number.strip("/").split("/")
    first, last = parts[0].casefold(), parts[-1].casefold()
    return first in {"neu", "bericht", "uebernehmen", "csv", "xlsx"} or (
        len(parts) > 1 and last in {"bearbeiten", "berichten", "sichtbarkeit", "notiz", "zuruecknehmen"}
    )
