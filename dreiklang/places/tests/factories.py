"""Plain records for tests: every argument has a default that says nothing special."""

from itertools import count
from typing import Any

from shapely.geometry import box

from dreiklang.places.models import Area, Municipality, SpatialLevel

_number = count(1)


def municipality(**fields: Any) -> Municipality:
    """The one municipality, made once."""
    there = Municipality.objects.first()
    if there is None:
        fields.setdefault("name", "Musterstadt")
        return Municipality.objects.create(**fields)
    return there


def level(*, key: str = "stadtteil", **fields: Any) -> SpatialLevel:
    """A spatial level, made once per key."""
    fields.setdefault("name", "Stadtteil")
    fields.setdefault("plural", "Stadtteile")
    made, _new = SpatialLevel.objects.get_or_create(key=key, defaults=fields)
    return made


def area(**fields: Any) -> Area:
    """An area with a square of about 700 m for its border."""
    place = next(_number)
    fields.setdefault("level", level())
    fields.setdefault("key", f"{place:02}")
    fields.setdefault("name", f"Stadtteil {place}")
    west = 13.0 + 0.01 * (place % 50)
    fields.setdefault("geometry", box(west, 51.0, west + 0.01, 51.007))
    return Area.objects.create(**fields)
