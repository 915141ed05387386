"""Areas between list and database: what is stored, what is made and what changes."""

from collections.abc import Mapping
from typing import Any

import shapely
from django.utils import timezone

from dreiklang.core.geometry import cube_text
from dreiklang.core.imports.contract import Candidate
from dreiklang.places.models import Area, SpatialLevel

DEFAULT_LEVEL = ("stadtteile", "Stadtteil", "Stadtteile")
DEFAULT_RANK = 2
# Kept with the row: what a level that this list makes is called.
LEVEL_NAME, LEVEL_PLURAL, LEVEL_RANK = "level_name", "level_plural", "level_rank"


def stored_values(area: Area) -> dict[str, Any]:
    """The area as the list would say it."""
    return {
        "key": area.key,
        "name": area.name,
        "geometry": shapely.to_wkb(area.geometry, hex=True) if area.geometry else None,
        "is_ours": area.is_ours,
        "attribution": area.attribution,
        "note": area.note,
    }


def level_of_list(key: str, words: Mapping[str, Any]) -> SpatialLevel:
    """The level, made by what the list says of it if it is not there yet."""
    is_usual = key == DEFAULT_LEVEL[0]
    name = words.get(LEVEL_NAME) or (DEFAULT_LEVEL[1] if is_usual else key)
    plural = words.get(LEVEL_PLURAL) or (DEFAULT_LEVEL[2] if is_usual else name)
    rank = str(words.get(LEVEL_RANK) or "")
    level, _ = SpatialLevel.objects.get_or_create(
        key=key,
        defaults={"name": name, "plural": plural, "rank": int(rank) if rank.isdigit() else DEFAULT_RANK},
    )
    return level


def new_area(candidate: Candidate, level: SpatialLevel) -> Area:
    """An area as the list says it, not yet written."""
    values = candidate.values
    return Area(
        level=level,
        key=values.get("key") or "",
        name=values["name"],
        geometry=_geometry(values.get("geometry")),
        is_ours=values.get("is_ours", True) is not False,
        attribution=values.get("attribution", ""),
        note=values.get("note", ""),
    )


def apply(area: Area, given: Mapping[str, Any]) -> None:
    """Set what the list changed."""
    for name in ("key", "name", "is_ours", "attribution", "note"):
        if name in given:
            setattr(area, name, given[name])
    if "geometry" in given:
        area.geometry = _geometry(given["geometry"])
    area.bounds = cube_text(area.geometry.bounds) if area.geometry else None
    area.version += 1
    area.changed_at = timezone.now()


def _geometry(value: str | None) -> Any:
    return shapely.from_wkb(value) if value else None
