"""The values of one indicator in one region: delivered ones in its unit, derived ones by its formula.

Worked numbers for derived ones: docs/rules/derived-indicators.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.formulas import Derivation, InputRef, evaluate, inputs
from dreiklang.monitoring.rules.units import Unit, convertible, shipped_units, unit_of
from dreiklang.monitoring.rules.values import Point, ValueKind

# The key of a total names its axes without a value ("GES=;NAT="), or nothing at all.
TOTAL_KEY = r"^([^=;]+=;)*([^=;]+=)?$"

_MEASURED = (ValueKind.ACTUAL, ValueKind.ESTIMATE)
# A result is as sure as the least sure value in it.
_LESS_SURE = (ValueKind.ACTUAL, ValueKind.ESTIMATE, ValueKind.FORECAST)

Variant = tuple[ValueKind, str]


def factor_of(words: str, declared: Unit | None) -> Decimal | Unknown:
    """By what a delivered value is multiplied to be in the unit of its indicator.

    words    the unit of the source, word for word; nothing said is taken to be the unit of the indicator
    unknown  `unit_unknown` for words nobody knows, `unit_mismatch` for a unit that measures something else
    """
    if declared is None or not words:
        return Decimal(1)
    source = unit_of(words)
    if isinstance(source, Unknown):
        return source
    factor = convertible(source, declared)
    if factor is None and _counts_the_same(source, declared):
        factor = source.factor / declared.factor
    return Unknown("unit_mismatch", f"{source.name} ≠ {declared.name}") if factor is None else factor


def _counts_the_same(source: Unit, declared: Unit) -> bool:
    """Official tables write "Anzahl" whatever they count one by one."""
    counted = list(declared.dimension.items())
    return source.code == "anzahl" and len(counted) == 1 and counted[0] in _counted()


def _counted() -> set[tuple[str, int]]:
    return {(thing, 1) for thing in shipped_units().counted}


def scaled(points: Iterable[Point], factor: Decimal | Unknown) -> tuple[Point, ...]:
    """The points in another unit. What was unknown stays so with its own reason."""
    return tuple(replace(point, value=_times(point.value, factor)) for point in points)


def _times(value: Decimal | Unknown, factor: Decimal | Unknown) -> Decimal | Unknown:
    if isinstance(value, Unknown):
        return value
    return factor if isinstance(factor, Unknown) else value * factor


def derived(formula: Derivation, lines: Mapping[InputRef, Sequence[Point]]) -> tuple[Point, ...]:
    """The points a formula gives, oldest first: at the days its first input has values, for these kinds and scenarios.

    A forecast takes the same scenario of the other inputs, and where they have none what was measured that day.
    Delivered targets enter no formula: a target of a rate is set for the rate. A stretch of time (a year) goes with the
    same stretch, else with what there was on its last day, never with another that ends with it (its December). What a forecast gives was made on the
    day of the newest one in it: before, nobody could reckon it.
    """
    named = inputs(formula.formula)
    if not named:
        return ()
    days = {ref: _by_day(points) for ref, points in lines.items()}
    found = [
        _point(formula, named, days, first)
        for first in lines.get(named[0], ())
        if first.kind is not ValueKind.TARGET and _is_best(first, days[named[0]])
    ]
    return tuple(sorted(found, key=lambda point: point.ends_on))


_Variants = Mapping[Variant, Point]
# By the last day, then by the first: a year and its December end together.
_Days = Mapping[date, Mapping[date, _Variants]]


def _by_day(points: Iterable[Point]) -> _Days:
    found: dict[date, dict[date, dict[Variant, Point]]] = {}
    for point in points:
        if point.kind is not ValueKind.TARGET:
            stretches = found.setdefault(point.ends_on, {})
            stretches.setdefault(point.starts_on, {})[point.kind, point.scenario] = point
    return found


def _fitting(days: _Days, starts_on: date, ends_on: date) -> Iterable[_Variants]:
    """What may stand beside a value of this stretch, the best first.

    A day takes the one stretch that ends with it; of several nobody can tell which was meant.
    """
    stretches = days.get(ends_on, {})
    fitting = [stretches[day] for day in dict.fromkeys((starts_on, ends_on)) if day in stretches]
    is_plain = starts_on == ends_on and len(stretches) == 1
    return fitting or (stretches.values() if is_plain else ())


def _is_best(point: Point, days: _Days) -> bool:
    """An estimate of a day that was measured as well gives no second result."""
    return (
        point.kind is not ValueKind.ESTIMATE
        or (ValueKind.ACTUAL, "") not in days[point.ends_on][point.starts_on]
    )


def _point(
    derivation: Derivation, named: Sequence[InputRef], days: Mapping[InputRef, _Days], first: Point
) -> Point:
    there = {ref: _at(days.get(ref, {}), first) for ref in named}
    value = evaluate(
        derivation.formula,
        values={ref: point.value for ref, point in there.items() if point},
        earlier=lambda ref, years: _years_before(days.get(ref, {}), first, years),
    )
    kinds = [point.kind for point in there.values() if point]
    made = [point.made_on for point in there.values() if point and point.made_on]
    return Point(
        first.ends_on,
        _times(value, derivation.factor),
        first.starts_on,
        max(kinds, key=_LESS_SURE.index),
        scenario=first.scenario,
        made_on=max(made, default=None),
    )


def _at(days: _Days, first: Point) -> Point | None:
    wanted = ((first.kind, first.scenario), *((kind, "") for kind in _MEASURED))
    return _first_of(wanted, _fitting(days, first.starts_on, first.ends_on))


def _first_of(wanted: Sequence[Variant], fitting: Iterable[_Variants]) -> Point | None:
    return next((there[one] for there in fitting for one in wanted if one in there), None)


def _years_before(days: _Days, first: Point, years: int) -> Decimal | Unknown:
    since, until = _day_before(first.starts_on, years), _day_before(first.ends_on, years)
    # A forecast is set beside what was measured, and beside itself only where nothing was.
    wanted = (*((kind, "") for kind in _MEASURED), (first.kind, first.scenario))
    there = _first_of(wanted, _fitting(days, since, until)) if since and until else None
    return there.value if there else Unknown("not_delivered")


def _day_before(on: date, years: int) -> date | None:
    """The same day so many years before; the 29th of February becomes the last of February."""
    if on.year <= years:
        return None
    is_last_of_february = on.month == 2 and on.day == 29
    return on.replace(year=on.year - years, day=28 if is_last_of_february else on.day)
