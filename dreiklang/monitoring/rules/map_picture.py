"""The outlines of a map that shows values: as simple as its size allows, borders still shared by both sides."""

import math
from collections.abc import Sequence
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.places.rules import MapShape, SmallMap, small_map

WIDTH = 640.0
# Corners whose triangle is smaller than this square on the picture are left out.
_CORNER = 1.2
# Outlines hardly ever change, and simplifying them takes longer than all the rest of the page.
_KEPT = 16


def outlines(shapes: Sequence[MapShape], *, width: float = WIDTH) -> SmallMap | None:
    """The shapes (EPSG:4326) as a drawn map, north up, with its scale; None when nothing can be drawn.

    Neighbours are simplified together, so that no gap opens between them.
    """
    drawable = [one for one in shapes if one.geometry is not None and not one.geometry.is_empty]
    if not drawable:
        return None
    geometries = [one.geometry for one in drawable]
    west, south, east, north = shapely.total_bounds(geometries)
    # A degree of longitude is shorter than one of latitude: the finer of both decides.
    wide = (east - west) * math.cos(math.radians((south + north) / 2))
    step = max(wide, north - south) / width * _CORNER
    simple = _simplified(tuple(shapely.to_wkb(one) for one in geometries), step)
    return small_map(
        [
            MapShape(one.key, one.label, found if not found.is_empty else one.geometry, one.href)
            for one, found in zip(drawable, simple, strict=True)
        ],
        width=width,
    )


@lru_cache(maxsize=_KEPT)
def _simplified(shapes: tuple[bytes, ...], step: float) -> tuple[BaseGeometry, ...]:
    """Outlines (WKB) that share their borders, each simpler and still sharing them."""
    return tuple(shapely.coverage_simplify(shapely.from_wkb(list(shapes)), step))
