"""How the last value stands to the next target, and the line that leads there. See docs/rules/target-reached.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.trend import MEASURED
from dreiklang.monitoring.rules.values import Comparison, Direction, Goalpost, Point, TargetState, ValueKind

NOTHING = Decimal(0)
_AGAINST = {(Direction.MORE, Comparison.AT_MOST), (Direction.LESS, Comparison.AT_LEAST)}


@dataclass(frozen=True, slots=True)
class TargetResult:
    """How the last value stands to the next target.

    reason        why the state is open, else "": no_value_for_target_date, no_baseline, no_value_since_baseline, break_between
    expected_now  on the straight way, at the day of the last value; our own reckoning. unknown: no_baseline,
                  break_between, not_applicable (before the baseline)
    gap           distance from the last value to the target, 0 if reached, in the unit of the indicator
    contradicts   the target asks for the opposite of the direction: somebody should look
    """

    state: TargetState
    next_target: Goalpost
    expected_now: Decimal | Unknown
    gap: Decimal
    last: Point
    reason: str = ""
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """What is aimed at on a day; both ends are the same except for a range."""

    on: date
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class _Way:
    """From where to where it goes straight, and what is expected on a day between."""

    start: Decimal
    aim: Decimal
    expected: Decimal


def target_state(
    points: Sequence[Point],
    *,
    baseline: Goalpost | None,
    targets: Sequence[Goalpost],
    direction: Direction,
    today: date,
    breaks: Sequence[date] = (),
) -> TargetResult | Unknown:
    """The state of the last measured or estimated value of one area against the next target.

    shape    points and targets in any order; one area, one quantity, one breakdown
    units    all values in the unit of the indicator; days inclusive
    unknown  `no_target`; `only_forecast`; `not_delivered`, or the reason of the newest value where none is known
    source   docs/rules/target-reached.md
    """
    if not targets:
        return Unknown("no_target")
    last = last_known(points, today=today)
    if isinstance(last, Unknown):
        return last
    value = last.value
    if isinstance(value, Unknown):
        raise TypeError("the last known value is known")
    target = next_target(targets, on=last.ends_on)
    way = _way(value, last.ends_on, baseline=baseline, targets=targets, target=target, breaks=breaks)
    state, reason = _state(value, last.ends_on, target=target, way=way, today=today)
    return TargetResult(
        state=state,
        next_target=target,
        expected_now=way.expected
        if isinstance(way, _Way)
        else _expected_without_way(way, value, last, baseline),
        gap=gap_to(value, target),
        last=last,
        reason=reason,
        contradicts=(direction, target.comparison) in _AGAINST,
    )


def last_known(points: Sequence[Point], *, today: date) -> Point | Unknown:
    """The newest known measured or estimated point that does not end after today; the actual before an estimate.

    unknown: `only_forecast`; `not_delivered` without any, or the reason of the newest value where none is known.
    """
    if points and all(point.kind is ValueKind.FORECAST for point in points):
        return Unknown("only_forecast")
    measured = [point for point in points if point.kind in MEASURED and point.ends_on <= today]
    newest_first = sorted(
        measured,
        key=lambda point: (-point.ends_on.toordinal(), point.kind is not ValueKind.ACTUAL, point.starts_on),
    )
    reason = Unknown("not_delivered")
    for at, point in enumerate(newest_first):
        if not isinstance(point.value, Unknown):
            return point
        reason = point.value if at == 0 else reason
    return reason


def next_target(targets: Sequence[Goalpost], *, on: date) -> Goalpost:
    """The earliest target on or after the day, else the latest. Raises: ValueError without any."""
    ahead = [target for target in targets if target.on >= on]
    return min(ahead, key=_day) if ahead else max(targets, key=_day)


def is_met(value: Decimal, target: Goalpost) -> bool:
    """Whether the value is what the target asks for; both ends of a range belong to it."""
    return gap_to(value, target) == 0


def gap_to(value: Decimal, target: Goalpost) -> Decimal:
    """The distance from the value to what the target asks for, never below 0, in the unit of both."""
    low, high = target.value, target.upper if target.upper is not None else target.value
    below = low - value if target.comparison is not Comparison.AT_MOST else NOTHING
    above = value - high if target.comparison is not Comparison.AT_LEAST else NOTHING
    return max(below, above, NOTHING)


def target_line(
    *, baseline: Goalpost | None, targets: Sequence[Goalpost]
) -> tuple[tuple[date, Decimal], ...]:
    """The days and values a target line is drawn through, oldest first; nothing without a target.

    Of a range its lower end; use `target_band` where there are ranges. On one day a target wins over the baseline.
    """
    return tuple((band.on, band.low) for band in target_band(baseline=baseline, targets=targets))


def target_band(*, baseline: Goalpost | None, targets: Sequence[Goalpost]) -> tuple[Band, ...]:
    """The same as a band between the ends of ranges, oldest first; nothing without a target."""
    if not targets:
        return ()
    posts = [baseline, *targets] if baseline is not None else list(targets)
    by_day = {post.on: post for post in posts}
    return tuple(
        Band(on, post.value, post.upper if post.upper is not None else post.value)
        for on, post in sorted(by_day.items())
    )


def _state(
    value: Decimal, on: date, *, target: Goalpost, way: _Way | str, today: date
) -> tuple[TargetState, str]:
    if is_met(value, target):
        return TargetState.REACHED, ""
    if on >= target.on:
        return TargetState.MISSED, ""
    if today >= target.on:
        return TargetState.OPEN, "no_value_for_target_date"
    if isinstance(way, str):
        return TargetState.OPEN, way
    return (TargetState.ON_WAY if _is_as_far(value, way, target) else TargetState.OFF_WAY), ""


def _is_as_far(value: Decimal, way: _Way, target: Goalpost) -> bool:
    """Whether a value that does not meet the target is as far as expected, and not beyond it."""
    if way.start == way.aim:
        # It was met at the begin and is so no longer.
        return False
    if way.start < way.aim:
        return way.expected <= value <= way.aim
    return way.aim <= value <= way.expected


def _way(
    value: Decimal,
    on: date,
    *,
    baseline: Goalpost | None,
    targets: Sequence[Goalpost],
    target: Goalpost,
    breaks: Sequence[date],
) -> _Way | str:
    """The straight way to the target on the day of the value, or the code why there is none."""
    if on >= target.on:
        edge = _nearest(value, target)
        return _Way(edge, edge, edge)
    # Targets first: on one day a target wins over the baseline, as in the drawn line.
    posts = [*targets, baseline] if baseline is not None else list(targets)
    start = max((post for post in posts if post.on < on), key=_day, default=None)
    if start is None:
        return "no_baseline" if baseline is None else "no_value_since_baseline"
    if any(start.on < each <= on for each in breaks):
        return "break_between"
    begin = start.value if start.upper is None else _nearest(value, start)
    aim = _nearest(begin, target)
    share = Decimal((on - start.on).days) / Decimal((target.on - start.on).days)
    return _Way(begin, aim, begin + (aim - begin) * share)


def _expected_without_way(
    reason: str, value: Decimal, last: Point, baseline: Goalpost | None
) -> Decimal | Unknown:
    if reason != "no_value_since_baseline" or baseline is None:
        return Unknown(reason)
    return baseline.value if baseline.on == last.ends_on else Unknown("not_applicable")


def _nearest(value: Decimal, target: Goalpost) -> Decimal:
    """Where a straight way to the target ends: its value, or of a range what lies nearest."""
    if target.upper is None:
        return target.value
    return min(max(value, target.value), target.upper)


def _day(post: Goalpost) -> date:
    return post.on
