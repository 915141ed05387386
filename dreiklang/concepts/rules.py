"""Values of sector plans, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dreiklang.core.values import Money, Unknown


class ConceptKind(StrEnum):
    """Sector plans, and formal plans as a kind of their own."""

    SECTOR_PLAN = "sector_plan"
    FORMAL_PLAN = "formal_plan"


class ConceptStatus(StrEnum):
    """How far a concept is, from its commissioning to the day it is superseded."""

    COMMISSIONED = "commissioned"
    DRAFTING = "drafting"
    PARTICIPATION = "participation"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    REVISION = "revision"
    SUPERSEDED = "superseded"
    # Only where a list came from elsewhere and does not say.
    UNKNOWN = "unknown"


class ProcedureStep(StrEnum):
    """Steps of a formal plan's procedure (BauGB §§ 2–10), in their usual order."""

    INITIATED = "initiated"
    EARLY = "early"
    AUTHORITIES = "authorities"
    DRAFT_RESOLVED = "draft_resolved"
    DISPLAY = "display"
    RESOLVED = "resolved"
    APPROVED = "approved"
    EXECUTED = "executed"
    IN_FORCE = "in_force"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Step:
    """A step on a day; `until` where it lasts, the last day included."""

    step: ProcedureStep
    on: date
    until: date | None = None


class Validity(StrEnum):
    """Whether a concept is in force on a day, as far as its dates say."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    UNDATED = "undated"


# From here on a concept is before the council, or beyond it.
BEFORE_COUNCIL = frozenset({ConceptStatus.SUBMITTED, ConceptStatus.ADOPTED})


def lacks_summary(*, before: str, after: str, summary: str, waived_reason: str) -> bool:
    """Whether a concept would go to the council without a citizens' summary, and nobody said why.

    Asked once, on the way there: a concept that lies there already is not held up, nor one that is
    entered (`before` is empty) as adopted long ago.
    """
    is_old = not before and after == ConceptStatus.ADOPTED
    is_going = after in BEFORE_COUNCIL and before not in BEFORE_COUNCIL and not is_old
    return is_going and not summary.strip() and not waived_reason.strip()


def status_by_steps(steps: Iterable[Step], *, today: date) -> ConceptStatus | Unknown:
    """How far a formal plan is, as the furthest step that has begun says. Unknown: `not_stated`, without any.

    A display that is over leaves the plan in the works until the council resolves it; a plan in force stays so
    until it expires, whatever was done to it afterwards.
    """
    begun = {one.step: one for one in sorted(steps, key=lambda one: one.on) if one.on <= today}
    for step, status in _BY_STEP:
        if step in begun:
            is_over = step in _OPEN_TO_ALL and (begun[step].until or begun[step].on) < today
            return ConceptStatus.DRAFTING if is_over else status
    return Unknown("not_stated")


# The strongest step first.
_BY_STEP = (
    (ProcedureStep.EXPIRED, ConceptStatus.SUPERSEDED),
    (ProcedureStep.IN_FORCE, ConceptStatus.ADOPTED),
    (ProcedureStep.EXECUTED, ConceptStatus.ADOPTED),
    (ProcedureStep.APPROVED, ConceptStatus.ADOPTED),
    (ProcedureStep.RESOLVED, ConceptStatus.ADOPTED),
    (ProcedureStep.DISPLAY, ConceptStatus.PARTICIPATION),
    (ProcedureStep.DRAFT_RESOLVED, ConceptStatus.DRAFTING),
    (ProcedureStep.AUTHORITIES, ConceptStatus.PARTICIPATION),
    (ProcedureStep.EARLY, ConceptStatus.PARTICIPATION),
    (ProcedureStep.INITIATED, ConceptStatus.DRAFTING),
)
_OPEN_TO_ALL = frozenset({ProcedureStep.DISPLAY, ProcedureStep.AUTHORITIES, ProcedureStep.EARLY})


def amount(eur: Decimal | None, words: str) -> Money | Unknown:
    """The amount in EUR gross. Unknown: `not_stated`, with the words of the source if it had any."""
    return Unknown("not_stated", words) if eur is None else Money(eur)


def validity(*, valid_from: date | None, valid_to: date | None, today: date) -> Validity:
    """What the dates say about a day; both ends are inclusive. Without any date: undated."""
    if valid_from is None and valid_to is None:
        return Validity.UNDATED
    if valid_from is not None and today < valid_from:
        return Validity.NOT_YET
    if valid_to is not None and today > valid_to:
        return Validity.EXPIRED
    return Validity.IN_FORCE
