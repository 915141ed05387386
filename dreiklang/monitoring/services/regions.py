"""The city and its areas become regions as soon as values are about them."""

from collections.abc import Collection

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.places.models import Area
from dreiklang.places.queries import municipality


def region_for_area(area: Area) -> Region:
    """The region of an area of this city, made where there is none."""
    found = Region.objects.filter(area=area).first()
    if found:
        return found
    key = f"A:{area.level.key}:{area.key or area.name}"[:80]
    return Region.objects.create(level=RegionLevel.AREA, key=key, name=area.name, area=area)


def regions_for_areas(area_ids: Collection[int]) -> dict[int, int]:
    """The regions of these areas by their ids, made where there is none."""
    areas = Area.objects.select_related("level").filter(pk__in=area_ids)
    return {area.pk: region_for_area(area).pk for area in areas}


def region_for_city() -> Region | None:
    """The region of the whole city, made where there is none; None without its official key."""
    city = municipality()
    if not city.ags:
        return None
    region, _is_new = Region.objects.get_or_create(
        level=RegionLevel.MUNICIPALITY, key=city.ags, defaults={"name": city.name}
    )
    return region
