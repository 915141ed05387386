"""Who meets, why, and where that stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.core.values import Period, Unknown

Names = Mapping[str, str]


@dataclass(frozen=True)
class Party:
    """One of those that meet. `key` is "measure:12", "concept:3", "check:7".

    `is_gone`: it claims nothing any more (ended, merged, released); what stands here is as it was last.
    `place` is EPSG:4326; None where nobody drew it. `lead` is the person's name, "" where none is named.
    """

    key: str
    number: str
    title: str
    url: str
    lead: str
    lead_id: int | None
    offices: tuple[str, ...]
    office_ids: tuple[int, ...]
    areas: tuple[str, ...]
    period: Period | Unknown
    place: BaseGeometry | None
    is_fixed: bool
    is_lasting: bool
    is_gone: bool

    @property
    def subject(self) -> str:
        """ "measure", "concept" or "check"."""
        return self.key.partition(":")[0]

    @property
    def office(self) -> str:
        """The office that leads it, "" where none does."""
        return self.offices[0] if self.offices else ""


@dataclass(frozen=True)
class FoundLine:
    """One finding. `facts` are codes and numbers, see rules.Finding; `place` the shared area (EPSG:4326)."""

    kind: Kind
    sense: Sense
    strength: float
    facts: Mapping[str, Any]
    place: BaseGeometry | None = None


@dataclass(frozen=True)
class CandidateLine:
    """A candidate in a list. `names`: what keys in the facts are called ("measure:12", "goal:3", "office:4").

    `is_reopened`: a changed fact opened it again, and nobody has said anything since.
    """

    pk: int
    key: str
    state: State
    state_label: str
    sense: Sense
    strength: float
    kinds: tuple[Kind, ...]
    parties: tuple[Party, ...]
    findings: tuple[FoundLine, ...]
    found_at: datetime
    is_reopened: bool
    names: Names
