"""What stands on the map: one record of any subject, where it is, and in which years."""

from dataclasses import dataclass, field
from enum import StrEnum

from shapely.geometry.base import BaseGeometry


class Placing(StrEnum):
    """How exactly the place of a record is known."""

    ON_MAP = "on_map"
    AREAS = "areas"
    NONE = "none"


@dataclass(frozen=True)
class Placed:
    """A record for the map and its table. `first_year` and `last_year` are inclusive; None is an open or unknown end.

    `state` and `stage` are codes of its subject; `geometry` (EPSG:4326) is there only where it was asked for.
    """

    key: str
    title: str
    url: str
    placing: Placing
    state: str = ""
    stage: str = ""
    first_year: int | None = None
    last_year: int | None = None
    is_public: bool = True
    office: str = ""
    areas: tuple[str, ...] = ()
    geometry: BaseGeometry | None = field(default=None, compare=False)

    @property
    def is_never_begun(self) -> bool:
        """Whether it was given up before its first year, so that it belongs to no year."""
        if self.first_year is None or self.last_year is None:
            return False
        return self.last_year < self.first_year


@dataclass(frozen=True)
class LineWish:
    """Which records are asked for as lines, in which order, in which stretch; without a limit all.

    `placing` keeps only those placed like that, `without_period` those with neither begin nor end, `keys` those named.
    """

    placing: Placing | None = None
    without_period: bool = False
    keys: tuple[str, ...] | None = None
    sort: str = "nummer"
    is_descending: bool = False
    start: int = 0
    limit: int | None = None


@dataclass(frozen=True)
class PlacedCount:
    """So many records that are alike in what the map tells apart."""

    placing: Placing
    state: str
    first_year: int | None
    last_year: int | None
    number: int

    @property
    def has_period(self) -> bool:
        """Whether a begin or an end is known."""
        return self.first_year is not None or self.last_year is not None


def touches(first_year: int | None, last_year: int | None, *, year: int) -> bool:
    """Whether a period touches a year, as far as begin and end are known; without both it touches none."""
    if first_year is None and last_year is None:
        return False
    return (first_year is None or first_year <= year) and (last_year is None or last_year >= year)
