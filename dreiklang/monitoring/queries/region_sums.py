"""Which regions of this city add up to which: what anybody can reckon with who reads values of all of them."""

from collections import defaultdict
from dataclasses import dataclass

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.queries.regions import city_region
from dreiklang.monitoring.rules.small_counts import RegionSum
from dreiklang.monitoring.rules.values import RegionLevel


@dataclass(frozen=True, slots=True)
class OurRegions:
    """The regions of this city with the sums they are bound by; of others the official offices answer."""

    ids: frozenset[int]
    sums: tuple[RegionSum, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    region: int
    level: str
    area: int | None
    parent: int | None
    is_city: bool


def our_regions() -> OurRegions:
    """The city, its areas and drawn ones. Three statements.

    The city is the sum of each of its levels (an area of the level 0 is the city itself), an area the sum of those
    that name it as parent, level by level. A level that does not cover the city is taken to cover it: the rest then
    counts as known to everybody, which hides more and never less. Drawn areas are bound by nothing.
    """
    parts = _parts()
    city = city_region()
    wholes = [*(city.ids if city else ()), *(one.region for one in parts if one.is_city)]
    drawn = Region.objects.filter(level=RegionLevel.CUSTOM).values_list("pk", flat=True)
    return OurRegions(
        frozenset({*wholes, *(one.region for one in parts), *drawn}),
        (*_same(wholes), *_levels(wholes[:1], parts), *_children(parts)),
    )


def _parts() -> list[_Part]:
    rows = Region.objects.filter(level=RegionLevel.AREA).order_by("pk")
    return [
        # An area that nobody has drawn yet names its level in its key: "A:stadtteil:12".
        _Part(pk, level or key.split(":")[1 if ":" in key else 0], area, parent, rank == 0)
        for pk, key, area, level, rank, parent in rows.values_list(
            "pk", "key", "area_id", "area__level__key", "area__level__rank", "area__parent_id"
        )
    ]


def _same(wholes: list[int]) -> list[RegionSum]:
    """The city under its other keys."""
    return [RegionSum(other, (wholes[0],)) for other in wholes[1:]]


def _levels(city: list[int], parts: list[_Part]) -> list[RegionSum]:
    levels: dict[str, list[int]] = defaultdict(list)
    for one in parts:
        if not one.is_city:
            levels[one.level].append(one.region)
    return [RegionSum(whole, tuple(regions)) for whole in city for _level, regions in sorted(levels.items())]


def _children(parts: list[_Part]) -> list[RegionSum]:
    region_of = {one.area: one.region for one in parts if one.area is not None and not one.is_city}
    children: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in parts:
        if one.parent in region_of:
            children[region_of[one.parent], one.level].append(one.region)
    return [RegionSum(parent, tuple(regions)) for (parent, _level), regions in sorted(children.items())]
