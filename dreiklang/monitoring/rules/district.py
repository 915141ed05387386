"""One indicator of one district: beside the city, among its like, and over the years. See docs/rules/comparing-places.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dreiklang.core.values import Share, Unknown
from dreiklang.monitoring.rules.comparison import Difference, Rank, against, ranks
from dreiklang.monitoring.rules.trend import Change, Trend, change, trend
from dreiklang.monitoring.rules.values import Direction, Point
from dreiklang.monitoring.rules.years import by_year, newest, on_day

Line = Sequence[Point]
# Of a rate there is no part of the city, of a total no difference to it.
NO_TOTAL = "not_applicable"
# Sums of rounded values lie so near to what was rounded as a whole.
NEARLY = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Course:
    """How the values of an indicator are meant.

    is_rate   something per something, or a share: never a part of the city's value
    is_count  counted one by one, or land: always a part of it. What is neither is told by the numbers themselves.
    """

    direction: Direction
    is_share: bool
    has_zero: bool
    breaks: tuple[date, ...] = ()
    steady_below: Decimal | None = None
    is_rate: bool = True
    is_count: bool = False


@dataclass(frozen=True, slots=True)
class DistrictFigure:
    """An indicator of a district.

    last        the newest measured point, also where its value is hidden
    on_day      the values of all districts on that day, by region; those without one are Unknown(`other_day`)
    city        of the whole city on that day
    part        of a total: its share of the city's value; Unknown(`not_applicable`) of a rate or a mean
    change      since `since`, the point of the chosen year
    is_better   whether it stands better than the city by the direction of the indicator; None without a judgement
    """

    last: Point
    on_day: Mapping[int, Decimal | Unknown]
    city: Decimal | Unknown
    part: Share | Unknown
    difference: Difference | Unknown
    rank: Rank | Unknown
    since: Point | None
    change: Change | Unknown
    trend: Trend | Unknown
    is_better: bool | None

    @property
    def is_total(self) -> bool:
        """Whether it says how large the district is: then it is no better or worse than the city."""
        return not isinstance(self.part, Unknown) or self.part.reason != NO_TOTAL


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
    part = _part(last.value, whole, is_total=_is_total(values, whole, course))
    is_total = not isinstance(part, Unknown) or part.reason != NO_TOTAL
    difference = (
        Unknown(NO_TOTAL)
        if is_total
        else against(last.value, city=whole, is_share=course.is_share, has_zero=course.has_zero)
    )
    direction = Direction.NONE if is_total else course.direction
    return DistrictFigure(
        last=last,
        on_day=values,
        city=whole,
        part=part,
        difference=difference,
        rank=ranks(values, direction=direction).get(region, _why(last)),
        since=since,
        change=_change(since, last, course),
        trend=trend(
            own,
            breaks=course.breaks,
            direction=course.direction,
            steady_below=course.steady_below,
            is_share=course.is_share,
        ),
        is_better=_is_better(difference, direction),
    )


# The change of a page is told from so many years before, unless somebody chooses.
USUAL_YEARS = 5


def _is_total(values: Mapping[int, Decimal | Unknown], whole: Decimal | Unknown, course: Course) -> bool:
    """Whether the districts together make up the city: by its unit, or because they do add up to it."""
    if course.is_rate or course.is_count:
        return course.is_count
    known = [value for value in values.values() if not isinstance(value, Unknown)]
    if isinstance(whole, Unknown) or len(known) < 2 or not whole:
        return False
    total, leeway = sum(known, Decimal(0)), abs(whole) * NEARLY
    if len(known) == len(values):
        return abs(total - whole) <= leeway
    # Some are unknown: the others stay below a total, while a mean lies between them.
    return min(known) >= 0 and max(known) < whole and total <= whole + leeway


def _part(value: Decimal | Unknown, whole: Decimal | Unknown, *, is_total: bool) -> Share | Unknown:
    if not is_total:
        return Unknown(NO_TOTAL)
    if isinstance(value, Unknown):
        return value
    if isinstance(whole, Unknown):
        return whole
    return Share.of(value, whole)


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
