"""The regions that are this city and its areas."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.places.queries import municipality


@dataclass(frozen=True, slots=True)
class CityRegion:
    """The whole city among the regions of official statistics.

    ids  all rows that are this city: a city without a county stands as municipality and as county
    """

    pk: int
    name: str
    ids: tuple[int, ...]


def city_region() -> CityRegion | None:
    """The city; None as long as its official key is not known or no value of it was delivered."""
    ags = municipality().ags
    return folded(Region.objects.filter(is_city(ags))) if ags else None


def city_and_areas(*, ags: str, area_ids: Collection[int]) -> tuple[CityRegion | None, dict[int, int]]:
    """Both at once, where the key of the city is known: one statement. As `city_region` and `regions_of_areas`."""
    rows = list(Region.objects.filter(is_city(ags) | Q(area_id__in=list(area_ids))))
    cities = [row for row in rows if row.area_id is None]
    return folded(cities), {row.area_id: row.pk for row in rows if row.area_id is not None}


def regions_of_areas(area_ids: Collection[int] | None = None) -> dict[int, int]:
    """The regions of these areas, or of all that have one, by the id of the area."""
    rows = Region.objects.filter(area__isnull=False)
    if area_ids is not None:
        rows = rows.filter(area_id__in=list(area_ids))
    return {area: region for area, region in rows.values_list("area_id", "pk") if area is not None}


def is_city(ags: str) -> Q:
    """The rows of a city: by its municipality key and, without a county around it, by its county key."""
    if not ags:
        return Q(pk=None)
    keys = Q(level=RegionLevel.MUNICIPALITY, key=ags)
    return keys | Q(level=RegionLevel.COUNTY, key=ags[:5]) if ags.endswith("000") else keys


def folded(found: Iterable[Region]) -> CityRegion | None:
    """These rows as the one city they are; None without any."""
    # The municipality first: it is the one that areas of the city belong to.
    rows = sorted(found, key=lambda region: region.level != RegionLevel.MUNICIPALITY)
    return CityRegion(rows[0].pk, rows[0].name, tuple(row.pk for row in rows)) if rows else None
