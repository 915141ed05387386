"""From a geometry as a file has it to one that is stored: WGS 84, flat and valid. No database."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from shapely.geometry.base import BaseGeometry

WGS84 = 4326
# Longitude and latitude around Germany with a margin.
WEST, SOUTH, EAST, NORTH = 5.5, 47.0, 15.6, 55.2
# A repair that changes the area by more than this is no repair.
CHANGED_AT_MOST = 0.02
# What a border can be, and what a place can be: several of different kinds are neither.
AREAS = (Polygon, MultiPolygon)
PLACES = (*AREAS, Point, MultiPoint, LineString, MultiLineString)
_DIGITS = 8
_GEOD = Geod(ellps="GRS80")


@dataclass(frozen=True)
class Shape:
    """A geometry ready for the store with what was done to it (codes), or the code why it cannot be one."""

    geometry: BaseGeometry | None
    notes: tuple[str, ...] = ()
    refusal: str = ""


def shape_of(
    geojson: str, *, srid: int, swap: bool = False, kinds: tuple[type[BaseGeometry], ...] = AREAS
) -> Shape:
    """What a GeoJSON geometry describes, in EPSG:4326 (longitude, latitude); one of `kinds`.

    notes: height_dropped, ring_repaired. refusal: empty_geometry, broken_geometry, not_an_area (none of
    `kinds`), cannot_repair, coordinates_swapped, outside_germany.
    """
    try:
        found = shapely.from_geojson(geojson) if geojson else None
    except shapely.errors.GEOSException:
        return Shape(None, refusal="broken_geometry")
    if found is None or found.is_empty:
        return Shape(None, refusal="empty_geometry")
    notes = ["height_dropped"] if found.has_z else []
    flat = _in_wgs84(shapely.force_2d(found), srid=srid, swap=swap)
    if not numpy.isfinite(shapely.get_coordinates(flat)).all():
        return Shape(None, refusal="broken_geometry")
    if not isinstance(flat, kinds):
        return Shape(None, refusal="not_an_area")
    if not _is_in_germany(flat):
        turned = _is_in_germany(_turned(flat))
        return Shape(None, refusal="coordinates_swapped" if turned else "outside_germany")
    repaired = flat if flat.is_valid else _repaired(flat)
    if repaired is None:
        return Shape(None, tuple(notes), "cannot_repair")
    return Shape(repaired, tuple(notes) if repaired is flat else (*notes, "ring_repaired"))


def area_km2(geometry: BaseGeometry) -> float:
    """The area on the ellipsoid in square kilometres."""
    return abs(float(_GEOD.geometry_area_perimeter(geometry)[0])) / 1_000_000


def _in_wgs84(geometry: BaseGeometry, *, srid: int, swap: bool) -> BaseGeometry:
    if swap:
        geometry = _turned(geometry)
    if srid == WGS84:
        return geometry
    move = _transformer(srid).transform
    return shapely.transform(geometry, _rounded(move))


def _rounded(move: Callable[..., Any]) -> Callable[[Any], Any]:
    """Eight places of a degree are a millimetre: enough, and the same on every machine."""
    return lambda points: numpy.round(numpy.column_stack(move(points[:, 0], points[:, 1])), _DIGITS)


@cache
def _transformer(srid: int) -> Transformer:
    return Transformer.from_crs(srid, WGS84, always_xy=True)


def _turned(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: points[:, ::-1])


def _is_in_germany(geometry: BaseGeometry) -> bool:
    west, south, east, north = geometry.bounds
    return bool(west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH)


def _repaired(geometry: BaseGeometry) -> Polygon | MultiPolygon | None:
    """The polygons of the valid geometry, unless too much of the area changed."""
    valid = shapely.make_valid(geometry)
    if isinstance(valid, GeometryCollection):
        polygons = [one for one in shapely.get_parts(valid) if isinstance(one, Polygon | MultiPolygon)]
        valid = shapely.union_all(polygons)
    if not isinstance(valid, Polygon | MultiPolygon) or valid.is_empty:
        return None
    outline = _outline_area(geometry)
    return valid if outline and abs(valid.area - outline) / outline <= CHANGED_AT_MOST else None


def _outline_area(geometry: BaseGeometry) -> float:
    """The area inside the outer rings, whatever way they run; holes taken off."""
    areas = (
        Polygon(one.exterior).buffer(0).area - sum(Polygon(hole).buffer(0).area for hole in one.interiors)
        for one in shapely.get_parts(geometry)
        if isinstance(one, Polygon)
    )
    return float(sum(areas))
