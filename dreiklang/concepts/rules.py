"""Values of sector plans."""

from enum import StrEnum


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
