"""How two claims share place and time: numbers for every pair of a column, before anybody judges them."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.rules.columns import SITE_M2, Block, Columns, Pairs, keep
from dreiklang.conflicts.rules.joins import Column, or_zero
from dreiklang.conflicts.rules.thresholds import Limits
from dreiklang.core.claims import Claim

# What lies mostly inside the other shares its place, however small it is.
MOSTLY = 0.5
# Two borders drawn from different maps differ by a few metres.
BORDER_WIDTH_M = 10.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What the two sides of each pair share of their places. `length` is that of the border around it."""

    area: Column
    length: Column
    share: Column
    share_of_larger: Column
    smaller: Column

    @property
    def width(self) -> Column:
        """Mean width: a strip of 6 × 600 m has 6 m."""
        return 2 * self.area / np.maximum(self.length, 1e-9)

    @property
    def roundness(self) -> Column:
        """1 for a circle, 0.79 for a square, below 0.4 from a strip about seven times as long as wide."""
        return 4 * np.pi * self.area / np.maximum(self.length, 1e-9) ** 2

    @property
    def closeness(self) -> Column:
        """0..1: how much the two are at one site. Both shares count, so that a kiosk in a quarter is far from it."""
        site = np.minimum(1.0, SITE_M2 / np.maximum(self.smaller, 1.0))
        found: Column = np.sqrt(self.share * self.share_of_larger) * site
        return found

    def of(self, which: Column) -> "Ground":
        """That of some pairs."""
        return Ground(
            self.area[which],
            self.length[which],
            self.share[which],
            self.share_of_larger[which],
            self.smaller[which],
        )


def ground(columns: Columns, pairs: Pairs) -> Ground:
    """What each pair shares; nothing where a side has no place."""
    # In the order of keys, so that a pair gives the same number whoever asks.
    one, other = in_order(columns, pairs)
    common = shapely.intersection(columns.places[one], columns.places[other])
    return _ground(columns, pairs, or_zero(shapely.area(common)), or_zero(shapely.length(common)))


def at_most(columns: Columns, pairs: Pairs) -> Ground:
    """What each pair can share at most, from boxes and sizes alone: it costs a hundredth of the exact area."""
    one, other = columns.boxes[pairs[0]], columns.boxes[pairs[1]]
    sides = np.minimum(one[:, 2:], other[:, 2:]) - np.maximum(one[:, :2], other[:, :2])
    area = or_zero(np.prod(np.maximum(sides, 0), axis=1))
    smaller = np.minimum(columns.sizes[pairs[0]], columns.sizes[pairs[1]])
    return _ground(columns, pairs, np.minimum(area, smaller), np.zeros(len(area)))


def _ground(columns: Columns, pairs: Pairs, area: Column, length: Column) -> Ground:
    first, second = columns.sizes[pairs[0]], columns.sizes[pairs[1]]
    smaller, larger = np.minimum(first, second), np.maximum(first, second)
    return Ground(area, length, _share(area, smaller), _share(area, larger), smaller)


def in_order(columns: Columns, pairs: Pairs) -> Pairs:
    """Each pair with the smaller key first."""
    one, other = pairs
    swap = columns.key_ranks[one] > columns.key_ranks[other]
    return np.where(swap, other, one), np.where(swap, one, other)


def is_sliver(found: Ground, limits: Limits) -> Column:
    """Whether the shared area is no more than an imprecise border (or nothing at all)."""
    is_small = found.area < limits.least_area_m2
    is_thin = (found.share < limits.least_area_share) & (found.width < BORDER_WIDTH_M)
    is_inside = found.share >= MOSTLY
    result: Column = (found.area <= 0) | ((is_small | is_thin) & ~is_inside)
    return result


def meeting_boxes(columns: Columns, block: Block, *, within: float = 0) -> Pairs:
    """Pairs (row of the block, later row) whose bounding boxes touch, or lie within so many metres."""
    tree, rows = columns.tree
    asking = (rows >= block.first) & (rows < block.last)
    places = columns.places[rows[asking]]
    if within:
        left, bottom, right, top = shapely.bounds(places).T
        places = shapely.box(left - within, bottom - within, right + within, top + within)
    one, other = tree.query(places)
    pairs = rows[asking][one], rows[other]
    return keep(pairs, pairs[1] > pairs[0])


@dataclass(frozen=True, slots=True)
class Time:
    """What the two sides of each pair share of their time, in days.

    start, end  of the shared time, or of the pause between them where `gap` is above 0
    left        days of it from today on
    """

    start: Column
    end: Column
    days: Column
    left: Column
    gap: Column

    def of(self, which: Column) -> "Time":
        """That of some pairs."""
        return Time(self.start[which], self.end[which], self.days[which], self.left[which], self.gap[which])


def time(columns: Columns, pairs: Pairs) -> Time:
    """Shared time of each pair; ends that nobody said lie before or after everything."""
    one, other = pairs
    start = np.maximum(columns.starts[one], columns.starts[other])
    end = np.minimum(columns.ends[one], columns.ends[other])
    days = np.maximum(end - start + 1, 0)
    left = np.maximum(end - np.maximum(start, columns.today) + 1, 0)
    return Time(start, end, days, left, np.maximum(start - end - 1, 0))


def _share(part: Column, whole: Column) -> Column:
    found: Column = np.minimum(part / np.maximum(whole, 1e-9), 1.0)
    return found


def shared_place(one: Claim, other: Claim) -> BaseGeometry | None:
    """The ground both claim, in metres, for the small map; None where there is none."""
    if one.place is None or other.place is None:
        return None
    common = shapely.intersection(one.place, other.place)
    return common if shapely.area(common) > 0 else None
