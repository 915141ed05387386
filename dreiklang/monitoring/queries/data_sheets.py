"""A data sheet: what the indicators say of any area, as far as the districts it touches can tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from dreiklang.core.shapes import area_km2
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.profiles import course_of, profiled
from dreiklang.monitoring.queries.regions import city_and_areas
from dreiklang.monitoring.queries.series import Lines, lines
from dreiklang.monitoring.rules.data_sheet import EstimatedLine, Part, estimated, parts_of, rederived
from dreiklang.monitoring.rules.district import DistrictFigure, figure_of
from dreiklang.monitoring.rules.formulas import CannotParse, Derivation, InputRef, checked, inputs
from dreiklang.monitoring.rules.profiles import Estimate, is_additive
from dreiklang.monitoring.rules.units import Unit, shipped_units
from dreiklang.people.rules import Viewer
from dreiklang.places import queries as places
from dreiklang.places.queries import AreaRow, AreaShape

# The drawn area among the lines of districts: no id of a region is 0.
DRAWN = 0


@dataclass(frozen=True)
class SheetPart:
    """A district that the area touches."""

    area: AreaRow
    part: Part


@dataclass(frozen=True)
class SheetLine:
    """An indicator of the area; `estimate` says how sure its newest value is."""

    indicator: Indicator
    figure: DistrictFigure
    estimate: Estimate


@dataclass(frozen=True)
class DataSheet:
    """What is known of an area.

    area_km2  of the area itself; 0 for a point or a line
    parts     the districts it touches, the largest part first
    shapes    the city's districts, for the map
    missing   how many indicators have no value in any of them
    """

    geometry: BaseGeometry
    area_km2: float
    parts: tuple[SheetPart, ...]
    lines: tuple[SheetLine, ...]
    shapes: tuple[AreaShape, ...]
    missing: int


def data_sheet(viewer: Viewer, *, geometry: BaseGeometry, ags: str) -> DataSheet:
    """The sheet of an area (EPSG:4326), by the districts of the finest level. Five statements, one more for formulas.

    Counts are added by the part of each district inside, rates are reckoned again from counts, never averaged.
    """
    shapes = tuple(one for one in places.area_shapes(viewer) if one.is_ours)
    found = parts_of(geometry, {one.pk: one.geometry for one in shapes})
    rows = {row.pk: row for row in places.areas(viewer, ids=[one.key for one in found])}
    indicators = list(profiled(viewer))
    city, regions = city_and_areas(ags=ags, area_ids=[one.key for one in found])
    asked = [*regions.values(), city.pk] if city else list(regions.values())
    known = lines(viewer, indicators=indicators, region_ids=asked, city=city)
    parts = [Part(regions.get(one.key, -one.key), one.share, one.covers) for one in found]
    shown = _lines(indicators, known, parts, city.pk if city else None)
    return DataSheet(
        geometry=geometry,
        area_km2=area_km2(geometry) if geometry.area else 0.0,
        parts=tuple(SheetPart(rows[one.key], one) for one in found),
        lines=shown,
        shapes=shapes,
        missing=len(indicators) - len(shown),
    )


def lines_of_area(
    indicators: Sequence[Indicator], known: Lines, parts: Sequence[Part]
) -> dict[int, EstimatedLine]:
    """The values of an area by the districts it touches, by the id of the indicator: counts, then rates made of them."""
    counted = {
        one.key: _delivered(one, known, parts) for one in indicators if not one.formula and _adds_up(one)
    }
    splits = {one.key: one.breakdown.key if one.breakdown else "" for one in indicators}
    known_units = shipped_units().by_code
    units = {one.key: known_units[one.unit] for one in indicators if one.unit in known_units}
    return {
        one.pk: counted.get(one.key) or _derived(one, counted, splits, units) or _delivered(one, known, parts)
        for one in indicators
    }


def _lines(
    indicators: Sequence[Indicator], known: Lines, parts: Sequence[Part], city: int | None
) -> tuple[SheetLine, ...]:
    found = lines_of_area(indicators, known, parts)
    # A break in one of its districts is one of the area.
    regions = {part.key for part in parts}
    shown = []
    for one in indicators:
        line = found[one.pk]
        whole = known.get((one.pk, city), ()) if city is not None else ()
        figure = figure_of(DRAWN, {DRAWN: line.points}, city=whole, course=course_of(one, regions=regions))
        if figure is not None:
            shown.append(SheetLine(one, figure, line.estimates[figure.last.ends_on]))
    return tuple(shown)


def _adds_up(indicator: Indicator) -> bool:
    return is_additive(shipped_units().by_code.get(indicator.unit))


def _delivered(indicator: Indicator, known: Lines, parts: Sequence[Part]) -> EstimatedLine:
    own = {part.key: known.get((indicator.pk, part.key), ()) for part in parts}
    return estimated(parts, own, is_additive=_adds_up(indicator))


def _derived(
    indicator: Indicator,
    counted: Mapping[str, EstimatedLine],
    splits: Mapping[str, str],
    units: Mapping[str, Unit],
) -> EstimatedLine | None:
    """The rate from the counts it is made of; None where it is no formula of counts that the viewer may see."""
    formula = _derivation(indicator, units)
    if formula is None:
        return None
    needed: dict[InputRef, EstimatedLine] = {}
    for ref in inputs(formula.formula):
        if ref.key not in counted or ref.breakdown not in ("", splits[ref.key]):
            return None
        needed[ref] = counted[ref.key]
    return rederived(formula, needed)


def _derivation(indicator: Indicator, units: Mapping[str, Unit]) -> Derivation | None:
    if not indicator.formula or indicator.key not in units:
        return None
    try:
        return checked(indicator.formula, units=units, declared=units[indicator.key])
    except CannotParse:
        return None
