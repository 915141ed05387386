"""The values of any area from those of the districts it touches. See docs/rules/comparing-places.md, "A drawn area"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.core.metres import as_areas, in_metres, zone_of
from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.formulas import Derivation, InputRef, inputs
from dreiklang.monitoring.rules.profiles import SLIVER, AreaPart, Estimate, apportion
from dreiklang.monitoring.rules.series import derived
from dreiklang.monitoring.rules.trend import MEASURED
from dreiklang.monitoring.rules.values import Point
from dreiklang.monitoring.rules.years import on_day

Line = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Part:
    """A district that the area touches: `share` of the district inside, `covers` of the area in it, both 0..1."""

    key: int
    share: Decimal
    covers: Decimal


@dataclass(frozen=True, slots=True)
class EstimatedLine:
    """The values of an area over time, with how sure each is, by the day it ends on."""

    points: tuple[Point, ...]
    estimates: Mapping[date, Estimate]


def parts_of(area: BaseGeometry, districts: Mapping[int, BaseGeometry]) -> tuple[Part, ...]:
    """The districts an area touches by more than an inexact line, the largest part first; EPSG:4326.

    Points and lines count with the width of what they stand for. Measured in metres of the area's own zone.
    """
    if not districts:
        return ()
    srid = zone_of(area.centroid.x)
    own = as_areas(in_metres([area], srid=srid))[0]
    keys = list(districts)
    flat = as_areas(in_metres([districts[key] for key in keys], srid=srid))
    inside = shapely.area(shapely.intersection(flat, own))
    found = [
        Part(key, _share(part, whole), _share(part, own.area))
        for key, part, whole in zip(keys, inside, shapely.area(flat), strict=True)
        if part > 0
    ]
    real = [one for one in found if one.share >= SLIVER or one.covers >= SLIVER]
    return tuple(sorted(real, key=lambda one: (-one.covers, one.key)))


def estimated(parts: Sequence[Part], lines: Mapping[int, Line], *, is_additive: bool) -> EstimatedLine:
    """The line of an area from those of its districts, by their keys: one value for every day any of them has one.

    unknown: as `apportion` says; a rate of anything but one whole district is `not_a_count`.
    """
    estimates: dict[date, Estimate] = {}
    points = []
    for ends_on, starts_on in _days(lines.get(part.key, ()) for part in parts):
        found = apportion(
            [AreaPart(one.share, one.covers, _value(lines.get(one.key, ()), ends_on)) for one in parts],
            is_additive=is_additive,
        )
        if isinstance(found.value, Unknown) and found.value.reason == "not_applicable":
            found = Estimate(Unknown("not_a_count"), found.is_estimate, found.covered_share)
        estimates[ends_on] = found
        points.append(Point(ends_on, found.value, starts_on))
    return EstimatedLine(tuple(points), estimates)


def rederived(formula: Derivation, lines: Mapping[InputRef, EstimatedLine]) -> EstimatedLine:
    """A rate reckoned again from estimated counts: an estimate if any of them is, covered as the least of them.

    unknown: as the formula says; `not_a_count` where an input is none of the counts given.
    """
    named = inputs(formula.formula)
    if any(ref not in lines for ref in named):
        return EstimatedLine((), {})
    points = derived(formula, {ref: lines[ref].points for ref in named})
    estimates = {}
    for point in points:
        there = [
            lines[ref].estimates[point.ends_on] for ref in named if point.ends_on in lines[ref].estimates
        ]
        estimates[point.ends_on] = Estimate(
            point.value,
            any(one.is_estimate for one in there),
            min((one.covered_share for one in there), default=Decimal(0)),
        )
    return EstimatedLine(points, estimates)


def _days(lines: Iterable[Line]) -> list[tuple[date, date]]:
    """Every period that any line has a measured value for, oldest first; of several to one day the longest."""
    found: dict[date, date] = {}
    for line in lines:
        for point in line:
            if point.kind in MEASURED:
                found[point.ends_on] = min(found.get(point.ends_on, point.starts_on), point.starts_on)
    return sorted(found.items())


def _value(line: Line, ends_on: date) -> Decimal | Unknown:
    point = on_day(line, ends_on)
    return point.value if point else Unknown("not_delivered")


def _share(part: float, whole: float) -> Decimal:
    """To a hundred-thousandth: borders are not surveyed finer, and noise stays out of sums."""
    return min(Decimal(str(round(part / whole, 5))), Decimal(1)) if whole > 0 else Decimal(0)
