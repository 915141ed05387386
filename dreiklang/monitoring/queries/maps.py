"""What a map of an indicator shows: its values in all areas of a level, year by year, with their borders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from shapely.geometry.base import BaseGeometry

from dreiklang.core.search import SortKey
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.profiles import course_of, profiled
from dreiklang.monitoring.queries.regions import CityRegion, city_and_areas
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.queries.visibility import SHOWN, visible_indicators, visible_observations
from dreiklang.monitoring.rules.formulas import CannotParse, inputs, parse
from dreiklang.monitoring.rules.values import Point
from dreiklang.monitoring.rules.years import by_year
from dreiklang.people.rules import Viewer
from dreiklang.places import queries as places

Years = Mapping[int, Point]


@dataclass(frozen=True)
class MapLevel:
    """A spatial level with areas of ours."""

    pk: int
    key: str
    name: str
    plural: str


@dataclass(frozen=True)
class MapArea:
    """One of our areas with what is known of it by year; its geometry (EPSG:4326) may be missing."""

    pk: int
    key: str
    name: str
    level_key: str
    part_of: str
    geometry: BaseGeometry | None
    years: Years

    @property
    def slug(self) -> str:
        """What stands for it in addresses."""
        return self.key or self.name


@dataclass(frozen=True)
class IndicatorMap:
    """An indicator on the map: every area of ours of a level, also those without any value, by name.

    levels        the larger areas first; `level` is the one shown, None before the city has areas
    city          the whole city by year
    breaks        days from which values of all areas cannot be compared with earlier ones
    broken        the same days with those that hold for one area alone, by area; 0 stands for the city
    attributions  where the borders come from, each source once
    """

    indicator: Indicator
    levels: tuple[MapLevel, ...]
    level: MapLevel | None
    areas: tuple[MapArea, ...]
    city: Years
    breaks: tuple[date, ...]
    broken: Mapping[int, tuple[date, ...]]
    attributions: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years with a value, or a sign, in any area."""
        return tuple(sorted({year for one in self.areas for year in one.years}))


def indicator_map(viewer: Viewer, *, key: str, ags: str, level_key: str = "") -> IndicatorMap | None:
    """The map of an indicator at a level, by default the one it is kept for, else the finest with areas.

    None for an indicator that the viewer may not know of; `ags` is the city's official key, for its values. Five
    statements, one more for each depth of formulas.
    """
    indicator = profiled(viewer).filter(key=key).first()
    if indicator is None:
        return None
    rows = places.areas(viewer)
    levels = _levels(rows)
    level = _level(levels, level_key, indicator.level_id)
    shown = [row for row in rows if level and row.level_id == level.pk]
    shapes = {one.pk: one for one in places.area_shapes(viewer, level_id=level.pk)} if level else {}
    city, regions = city_and_areas(ags=ags, area_ids=[row.pk for row in shown])
    years = _years(viewer, indicator, city, regions)
    names = {row.pk: row.name for row in rows}
    return IndicatorMap(
        indicator=indicator,
        levels=levels,
        level=level,
        areas=tuple(
            MapArea(
                pk=row.pk,
                key=row.key,
                name=row.name,
                level_key=row.level_key,
                part_of=names.get(row.parent_id or 0, ""),
                geometry=shapes[row.pk].geometry if row.pk in shapes else None,
                years=years.get(row.pk, {}),
            )
            for row in shown
        ),
        city=years[0],
        breaks=course_of(indicator).breaks,
        broken={
            0: course_of(indicator, regions=city.ids if city else ()).breaks,
            **{pk: course_of(indicator, regions=[region]).breaks for pk, region in regions.items()},
        },
        attributions=tuple(sorted({one.attribution for one in shapes.values() if one.attribution})),
    )


def mapped_indicators(viewer: Viewer) -> Sequence[Indicator]:
    """The indicators the viewer may see on a map, in order of their names: those with values in areas of ours, and those
    reckoned from nothing else. Two statements.
    """
    in_areas = visible_observations(viewer).filter(
        quantity=OuterRef("quantity"), region__area__isnull=False, state__in=SHOWN
    )
    every = Indicator.objects.annotate(in_areas=Exists(in_areas)).values_list("key", "formula", "in_areas")
    mapped, needs = set(), {}
    for key, formula, is_there in every:
        if formula:
            needs[key] = _inputs(formula)
        elif is_there:
            mapped.add(key)
    while more := {key for key, asked in needs.items() if asked and asked <= mapped} - mapped:
        mapped |= more
    found = visible_indicators(viewer).filter(key__in=mapped)
    return list(found.order_by(SortKey("name"), "pk").defer("search"))


def _inputs(formula: str) -> set[str]:
    try:
        return {one.key for one in inputs(parse(formula))}
    except CannotParse:
        return set()


def _years(
    viewer: Viewer, indicator: Indicator, city: CityRegion | None, regions: Mapping[int, int]
) -> Mapping[int, Years]:
    """The values by area and year; those of the city under 0."""
    asked = [*regions.values(), city.pk] if city else list(regions.values())
    found = lines(viewer, indicators=[indicator], region_ids=asked, city=city)
    years = {area: by_year(found.get((indicator.pk, region), ())) for area, region in regions.items()}
    return {0: by_year(found.get((indicator.pk, city.pk), ())) if city else {}, **years}


def _levels(rows: Sequence[places.AreaRow]) -> tuple[MapLevel, ...]:
    """The levels of these areas, in their order."""
    found = {row.level_id: MapLevel(row.level_id, row.level_key, row.level, row.level_plural) for row in rows}
    return tuple(found.values())


def _level(levels: Sequence[MapLevel], asked: str, kept_for: int | None) -> MapLevel | None:
    for one in levels:
        if one.key == asked:
            return one
    kept = next((one for one in levels if one.pk == kept_for), None)
    return kept or (levels[-1] if levels else None)
