"""Papers as lists and pages show them, and what follows from their route."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dreiklang.papers.rules.kinds import ConsultationRole, PaperKind, Result

# A count above this is said as "über 500": nobody pages that far, and counting all takes time.
MOST_COUNTED = 500
# Results of the deciding committee after which none decides any more. "Another result" is one, too:
# councils end a motion in many words ("mit der Stellungnahme einverstanden").
DECIDED = frozenset({Result.ADOPTED, Result.ADOPTED_CHANGED, Result.REJECTED, Result.NOTED, Result.OTHER})


class Whereabouts(StrEnum):
    """How far a paper is on its way through the committees."""

    NO_ROUTE = "no_route"
    PLANNED = "planned"
    IN_CONSULTATION = "in_consultation"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Hearing(StrEnum):
    """Whether a local council is asked about a paper."""

    NOT_ON_ROUTE = "not_on_route"
    PLANNED = "planned"
    HEARD = "heard"


@dataclass(frozen=True)
class Counted:
    """How many there are, counted up to `MOST_COUNTED`."""

    number: int
    is_more: bool = False

    @classmethod
    def of(cls, number: int) -> "Counted":
        """From a count that stopped one above the most."""
        return cls(min(number, MOST_COUNTED), number > MOST_COUNTED)


@dataclass(frozen=True)
class PaperFilter:
    """What a list of papers is narrowed to. An id of 0 names nothing and finds nothing."""

    text: str = ""
    kind: PaperKind | None = None
    committee: int | None = None
    department: int | None = None
    goal: int | None = None
    area: int | None = None
    year: int | None = None
    whereabouts: Whereabouts | None = None
    only_strategic: bool = False
    only_internal: bool = False


@dataclass(frozen=True)
class RouteStep:
    """A committee deals with a paper. `on` is the meeting's day, else the planned one, else None."""

    id: int
    committee: str
    is_local_council: bool
    on: date | None
    role: ConsultationRole
    is_deciding: bool
    result: Result
    result_words: str = ""
    resolution_text: str = ""
    meeting_key: str = ""
    meeting_name: str = ""
    item_number: str = ""
    is_public: bool = True
    is_withdrawn: bool = False
    is_cancelled: bool = False
    role_words: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a paper stands: `step` is the one that tells it (the last result, or the next meeting)."""

    where: Whereabouts
    step: RouteStep | None = None


@dataclass(frozen=True)
class PaperLine:
    """A paper in a list. `is_internal` and `is_strategic` are only ever true for those who may know."""

    id: int
    key: str
    number: str
    title: str
    url: str
    kind: PaperKind
    dated_on: date | None
    department: str
    standing: Standing
    is_strategic: bool
    is_internal: bool
    check_state: str = ""


def standing(route: Sequence[RouteStep], *, is_withdrawn: bool, today: date) -> Standing:
    """Where the paper stands. The deciding step's result counts; without one, the last result there is.

    A step without a result whose day has passed is still in consultation: the minutes may be missing.
    """
    if is_withdrawn:
        return Standing(Whereabouts.WITHDRAWN)
    steps = [one for one in route if not (one.is_withdrawn or one.is_cancelled)]
    decided = [one for one in steps if one.result in DECIDED and _decides(one)]
    if decided:
        return Standing(Whereabouts.DECIDED, max(decided, key=_day))
    coming = sorted((one for one in steps if one.on is not None and one.on >= today), key=_day)
    past = [one for one in steps if (one.on is not None and one.on < today) or one.result != Result.OPEN]
    if past:
        return Standing(Whereabouts.IN_CONSULTATION, coming[0] if coming else max(past, key=_day))
    if steps:
        return Standing(Whereabouts.PLANNED, coming[0] if coming else steps[0])
    return Standing(Whereabouts.NO_ROUTE)


def local_council(route: Sequence[RouteStep], *, today: date) -> Hearing:
    """Whether a local council (Ortschaftsrat, Bezirksbeirat) was heard, is to be, or is not on the route."""
    steps = [one for one in route if one.is_local_council and not (one.is_withdrawn or one.is_cancelled)]
    if not steps:
        return Hearing.NOT_ON_ROUTE
    is_heard = any(
        one.result not in _UNHEARD or (_is_past(one, today) and _may_be_heard(one)) for one in steps
    )
    return Hearing.HEARD if is_heard else Hearing.PLANNED


def is_strategic(own: bool | None, *, kind: str, strategic_kinds: Sequence[str]) -> bool:
    """What was said of the paper itself, else what the city rules for its kind."""
    return own if own is not None else kind in strategic_kinds


_UNHEARD = frozenset({Result.OPEN, Result.POSTPONED, Result.WITHDRAWN})


def _may_be_heard(step: RouteStep) -> bool:
    return step.result == Result.OPEN


def _is_past(step: RouteStep, today: date) -> bool:
    return step.on is not None and step.on < today


def _decides(step: RouteStep) -> bool:
    return step.is_deciding or step.role in {ConsultationRole.DECISION, ConsultationRole.NOTE}


def _day(step: RouteStep) -> tuple[date, int]:
    return step.on or date.min, step.id
