"""The place of a candidate as a small map: the parties, what they share, and the districts around."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.core import text
from dreiklang.places.queries import AreaShape
from dreiklang.places.rules import MapShape, SmallMap, small_map

# Around what is shown, so that one recognises the streets: a part of its size, at least some 150 m.
AROUND_SHARE = 0.6
AROUND_DEGREES = 0.0015
WIDTH = 420
# The picture is at most this much taller than wide; what lies far apart from north to south gets more on both sides.
MOST_UPRIGHT = 1.4


@dataclass(frozen=True)
class Ground:
    """One party's ground: its letter on the map, its name, its geometry (EPSG:4326)."""

    letter: str
    label: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class PlacePicture:
    """The drawn map with its legend; `scale` in words."""

    map: SmallMap
    grounds: tuple[Ground, ...]
    has_shared: bool
    scale: str


def place_picture(
    grounds: Sequence[Ground], *, shared: BaseGeometry | None, districts: Sequence[AreaShape]
) -> PlacePicture | None:
    """The map of what the parties share, or of the parties; None where none has a geometry."""
    there = [one for one in grounds if one.geometry is not None and not one.geometry.is_empty]
    has_shared = shared is not None and not shared.is_empty
    meant = [shared] if has_shared else [one.geometry for one in there]
    if not meant:
        return None
    frame = _frame([one.bounds for one in meant if one is not None])
    drawn = small_map(_shapes(there, shared if has_shared else None, districts, frame), width=WIDTH)
    if drawn is None:
        return None
    metres = drawn.scale_metres
    scale = f"{text.number(metres // 1000)} km" if metres >= 1000 else f"{metres} m"
    return PlacePicture(drawn, tuple(there), has_shared, scale)


Box = tuple[float, float, float, float]


def _frame(bounds: Sequence[Box]) -> Box:
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    margin = max(AROUND_SHARE * max(east - west, north - south), AROUND_DEGREES)
    # A degree of latitude is longer than one of longitude: the picture shall not stand upright.
    shorter = cos(radians((south + north) / 2))
    upright = margin * shorter
    wide = east - west + 2 * margin
    sides = max(wide, (north - south + 2 * upright) / MOST_UPRIGHT / shorter) - wide
    return west - margin - sides / 2, south - upright, east + margin + sides / 2, north + upright


def _shapes(
    grounds: Sequence[Ground], shared: BaseGeometry | None, districts: Sequence[AreaShape], frame: Box
) -> list[MapShape]:
    """What lies in the frame, from the bottom to the top: districts, parties, what they share."""
    # Only borders: a district cut off at the frame would draw the frame.
    around = [MapShape("district", one.name, _cut(one.geometry.boundary, frame)) for one in districts]
    parties = [
        MapShape(f"party-{one.letter.lower()}", one.label, _cut(one.geometry, frame), is_marked=True)
        for one in grounds
    ]
    top = [] if shared is None else [MapShape("shared", "", shared, is_marked=True)]
    return [one for one in (*around, *parties, *top) if not one.geometry.is_empty]


def _cut(geometry: BaseGeometry, frame: Box) -> BaseGeometry:
    return shapely.clip_by_rect(geometry, *frame)
