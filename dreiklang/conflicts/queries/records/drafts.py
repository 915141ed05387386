"""What somebody types, and what lies beside it."""

from dataclasses import dataclass, field
from datetime import date

from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.queries.records.parties import FoundLine, Names, Party


@dataclass(frozen=True)
class DraftClaim:
    """What somebody types now. `own_key` names the record that is edited, so that it does not meet itself.

    `place` is EPSG:4326; `goals` are (id, supports, weight); `kin` keys of what it belongs to.
    `indicators` are said on a form of their own: those kept, likewise (id, supports, weight); `rivals` are the keys
    of the others that act on the same ones.
    """

    title: str = ""
    text: str = ""
    own_key: str = ""
    place: BaseGeometry | None = None
    area_ids: frozenset[int] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    goals: tuple[tuple[int, bool, int], ...] = ()
    indicators: tuple[tuple[int, bool, int], ...] = ()
    rivals: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    needs_first: frozenset[str] = frozenset()
    office_ids: tuple[int, ...] = ()
    is_lasting: bool = False


@dataclass(frozen=True)
class Neighbour:
    """What already runs or is planned beside a draft, and what they share.

    `same_time` is None where one of them has no dates. `nearness` of the texts: 0..1, or None where not compared.
    """

    party: Party
    shares_place: bool
    areas: tuple[str, ...]
    goals: tuple[str, ...]
    same_time: bool | None
    nearness: float | None


@dataclass(frozen=True)
class Arising:
    """What a draft would come up against: the other party and the findings; the candidate if there is one already."""

    party: Party
    findings: tuple[FoundLine, ...]
    candidate: int | None
    strength: float


@dataclass(frozen=True)
class Beside:
    """What lies beside a draft, nearest first; `is_text_read`: whether the contents were compared, not only names."""

    neighbours: tuple[Neighbour, ...] = ()
    arising: tuple[Arising, ...] = ()
    names: Names = field(default_factory=dict)
    is_text_read: bool = False
