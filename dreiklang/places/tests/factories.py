"""Plain records for tests: every argument has a default that says nothing special."""

from itertools import count
from typing import Any

from django.utils import timezone
from shapely.geometry import box

from dreiklang.places.models import Area, MapService, Municipality, SpatialLevel
from dreiklang.places.rules import MapKind, MapRole

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


def map_service(**fields: Any) -> MapService:
    """A base map of another that gave a picture when it was last looked at."""
    number = next(_number)
    fields.setdefault("kind", MapKind.WMS)
    fields.setdefault("role", MapRole.BASE)
    fields.setdefault("title", f"Grundkarte {number}")
    fields.setdefault("address", f"https://karten{number}.example/wms")
    fields.setdefault("url", fields["address"])
    fields.setdefault("layers", ["stadtplan"])
    fields.setdefault("crs", "EPSG:25833")
    fields.setdefault("systems", [fields["crs"]])
    fields.setdefault("image_format", "image/png")
    fields.setdefault("facts", {"version": "1.3.0"})
    fields.setdefault("attribution", "Vermessungsamt Musterstadt")
    fields.setdefault("checked_at", timezone.now())
    return MapService.objects.create(**fields)
