"""Places compared: in order, with the city, with their like, and at two dates. See docs/rules/comparing-places.md.

All values given together are of one quantity, one unit and one day; `balance` is of two days.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.trend import Change, change, percent_of_change
from dreiklang.monitoring.rules.values import Direction, Point

LEAST_FEATURES = 3
# So many indicators at most tell which districts are alike; people choose them.
MOST_TRAITS = 6


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the order: 1 is first; `of` known values; `unknown` ones have no place.

    is_judged  first is also best; else the order is by size, the largest first
    """

    place: int
    of: int
    unknown: int
    is_tied: bool
    is_judged: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A district like another one: the smaller the distance the more alike; by which features it was told."""

    region: int
    distance: Decimal
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A value less that of the city.

    absolute  in the unit of the values; percentage points where `is_points` and the values are per cent
    percent   of the city's value, 25 means 25 %
    """

    absolute: Decimal
    percent: Decimal | Unknown
    is_points: bool

    @property
    def side(self) -> Literal["higher", "lower", "same"]:
        """On which side of the city's value it lies."""
        if self.absolute == 0:
            return "same"
        return "higher" if self.absolute > 0 else "lower"


def ranks(values: Mapping[int, Decimal | Unknown], *, direction: Direction) -> Mapping[int, Rank]:
    """The place of every region with a known value, in the order given.

    Equal values share a place and the next is skipped. Regions without a known value are left out and counted.
    """
    known = {region: value for region, value in values.items() if not isinstance(value, Unknown)}
    ordered = sorted(known.values(), reverse=direction is not Direction.LESS)
    first: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    sizes = Counter(ordered)
    return {
        region: Rank(
            place=first[value],
            of=len(known),
            unknown=len(values) - len(known),
            is_tied=sizes[value] > 1,
            is_judged=direction in (Direction.MORE, Direction.LESS),
        )
        for region, value in known.items()
    }


def against(
    value: Decimal | Unknown,
    *,
    city: Decimal | Unknown,
    is_share: bool = False,
    has_zero: bool = True,
) -> Difference | Unknown:
    """A place against the city. `has_zero`: whether the unit has a true zero, so that a percentage makes sense.

    unknown: the reason of the value, or of the city's. `percent`: `division_by_zero`, `not_applicable`.
    """
    if isinstance(value, Unknown):
        return value
    if isinstance(city, Unknown):
        return city
    percent = percent_of_change(city, value) if has_zero else Unknown("not_applicable")
    return Difference(value - city, percent, is_share)


def similar(
    region: int,
    features: Mapping[int, Sequence[Decimal | Unknown]],
    *,
    names: Sequence[str],
    most: int = 4,
    least: int = LEAST_FEATURES,
) -> tuple[Neighbour, ...] | Unknown:
    """The districts most like one, the nearest first, by features that people chose.

    shape    features of every district in the order of `names`; rates and shares, never counts
    units    distance in standard deviations, root mean square over the features known of both
    unknown  `too_few_values` where fewer than `least`, or less than half, are known of this and any other
    errors   Raises: KeyError for a region without features, ValueError where their number differs from the names'
    source   docs/rules/comparing-places.md
    """
    if any(len(row) != len(names) for row in features.values()):
        raise ValueError("every district has one value, or Unknown, for every feature")
    own = features[region]
    scales = [_deviation([row[at] for row in features.values()]) for at in range(len(names))]
    enough = max(least, -(-len(names) // 2))
    found = []
    for other, row in features.items():
        gaps = _gaps(own, row, scales)
        if other != region and len(gaps) >= enough:
            mean = sum((gap * gap for gap in gaps.values()), Decimal(0)) / len(gaps)
            found.append(Neighbour(other, mean.sqrt(), tuple(names[at] for at in gaps)))
    if not found:
        return Unknown("too_few_values")
    return tuple(sorted(found, key=lambda each: (each.distance, each.region))[:most])


def balance(
    before: Mapping[int, Point],
    after: Mapping[int, Point],
    *,
    is_share: bool = False,
    has_zero: bool = True,
    breaks: Mapping[int, Sequence[date]] = MappingProxyType({}),
) -> Mapping[int, Change | Unknown]:
    """The change of every region between two dates, ordered by region. `breaks`: those that hold for each of them.

    unknown: `not_delivered` where a region is missing on a side, else as `change` says.
    Raises: ValueError if a point of `after` is earlier than that of `before`.
    """
    found: dict[int, Change | Unknown] = {}
    for region in sorted(before.keys() | after.keys()):
        if region in before and region in after:
            found[region] = change(
                before[region],
                after[region],
                is_share=is_share,
                has_zero=has_zero,
                breaks=breaks.get(region, ()),
            )
        else:
            found[region] = Unknown("not_delivered")
    return found


def _deviation(values: Sequence[Decimal | Unknown]) -> Decimal:
    """The standard deviation of all known values, as of a whole and not of a sample; 0 without any."""
    known = [value for value in values if not isinstance(value, Unknown)]
    if len(set(known)) < 2:
        # Said before reckoning: a mean of thirds would leave a dust of digits behind.
        return Decimal(0)
    mean = sum(known, Decimal(0)) / len(known)
    return (sum(((value - mean) ** 2 for value in known), Decimal(0)) / len(known)).sqrt()


def _gaps(
    one: Sequence[Decimal | Unknown], other: Sequence[Decimal | Unknown], scales: Sequence[Decimal]
) -> dict[int, Decimal]:
    """How far two districts lie apart in every feature that tells something and is known of both."""
    found = {}
    for at, (mine, theirs, scale) in enumerate(zip(one, other, scales, strict=True)):
        if not isinstance(mine, Unknown) and not isinstance(theirs, Unknown) and scale > 0:
            # The mean drops out of the difference of two standard scores.
            found[at] = (mine - theirs) / scale
    return found
