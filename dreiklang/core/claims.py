"""What a measure, a concept or a draft claims of the city: place, time, money, people, effects. Values only.

Each subject's queries give its own claims; `conflicts` compares them. Nothing here knows where a claim is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from dreiklang.core.values import Money, Period, Unknown

# Stands for all claims where a list or a new framework may have changed any of them.
EVERY_CLAIM = "*"


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect on a goal or an indicator. `on` names it ("goal:12", "indicator:7"); `weight` is 1 to 3."""

    on: str
    supports: bool
    weight: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoneyNeed:
    """Money wanted of one source: a budget line ("line:54100.78") or a programme ("programme:…") in a year.

    unknown: the amount, where nobody has said it.
    """

    source: str
    year: int
    amount: Money | Unknown


@dataclass(frozen=True, slots=True)
class PeopleNeed:
    """Work wanted of an office (its id) in a period, in person-months over the whole period."""

    office: int
    period: Period
    person_months: float


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What one record claims.

    key         "measure:12", "concept:3", "check:7": unique over all subjects
    place       Polygon or MultiPolygon in metres (the city's UTM zone, see core.metres), the same in all claims that are
                compared; points and lines come with their width; None where nobody drew it
    areas       ids of the districts it names
    period      open ends where nobody said; Unknown where neither end is known
    effects     at most one for each goal or indicator
    vector      direction of its text (float32, length 1), or None where the text has not been read
    needs_first keys of what must be finished before it starts
    kin         keys of what it belongs to (its concept, its parent, the measure it is a draft for): kin do not clash
    is_fixed    it runs already, so its own time and place can hardly be moved
    is_lasting  it has no end (a continuous duty, a plan in force): sharing a time with it says little
    offices     ids of the departments, the lead first
    person      id of the account that leads it
    """

    key: str
    number: str
    title: str
    place: BaseGeometry | None = None
    areas: frozenset[int] = frozenset()
    period: Period | Unknown = field(default_factory=lambda: Unknown("not_stated"))
    effects: tuple[Effect, ...] = ()
    money: tuple[MoneyNeed, ...] = ()
    people: tuple[PeopleNeed, ...] = ()
    vector: Any = None
    needs_first: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    offices: tuple[int, ...] = ()
    person: int | None = None
    topics: frozenset[str] = frozenset()
    is_fixed: bool = False
    is_lasting: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """ "measure", "concept", "check" …"""
        return self.key.partition(":")[0]

    @property
    def id(self) -> int:
        """The id within its subject."""
        return int(self.key.partition(":")[2])

    @property
    def lead_office(self) -> int | None:
        """The department that leads it."""
        return self.offices[0] if self.offices else None
