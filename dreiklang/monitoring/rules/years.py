"""One value a year, and the newest one: what maps, rankings and profiles show of a line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.trend import MEASURED
from dreiklang.monitoring.rules.values import Point, ValueKind

# "Will come later" stands for a day that is not over for the source: the day before it is the newest.
LATER = "later"


def by_year(points: Iterable[Point]) -> Mapping[int, Point]:
    """The point of every year, oldest first: the last day of it; of several periods to that day the longest.

    Measured and estimated ones only. A known value goes before a sign, an actual one before its estimate.
    """
    best: dict[int, Point] = {}
    for point in points:
        if point.kind in MEASURED:
            year = point.ends_on.year
            if year not in best or _rank(point) > _rank(best[year]):
                best[year] = point
    return dict(sorted(best.items()))


def newest(points: Iterable[Point]) -> Point | None:
    """The measured point to start from, also if its value is hidden; None where nothing was measured.

    Days that the source itself announces for later do not count.
    """
    there = [point for point in points if point.kind in MEASURED and not _is_later(point)]
    return max(there, key=_rank, default=None)


def on_day(points: Iterable[Point], on: date) -> Point | None:
    """The measured point that ends on that day; None without one."""
    there = [point for point in points if point.kind in MEASURED and point.ends_on == on]
    return max(there, key=_rank, default=None)


def _rank(point: Point) -> tuple[int, int, bool, bool]:
    return (
        point.ends_on.toordinal(),
        (point.ends_on - point.starts_on).days,
        not isinstance(point.value, Unknown),
        point.kind is ValueKind.ACTUAL,
    )


def _is_later(point: Point) -> bool:
    return isinstance(point.value, Unknown) and point.value.reason == LATER


def years_apart(years: Sequence[int], *, most: int) -> tuple[int, ...]:
    """At most so many of the years (two or more), evenly spread, the first and the last among them."""
    if len(years) <= most:
        return tuple(years)
    step = (len(years) - 1) / (most - 1)
    return tuple(years[round(at * step)] for at in range(most))
