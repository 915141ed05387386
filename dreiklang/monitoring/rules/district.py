"""One indicator of one district: beside the city, among its like, and over the years. See docs/rules/comparing-places.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.comparison import Difference, Rank, against, ranks
from dreiklang.monitoring.rules.trend import Change, Trend, change, trend
from dreiklang.monitoring.rules.values import Direction, Point
from dreiklang.monitoring.rules.years import by_year, newest, on_day

Line = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Course:
    """How the values of an indicator are meant."""

    direction: Direction
    is_share: bool
    has_zero: bool
    breaks: tuple[date, ...] = ()
    steady_below: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DistrictFigure:
    """An indicator of a district.

    last        the newest measured point, also where its value is hidden
    on_day      the values of all districts on that day, by region; those without one are Unknown(`other_day`)
    city        of the whole city on that day
    change      since `since`, the point of the chosen year
    is_better   whether it stands better than the city by the direction of the indicator; None without a judgement
    """

    last: Point
    on_day: Mapping[int, Decimal | Unknown]
    city: Decimal | Unknown
    difference: Difference | Unknown
    rank: Rank | Unknown
    since: Point | None
    change: Change | Unknown
    trend: Trend | Unknown
    is_better: bool | None


def figure_of(
    region: int, lines: Mapping[int, Line], *, city: Line, course: Course, since_year: int | None = None
) -> DistrictFigure | None:
    """The figure of a region among all of its level; None where nothing was ever measured there.

    `since_year`: the change is told from there; without it from five years before, or the first year after that.
    unknown: as the rules of comparison and trend say; `not_delivered` where the chosen year has no value.
    """
    own = lines.get(region, ())
    last = newest(own)
    if last is None:
        return None
    values = {one: _on(line, last.ends_on) for one, line in lines.items()}
    whole = _on(city, last.ends_on)
    since = _since(own, last, since_year)
    difference = against(last.value, city=whole, is_share=course.is_share, has_zero=course.has_zero)
    return DistrictFigure(
        last=last,
        on_day=values,
        city=whole,
        difference=difference,
        rank=ranks(values, direction=course.direction).get(region, _why(last)),
        since=since,
        change=_change(since, last, course),
        trend=trend(
            own,
            breaks=course.breaks,
            direction=course.direction,
            steady_below=course.steady_below,
            is_share=course.is_share,
        ),
        is_better=_is_better(difference, course.direction),
    )


# The change of a page is told from so many years before, unless somebody chooses.
USUAL_YEARS = 5


def _is_better(difference: Difference | Unknown, direction: Direction) -> bool | None:
    if isinstance(difference, Unknown) or difference.side == "same":
        return None
    if direction not in (Direction.MORE, Direction.LESS):
        return None
    return (difference.side == "higher") is (direction is Direction.MORE)


def _since(points: Line, last: Point, year: int | None) -> Point | None:
    years = by_year(points)
    if year is not None:
        return years.get(year)
    begin = last.ends_on.year - USUAL_YEARS
    return next((point for one, point in years.items() if begin <= one < last.ends_on.year), None)


def _change(since: Point | None, last: Point, course: Course) -> Change | Unknown:
    if since is None:
        return Unknown("not_delivered")
    if since.ends_on >= last.ends_on:
        return Unknown("too_few_values")
    return change(since, last, is_share=course.is_share, has_zero=course.has_zero, breaks=course.breaks)


def _on(line: Line, day: date) -> Decimal | Unknown:
    point = on_day(line, day)
    return point.value if point else Unknown("other_day")


def _why(last: Point) -> Unknown:
    return last.value if isinstance(last.value, Unknown) else Unknown("not_applicable")
