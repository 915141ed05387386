"""The regions that are this city and its areas."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.rules.regions import former_keys
from dreiklang.monitoring.rules.shipped import key_changes
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.places.queries import municipality


class FormerRegion(NamedTuple):
    """The city under a key it had before; its values count until that day (exclusive)."""

    pk: int
    key: str
    until: date


@dataclass(frozen=True, slots=True)
class CityRegion:
    """The whole city among the regions of official statistics.

    ids     all rows that are this city: a city without a county stands as municipality and as county
    former  those of them that stand under a key from before a rename
    """

    pk: int
    name: str
    ids: tuple[int, ...]
    former: tuple[FormerRegion, ...] = ()


def city_region() -> CityRegion | None:
    """The city; None as long as its official key is not known or no value of it was delivered."""
    ags = municipality().ags
    return folded(Region.objects.filter(_ever(ags)), ags=ags) if ags else None


def city_and_areas(*, ags: str, area_ids: Collection[int]) -> tuple[CityRegion | None, dict[int, int]]:
    """Both at once, where the key of the city is known: one statement. As `city_region` and `regions_of_areas`."""
    rows = list(Region.objects.filter(_ever(ags) | Q(area_id__in=list(area_ids))))
    cities = [row for row in rows if row.area_id is None]
    return folded(cities, ags=ags), {row.area_id: row.pk for row in rows if row.area_id is not None}


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


def _ever(ags: str) -> Q:
    """The rows of our city, those of the keys it had before among them."""
    return reduce(or_, map(is_city, _former(ags)), is_city(ags))


@lru_cache(maxsize=8)
def _former(ags: str) -> Mapping[str, date]:
    return former_keys(ags, changes=key_changes()) if ags else {}


def folded(found: Iterable[Region], *, ags: str = "") -> CityRegion | None:
    """These rows as the one city they are; None without any. With `ags` its former keys are told from its own."""
    ended = _former(ags)
    until = {row: ended.get(row.key.ljust(8, "0")) for row in found}
    # The municipality first: it is the one that areas of the city belong to.
    rows = sorted(until, key=lambda row: (until[row] is not None, row.level != RegionLevel.MUNICIPALITY))
    former = tuple(FormerRegion(row.pk, row.key, day) for row in rows if (day := until[row]))
    return CityRegion(rows[0].pk, rows[0].name, tuple(row.pk for row in rows), former) if rows else None
