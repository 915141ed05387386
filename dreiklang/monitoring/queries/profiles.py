"""A district with its indicators: beside the city, among its like, and the districts that are most like it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet

from dreiklang.core.arrays import array_of
from dreiklang.core.search import SortKey
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Break, DistrictTrait, Indicator
from dreiklang.monitoring.queries.regions import CityRegion, city_and_areas
from dreiklang.monitoring.queries.series import Lines, lines, with_inputs
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.monitoring.rules.comparison import Neighbour, similar
from dreiklang.monitoring.rules.district import Course, DistrictFigure, figure_of
from dreiklang.monitoring.rules.formulas import CannotParse, Wanted, parse, wanted
from dreiklang.monitoring.rules.profiles import is_additive, is_rate
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import Direction
from dreiklang.monitoring.rules.years import by_year, newest
from dreiklang.people.rules import Viewer
from dreiklang.places import queries as places
from dreiklang.places.queries import AreaRow

MOST_BESIDE = 4
_BREAK = {"on": "on", "region": "region_id"}


@dataclass(frozen=True)
class ProfileLine:
    """An indicator with what it says of the district."""

    indicator: Indicator
    figure: DistrictFigure

    @property
    def is_trait(self) -> bool:
        """Whether people chose it to tell which districts are alike."""
        return hasattr(self.indicator, "trait")


@dataclass(frozen=True)
class DistrictProfile:
    """A district of its level.

    peers     all districts of the level, itself among them
    similar   the districts most like it by the traits, nearest first; Unknown(`too_few_values`) where too little is known
    beside    those shown beside it: the chosen ones, else the similar ones
    missing   how many indicators have no value for it
    regions   area id → region id
    """

    area: AreaRow
    peers: tuple[AreaRow, ...]
    lines: tuple[ProfileLine, ...]
    traits: tuple[Indicator, ...]
    similar: tuple[Neighbour, ...] | Unknown
    beside: tuple[AreaRow, ...]
    missing: int
    years: tuple[int, ...]
    regions: Mapping[int, int] = field(default_factory=dict)

    @property
    def by_region(self) -> Mapping[int, AreaRow]:
        """The districts by their regions."""
        areas = {one.pk: one for one in self.peers}
        return {region: areas[area] for area, region in self.regions.items() if area in areas}


def district_profile(
    viewer: Viewer,
    *,
    level_key: str,
    slug: str,
    ags: str,
    since: int | None = None,
    beside: Collection[str] = (),
) -> DistrictProfile | None:
    """The profile of the area of a level with that key or name; None if there is none.

    ags     the official key of the city, for its values
    since   the year from which changes are told
    beside  slugs of districts to set beside it, at most four; without any the similar ones
    Five statements, one more for each depth of formulas.
    """
    peers = tuple(row for row in places.areas(viewer) if row.level_key == level_key)
    area = next((row for row in peers if slug == row.key), None) or next(
        (row for row in peers if slug == row.name), None
    )
    if area is None:
        return None
    indicators = list(profiled(viewer))
    city, regions = city_and_areas(ags=ags, area_ids=[row.pk for row in peers])
    own = regions.get(area.pk)
    found = _found(viewer, indicators, own, regions.values(), city)
    shown = _lines(indicators, found, own, regions, city.pk if city else None, since)
    traits = sorted((one for one in indicators if hasattr(one, "trait")), key=lambda one: one.trait.position)
    like = _similar(own, shown, traits, regions.values())
    return DistrictProfile(
        area=area,
        peers=peers,
        lines=shown,
        traits=tuple(traits),
        similar=like,
        beside=_beside(area, peers, regions, like, beside),
        missing=len(indicators) - len(shown),
        years=_years(found, own),
        regions=regions,
    )


def profiled(viewer: Viewer) -> QuerySet[Indicator]:
    """The indicators of profiles: those with values or a formula, headline ones first; `broken` annotated."""
    breaks = Break.objects.filter(indicator=OuterRef("pk")).order_by("on", "pk")
    found = visible_indicators(viewer).exclude(quantity=None, formula="").defer("search")
    named = found.select_related("breakdown", "provider", "department", "trait")
    return named.annotate(broken=array_of(breaks, fields=_BREAK)).order_by(
        "-is_headline", SortKey("name"), "pk"
    )


def chosen_traits() -> tuple[int, ...]:
    """The ids of the indicators by which districts are compared, in their order."""
    return tuple(DistrictTrait.objects.order_by("position").values_list("indicator_id", flat=True))


def comparable_indicators(viewer: Viewer) -> list[Indicator]:
    """The indicators that can tell which districts are alike: rates and shares, no counts; by name."""
    found = visible_indicators(viewer).exclude(quantity=None, formula="").order_by(SortKey("name"), "pk")
    units = shipped_units().by_code
    return [one for one in found.defer("search") if one.unit in units and not is_additive(units[one.unit])]


def course_of(indicator: Any, *, regions: Collection[int] = ()) -> Course:
    """How its values are meant in these regions; the indicator as `profiled` gives it.

    Breaks are those of all regions and of any of these; without one only those of all.
    """
    unit = shipped_units().by_code.get(indicator.unit)
    return Course(
        direction=Direction(indicator.direction),
        is_share=unit is not None and unit.is_share,
        has_zero=unit is None or unit.has_zero,
        breaks=tuple(
            dict.fromkeys(
                date.fromisoformat(one["on"])
                for one in indicator.broken
                if one["region"] is None or one["region"] in regions
            )
        ),
        steady_below=indicator.steady_below,
        is_rate=unit is not None and is_rate(unit),
        is_count=is_additive(unit),
    )


def _found(
    viewer: Viewer,
    indicators: Sequence[Indicator],
    own: int | None,
    regions: Collection[int],
    city: CityRegion | None,
) -> Lines:
    """The whole lines of the district and the city; of the others only what lies beside the newest values."""
    if own is None:
        return {}
    known = with_inputs(indicators)
    near = [own, city.pk] if city else [own]
    found = dict(lines(viewer, indicators=indicators, region_ids=near, city=city, known=known))
    last = [point.ends_on for one in indicators if (point := newest(found.get((one.pk, own), ())))]
    if last:
        since = min(last) - timedelta(days=366 * _years_back(known.values()))
        others = [region for region in regions if region != own]
        found |= lines(viewer, indicators=indicators, region_ids=others, since=since, city=city, known=known)
    return found


def _years_back(indicators: Iterable[Indicator]) -> int:
    """How many years before a value the formulas look for others."""
    return max((wish.years_back for one in indicators for wish in _wanted(one)), default=0)


def _wanted(indicator: Indicator) -> tuple[Wanted, ...]:
    try:
        return wanted(parse(indicator.formula)) if indicator.formula else ()
    except CannotParse:
        return ()


def _lines(
    indicators: Sequence[Indicator],
    found: Lines,
    own: int | None,
    regions: Mapping[int, int],
    city: int | None,
    since: int | None,
) -> tuple[ProfileLine, ...]:
    if own is None:
        return ()
    shown = []
    for one in indicators:
        of_all = {region: found.get((one.pk, region), ()) for region in regions.values()}
        whole = found.get((one.pk, city), ()) if city is not None else ()
        figure = figure_of(own, of_all, city=whole, course=course_of(one, regions=[own]), since_year=since)
        if figure is not None:
            shown.append(ProfileLine(one, figure))
    return tuple(shown)


def _similar(
    own: int | None,
    shown: Sequence[ProfileLine],
    traits: Sequence[Indicator],
    regions: Collection[int],
) -> tuple[Neighbour, ...] | Unknown:
    by_indicator = {line.indicator.pk: line.figure.on_day for line in shown}
    if own is None or not traits:
        return Unknown("too_few_values")
    nothing = Unknown("not_delivered")
    features = {
        region: [by_indicator.get(one.pk, {}).get(region, nothing) for one in traits] for region in regions
    }
    return similar(own, features, names=[one.name for one in traits], most=MOST_BESIDE)


def _beside(
    area: AreaRow,
    peers: Sequence[AreaRow],
    regions: Mapping[int, int],
    like: tuple[Neighbour, ...] | Unknown,
    asked: Collection[str],
) -> tuple[AreaRow, ...]:
    chosen = tuple(row for row in peers if row.slug in asked and row != area)[:MOST_BESIDE]
    if chosen or isinstance(like, Unknown):
        return chosen
    by_region = {regions[row.pk]: row for row in peers if row.pk in regions}
    return tuple(by_region[one.region] for one in like)


def _years(found: Lines, own: int | None) -> tuple[int, ...]:
    """The years in which anything was measured there."""
    return tuple(
        sorted({year for (_pk, region), line in found.items() if region == own for year in by_year(line)})
    )
