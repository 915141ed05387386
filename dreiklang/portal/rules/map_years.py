"""What the map says in numbers: how many are placed how, and how many are in work in which year."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dreiklang.places.rules.placed import PlacedCount, Placing, touches

# A year typed wrongly in one record must not stretch the slider over centuries.
YEARS_BACK, YEARS_AHEAD = 15, 25


@dataclass(frozen=True)
class MapSums:
    """How many records a layer holds in a year (or in all): by place, by state those on the map, and undated ones."""

    placings: Mapping[Placing, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    without_period: int = 0

    @property
    def total(self) -> int:
        """All of them, wherever they are."""
        return sum(self.placings.values())

    @property
    def on_map(self) -> int:
        """Those with a place of their own."""
        return self.placings.get(Placing.ON_MAP, 0)

    @property
    def in_areas(self) -> int:
        """Those of which only the districts are known."""
        return self.placings.get(Placing.AREAS, 0)

    @property
    def nowhere(self) -> int:
        """Those of which no place is known."""
        return self.placings.get(Placing.NONE, 0)

    @property
    def unplaced(self) -> int:
        """Those that the picture cannot show."""
        return self.in_areas + self.nowhere


@dataclass(frozen=True)
class YearBar:
    """A year with how many records it touches; `share` 0..1 of the fullest year, `position` counts from 0."""

    year: int
    number: int
    share: float
    position: int

    @property
    def x(self) -> str:
        """Where the bar begins in a picture one unit wide a year."""
        return f"{self.position + 0.1:g}"

    @property
    def y(self) -> str:
        """The top of the bar in a picture 100 units high."""
        return f"{100 - 100 * self.share:.3g}"

    @property
    def height(self) -> str:
        """The height of the bar in that picture."""
        return f"{100 * self.share:.3g}"


def sums(counts: Iterable[PlacedCount], *, year: int | None = None) -> MapSums:
    """The sums of a year, or of all years. Records without a period are in no year: they are counted beside it."""
    placings: Counter[Placing] = Counter()
    states: Counter[str] = Counter()
    undated = 0
    for one in counts:
        undated += 0 if one.has_period else one.number
        if year is None or touches(one.first_year, one.last_year, year=year):
            placings[one.placing] += one.number
            if one.placing is Placing.ON_MAP:
                states[one.state] += one.number
    return MapSums(dict(placings), dict(states), undated)


def year_bars(counts: Sequence[PlacedCount], *, this_year: int) -> tuple[YearBar, ...]:
    """Every year from the first to the last that is named, with this year among them; none without any period."""
    named = [year for one in counts for year in (one.first_year, one.last_year) if year is not None]
    if not named:
        return ()
    first = max(min([*named, this_year]), this_year - YEARS_BACK)
    last = min(max([*named, this_year]), this_year + YEARS_AHEAD)
    found = {year: sums(counts, year=year).total for year in range(first, last + 1)}
    most = max([*found.values(), 1])
    return tuple(YearBar(year, found[year], found[year] / most, year - first) for year in found)
