"""Values of sector plans, and what follows from them."""

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


class Validity(StrEnum):
    """Whether a concept is in force on a day, as far as its dates say."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    UNDATED = "undated"


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
