"""The city and its areas become regions as soon as values are about them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import areas, municipality

if TYPE_CHECKING:
    from dreiklang.places.models import Area

# What the key of a region begins with that is an area of this city, before the keys of its level and its own.
AREA_SIGN = "A"
LONGEST_KEY = 80


def region_for_area(area: Area) -> Region:
    """The region of an area of this city, made where there is none."""
    found = Region.objects.filter(area=area).first()
    return found or _made(area.pk, level=area.level.key, key=area.key, name=area.name)


def regions_for_areas(area_ids: Collection[int]) -> dict[int, int]:
    """The regions of these areas by their ids, made where there is none."""
    known = Region.objects.filter(area__in=area_ids).values_list("area_id", "pk")
    found = {area: region for area, region in known if area is not None}
    for one in areas(SYSTEM, ids=set(area_ids) - found.keys()):
        found[one.pk] = _made(one.pk, level=one.level_key, key=one.key, name=one.name).pk
    return found


def _made(area_id: int, *, level: str, key: str, name: str) -> Region:
    """One that was left without an area is this one's; else a new one."""
    named = f"{AREA_SIGN}:{level}:{key or name}"[:LONGEST_KEY]
    same_key = Region.objects.filter(level=RegionLevel.AREA, key=named)
    if same_key.filter(area=None).update(area_id=area_id):
        return same_key.get()
    if same_key.exists():
        # It is another area's, which had this key before or begins with the same words; that one's values stay its own.
        sign = f"#{area_id}"
        named = named[: LONGEST_KEY - len(sign)] + sign
    facts = {"level": RegionLevel.AREA, "key": named, "name": name}
    return Region.objects.get_or_create(area_id=area_id, defaults=facts)[0]


def region_for_city() -> Region | None:
    """The region of the whole city, made where there is none; None without its official key."""
    city = municipality()
    if not city.ags:
        return None
    region, _is_new = Region.objects.get_or_create(
        level=RegionLevel.MUNICIPALITY, key=city.ags, defaults={"name": city.name}
    )
    return region
