"""Where a series goes, and the change between two of its values. See docs/rules/trend.md.

Numbers are exact: slopes are fractions until the end, and decimals carry 28 digits. Nothing is rounded here.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from statistics import median

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.values import Direction, Meaning, Point, TrendCode, ValueKind

MEASURED = (ValueKind.ACTUAL, ValueKind.ESTIMATE)
HUNDRED = Decimal(100)
# Of the median of the values without their signs: less than this over the whole stretch is no movement.
STEADY_SHARE = Fraction(1, 100)
# February is as long as March, a leap year as any: the shorter has at least this part of the longer.
SAME_LENGTH = Fraction(9, 10)

_MEANING = {
    (TrendCode.RISING, Direction.MORE): Meaning.BETTER,
    (TrendCode.FALLING, Direction.LESS): Meaning.BETTER,
    (TrendCode.RISING, Direction.LESS): Meaning.WORSE,
    (TrendCode.FALLING, Direction.MORE): Meaning.WORSE,
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A point that did not enter, and why: the reason of its sign, its kind, other_period, other_season or broken."""

    point: Point
    reason: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Where the newest values of a series go.

    per_year   median slope in the unit of the indicator per year, not rounded
    first      oldest and newest value used; the trend says nothing of days after `last`
    used       number of values used
    is_points  the slope of a share: percentage points a year
    agreeing   of `pairs` of values, how many rise (fall) as the slope does; pairs without movement if it is 0
    break_on   the break after which the stretch begins, if there is one
    left_out   points from `first` on that did not enter, oldest first
    """

    code: TrendCode
    meaning: Meaning
    per_year: Decimal
    first: Point
    last: Point
    used: int
    is_points: bool
    agreeing: int
    pairs: int
    break_on: date | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """The later less the earlier value.

    absolute   in the unit of the values; percentage points where `is_points` and the values are per cent
    percent    of the earlier value, 1.1 means 1.1 %; not what a page writes of a share
    """

    earlier: Point
    later: Point
    absolute: Decimal
    percent: Decimal | Unknown
    is_points: bool


def trend(
    points: Sequence[Point],
    *,
    breaks: Sequence[date],
    direction: Direction,
    steady_below: Decimal | None = None,
    is_share: bool = False,
    least: int = 3,
    most: int = 5,
) -> Trend | Unknown:
    """The Theil–Sen trend of the newest `most` known values of one area, in any order.

    shape    one area, one quantity, one breakdown; two points of a day are an actual value and its estimate
    units    `steady_below` in the unit of the values, over the whole stretch, exclusive
    unknown  `too_few_values` with fewer than `least` after the last break; `only_forecast` where nothing was measured
    errors   Raises: ValueError if `steady_below` is negative, or not 2 <= least <= most
    source   docs/rules/trend.md; Sen 1968
    """
    if not 2 <= least <= most or (steady_below is not None and steady_below < 0):
        raise ValueError("a trend needs two values or more, and a threshold of 0 or more")
    measured = [point for point in points if point.kind in MEASURED]
    if points and all(point.kind is ValueKind.FORECAST for point in points):
        return Unknown("only_forecast")
    known, odd = _comparable(_one_a_day(measured), breaks=breaks)
    if len(known) < least:
        return Unknown("too_few_values")
    used = known[-most:]
    strangers = [LeftOut(point, point.kind.value) for point in points if point.kind not in MEASURED]
    since = used[0].ends_on
    left_out = [out for out in (*odd, *strangers) if out.point.ends_on >= since]
    left_out.sort(
        key=lambda out: (out.point.ends_on, out.point.starts_on, out.point.kind, out.point.scenario)
    )
    return _trend(used, direction, steady_below, is_share, _last_break(used, breaks), tuple(left_out))


def _trend(
    used: Sequence[Point],
    direction: Direction,
    steady_below: Decimal | None,
    is_share: bool,
    break_on: date | None,
    left_out: tuple[LeftOut, ...],
) -> Trend:
    at = [(year_position(point.ends_on), Fraction(_number(point))) for point in used]
    slopes = [(b - a) / (later - earlier) for (earlier, a), (later, b) in combinations(at, 2)]
    slope = median(slopes)
    threshold = (
        STEADY_SHARE * median(abs(value) for _on, value in at)
        if steady_below is None
        else Fraction(steady_below)
    )
    code = _code(slope, span=at[-1][0] - at[0][0], threshold=threshold)
    return Trend(
        code=code,
        meaning=_MEANING.get((code, direction), Meaning.NEUTRAL),
        per_year=_decimal(slope),
        first=used[0],
        last=used[-1],
        used=len(used),
        is_points=is_share,
        agreeing=sum(_sign(one) == _sign(slope) for one in slopes),
        pairs=len(slopes),
        break_on=break_on,
        left_out=left_out,
    )


def _code(slope: Fraction, *, span: Fraction, threshold: Fraction) -> TrendCode:
    # A slope of nothing is steady even where the threshold is 0.
    if slope == 0 or abs(slope) * span < threshold:
        return TrendCode.STEADY
    return TrendCode.RISING if slope > 0 else TrendCode.FALLING


def _one_a_day(points: Sequence[Point]) -> list[Point]:
    """One point for each period, oldest first: a known one before a sign, the actual before the estimate."""
    ordered = sorted(
        points,
        key=lambda point: (
            point.ends_on,
            point.starts_on,
            isinstance(point.value, Unknown),
            point.kind is not ValueKind.ACTUAL,
            point.scenario,
        ),
    )
    best: dict[tuple[date, date], Point] = {}
    for point in ordered:
        best.setdefault((point.ends_on, point.starts_on), point)
    return list(best.values())


def _comparable(points: Sequence[Point], *, breaks: Sequence[date]) -> tuple[list[Point], list[LeftOut]]:
    """The known points that can be set beside the newest one, oldest first, and the others with the reason."""
    left_out = [LeftOut(point, point.value.reason) for point in points if isinstance(point.value, Unknown)]
    known = [point for point in points if not isinstance(point.value, Unknown)]
    if not known:
        return [], left_out
    broken_on = _last_break(known, breaks)
    # Where several periods end on the newest day (December and its year), the longest speaks.
    newest = min(known, key=lambda point: (-point.ends_on.toordinal(), point.starts_on))
    fitting = []
    for point in known:
        if broken_on is not None and point.starts_on < broken_on:
            left_out.append(LeftOut(point, "broken"))
        elif not same_length(point, newest):
            left_out.append(LeftOut(point, "other_period"))
        else:
            fitting.append(point)
    return _same_season(fitting, newest, left_out), left_out


def _same_season(points: list[Point], newest: Point, left_out: list[LeftOut]) -> list[Point]:
    years = [point.ends_on.year for point in points]
    if len(set(years)) == len(years):
        return points
    left_out.extend(
        LeftOut(point, "other_season") for point in points if point.ends_on.month != newest.ends_on.month
    )
    return [point for point in points if point.ends_on.month == newest.ends_on.month]


def _last_break(points: Sequence[Point], breaks: Sequence[date]) -> date | None:
    last = max(point.ends_on for point in points)
    return max((each for each in breaks if each <= last), default=None)


def change(
    earlier: Point,
    later: Point,
    *,
    is_share: bool = False,
    has_zero: bool = True,
    breaks: Sequence[date] = (),
) -> Change | Unknown:
    """The change from one value to a later one of the same series.

    `has_zero` says whether the unit has a true zero, so that a percentage makes sense (°C has none).
    unknown: the reason of the value that is unknown, the later one's first; `break_between`; `other_period`.
    `percent` is unknown with `division_by_zero` or `not_applicable` (negative before, or no true zero).
    Raises: ValueError if `later` is earlier. Source: docs/rules/trend.md.
    """
    if later.ends_on < earlier.ends_on:
        raise ValueError(f"{later.ends_on} is not later than {earlier.ends_on}")
    for point in (later, earlier):
        if isinstance(point.value, Unknown):
            return point.value
    if any(earlier.starts_on < each <= later.ends_on for each in breaks):
        return Unknown("break_between")
    if not same_length(earlier, later):
        return Unknown("other_period")
    before, after = _number(earlier), _number(later)
    percent = percent_of_change(before, after) if has_zero else Unknown("not_applicable")
    return Change(earlier, later, after - before, percent, is_share)


def percent_of_change(before: Decimal, after: Decimal) -> Decimal | Unknown:
    """By how many per cent of `before` it became `after`; 1.1 means 1.1 %.

    unknown: `division_by_zero` if it was 0, `not_applicable` if it was negative: a percentage of a deficit misleads.
    """
    if before == 0:
        return Unknown("division_by_zero")
    if before < 0:
        return Unknown("not_applicable")
    return (after - before) * HUNDRED / before


def same_length(one: Point, other: Point) -> bool:
    """Whether two periods are equally long, as far as months and years are; a day goes with a day only."""
    shorter, longer = sorted((point.ends_on - point.starts_on).days + 1 for point in (one, other))
    return Fraction(shorter, longer) >= SAME_LENGTH


def year_position(on: date) -> Fraction:
    """The end of a day counted in years, so that the same day lies exactly one year apart.

    A month is a twelfth, a day its part of its month: ends of months stay ends of months in leap years.
    """
    return on.year + Fraction(on.month - 1, 12) + Fraction(on.day, 12 * monthrange(on.year, on.month)[1])


def _number(point: Point) -> Decimal:
    if isinstance(point.value, Unknown):
        raise TypeError("a point without a number was to be left out before")
    return point.value


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
