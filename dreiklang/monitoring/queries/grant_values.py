"""What is known for a grant sheet of an area and a year: indicators, measures, the area itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from dreiklang.core import text
from dreiklang.core.shapes import area_km2
from dreiklang.core.values import Unknown
from dreiklang.measures.queries import placed_lines, placed_shapes, terms_of
from dreiklang.measures.rules import MeasureFilter
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.data_sheets import lines_of_area
from dreiklang.monitoring.queries.regions import regions_of_areas
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.monitoring.rules.data_sheet import EstimatedLine, Part, parts_of
from dreiklang.monitoring.rules.formulas import CannotParse, inputs, parse
from dreiklang.monitoring.rules.profiles import NEARLY_WHOLE
from dreiklang.monitoring.rules.sheets import Given, Layout, Source, SourceKind, sources
from dreiklang.monitoring.rules.trend import MEASURED
from dreiklang.monitoring.rules.values import Point, ValueKind
from dreiklang.people.rules import Viewer
from dreiklang.places import queries as places
from dreiklang.places.rules.placed import LineWish

_PHASE = "phase="


@dataclass(frozen=True)
class SheetPlace:
    """What a sheet is about: one of our areas, or a geometry (EPSG:4326) that somebody drew."""

    name: str
    area_id: int | None
    geometry: BaseGeometry | None


def grant_values(
    viewer: Viewer, *, layout: Layout, place: SheetPlace, year: int, today: date
) -> dict[Source, Given]:
    """What is known for the sources of a layout. What is not stays out, or comes with the reason why.

    An indicator's value is the last measured one of the year. A drawn area takes its share of the districts it touches,
    marked as an estimate.
    """
    asked = sources(layout)
    found = values_of_indicators(viewer, asked, place, year)
    found |= _of_measures(viewer, asked, place, today)
    found |= {one: _of_area(one, place, year) for one in asked if one.kind is SourceKind.AREA}
    funding = {one: Given(Unknown("no_funding")) for one in asked if one.kind is SourceKind.FUNDING}
    return found | funding


def _of_area(source: Source, place: SheetPlace, year: int) -> Given:
    if source.name == "name":
        return Given(place.name)
    if source.name == "year":
        return Given(str(year))
    if source.name == "size" and place.geometry is not None and place.geometry.area:
        size = Decimal(str(round(area_km2(place.geometry), 4)))
        return Given(size, "km2", _("aus der Grenze gemessen"))
    return Given(Unknown("no_border" if source.name == "size" else "unknown_field", source.name))


def values_of_indicators(
    viewer: Viewer, asked: Iterable[Source], place: SheetPlace, year: int
) -> dict[Source, Given]:
    """Those of the sources that are indicators, as `grant_values` says."""
    wanted = [one for one in asked if one.kind is SourceKind.INDICATOR]
    known = _indicators(viewer, {one.name for one in wanted})
    if not wanted:
        return {}
    shapes = [one for one in places.area_shapes(viewer) if one.is_ours]
    parts = parts_of(place.geometry, {one.pk: one.geometry for one in shapes}) if place.geometry else ()
    regions = regions_of_areas([one.key for one in parts] + ([place.area_id] if place.area_id else []))
    values = lines(viewer, indicators=known.values(), region_ids=set(regions.values()))
    cut = [Part(regions.get(one.key, -one.key), one.share, one.covers) for one in parts]
    drawn = lines_of_area(list(known.values()), values, cut)
    own = regions.get(place.area_id or 0)
    return {one: _of_indicator(one, known.get(one.name), own, values, drawn, year) for one in wanted}


def _indicators(viewer: Viewer, keys: Collection[str]) -> dict[str, Indicator]:
    """The indicators asked for, and those that their formulas are made of: rates of an area come from its counts."""
    rows = visible_indicators(viewer).select_related("breakdown").defer("search")
    known = {one.key: one for one in rows.filter(key__in=keys)}
    needed = {ref for one in known.values() for ref in _needed(one.formula)} - known.keys()
    return known | {one.key: one for one in rows.filter(key__in=needed)} if needed else known


def _needed(formula: str) -> set[str]:
    try:
        return {ref.key for ref in inputs(parse(formula))} if formula else set()
    except CannotParse:
        return set()


def _of_indicator(
    source: Source,
    indicator: Indicator | None,
    own: int | None,
    values: Mapping[tuple[int, int], Sequence[Point]],
    drawn: Mapping[int, EstimatedLine],
    year: int,
) -> Given:
    if indicator is None:
        return Given(Unknown("unknown_indicator", source.name))
    split = indicator.breakdown.key if indicator.breakdown else ""
    if source.detail and source.detail != split:
        return Given(Unknown("unknown_split", source.detail))
    delivered = _of_year(values.get((indicator.pk, own), ()) if own is not None else (), year)
    if delivered is not None:
        is_estimate = delivered.kind is ValueKind.ESTIMATE
        return Given(delivered.value, indicator.unit, _rests_on(indicator, delivered), is_estimate)
    line = drawn[indicator.pk]
    point = _of_year(line.points, year)
    if point is None:
        return Given(Unknown("no_value_of_year", str(year)))
    said = _rests_on(indicator, point)
    return Given(point.value, indicator.unit, said, line.estimates[point.ends_on].is_estimate)


def _of_year(points: Sequence[Point], year: int) -> Point | None:
    """The last measured value of a year."""
    there = [one for one in points if one.ends_on.year == year and one.kind in MEASURED]
    return there[-1] if there else None


def _rests_on(indicator: Indicator, point: Point) -> str:
    return _("%(name)s, Stand %(on)s") % {"name": indicator.name, "on": text.day(point.ends_on)}


def _of_measures(
    viewer: Viewer, asked: Iterable[Source], place: SheetPlace, today: date
) -> dict[Source, Given]:
    wanted = [one for one in asked if one.kind is SourceKind.MEASURES]
    if not wanted:
        return {}
    phases = _phases(viewer, place, today)
    said = _("Maßnahmen im Gebiet, Stand %(on)s") % {"on": text.day(today)}
    return {one: _counted(one, phases, said) for one in wanted}


def _counted(source: Source, phases: Sequence[str], said: str) -> Given:
    if source.name != "count":
        return Given(Unknown("unknown_field", source.name))
    if not source.detail:
        return Given(Decimal(len(phases)), "anzahl", said)
    if not source.detail.startswith(_PHASE):
        return Given(Unknown("unknown_field", source.detail))
    return Given(Decimal(phases.count(source.detail.removeprefix(_PHASE))), "anzahl", said)


def _phases(viewer: Viewer, place: SheetPlace, today: date) -> list[str]:
    """The phase of every measure in the area, each once: placed there, or named for a district that lies in it."""
    terms, wanted = terms_of(today=today), MeasureFilter()
    inside = _names_inside(viewer, place)
    listed = placed_lines(viewer, wanted=wanted, terms=terms, wish=LineWish())
    found = {one.key: str(one.stage or "") for one in listed if inside & set(one.areas)}
    if place.geometry is not None:
        shapes = placed_shapes(viewer, wanted=wanted, terms=terms, bounds=place.geometry.bounds)
        found |= {one.key: str(one.stage or "") for one in shapes if _lies_in(one.geometry, place.geometry)}
    return list(found.values())


def _names_inside(viewer: Viewer, place: SheetPlace) -> set[str]:
    """The names of the area and of those below it; of a drawn one the districts that lie in it whole."""
    if place.area_id is None:
        shapes = {one.pk: one for one in places.area_shapes(viewer) if one.is_ours}
        parts = (
            parts_of(place.geometry, {pk: one.geometry for pk, one in shapes.items()})
            if place.geometry
            else ()
        )
        return {shapes[one.key].name for one in parts if one.share >= NEARLY_WHOLE}
    rows = places.areas(viewer)
    ids = {place.area_id}
    while more := {row.pk for row in rows if row.parent_id in ids} - ids:
        ids |= more
    return {row.name for row in rows if row.pk in ids}


def _lies_in(geometry: BaseGeometry | None, area: BaseGeometry) -> bool:
    """Whether they share more than a border."""
    return geometry is not None and geometry.intersects(area) and not geometry.touches(area)
