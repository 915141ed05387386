"""From a geometry as a file has it to one that is stored: WGS 84, flat and valid. No database."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy
import shapely
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError
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

from dreiklang.core.written_geometry import written

WGS84 = 4326
# Longitude and latitude around Germany with a margin.
WEST, SOUTH, EAST, NORTH = 5.5, 47.0, 15.6, 55.2
# A repair that changes the area by more than this is no repair.
CHANGED_AT_MOST = 0.02
# What a border can be, and what a place can be: several of different kinds are neither.
AREAS = (Polygon, MultiPolygon)
PLACES = (*AREAS, Point, MultiPoint, LineString, MultiLineString)
# More points than this are thinned out: half a metre, two and five metres in degrees. A district has some thousand.
MOST_POINTS = 50_000
THINNED = (5e-6, 2e-5, 5e-5)
# What German surveys use or used: tried where coordinates do not fit what is said of them.
USUAL = (WGS84, 25832, 25833, 31467, 31468, 31469, 31466, 4647, 5650, 3857)
_DIGITS = 8
_GEOD = Geod(ellps="GRS80")


@dataclass(frozen=True)
class Shape:
    """A geometry ready for the store with what was done to it (codes), or the code why it cannot be one.

    `detail` says more to a refusal: the kind of geometry that is not read, or the systems that would fit.
    """

    geometry: BaseGeometry | None
    notes: tuple[str, ...] = ()
    refusal: str = ""
    detail: str = ""


def shape_of(
    text: str,
    *,
    srid: int,
    swap: bool = False,
    may_turn: bool = False,
    overrules: bool = False,
    is_said: bool = False,
    kinds: tuple[type[BaseGeometry], ...] = AREAS,
) -> Shape:
    """What a written geometry (GeoJSON, WKT, WKB) describes, in EPSG:4326 (longitude, latitude); one of `kinds`.

    `srid` counts where the text names none, or always if it `overrules`; `is_said`: the file names it. `may_turn`: the order of the axes is not
    certain (GML), so the other one is taken where only that lies in Germany.
    notes: height_dropped, axes_turned, collection_opened, thinned_out, ring_repaired. refusal: empty_geometry,
    broken_geometry, unsupported_type, unknown_crs, not_an_area (none of `kinds`), coordinates_swapped,
    metres_as_degrees, metres_called_degrees (they are named so), other_crs, outside_germany, too_many_points, cannot_repair.
    """
    found = written(text)
    if found.geometry is None:
        return Shape(None, refusal=found.refusal, detail=found.detail)
    srid = srid if overrules else found.srid or srid
    if not is_known(srid):
        return Shape(None, refusal="unknown_crs", detail=f"EPSG:{srid}")
    given = shapely.force_2d(found.geometry)
    if not numpy.isfinite(shapely.get_coordinates(given)).all():
        return Shape(None, refusal="broken_geometry")
    notes = ["height_dropped"] if found.geometry.has_z else []
    opened = _opened(given, kinds)
    if opened is None:
        return Shape(None, refusal="not_an_area", detail=given.geom_type)
    if opened is not given:
        notes.append("collection_opened")
    is_said = is_said or overrules or bool(found.srid)
    placed = _placed(opened, srid=srid, is_said=is_said, swap=swap, may_turn=may_turn)
    if placed.geometry is None:
        return placed
    return _made_valid(placed.geometry, [*notes, *placed.notes])


@cache
def is_known(srid: int) -> bool:
    """Whether there is a system of coordinates under this EPSG code."""
    try:
        CRS.from_epsg(srid)
    except CRSError:
        return False
    return True


def area_km2(geometry: BaseGeometry) -> float:
    """The area on the ellipsoid in square kilometres."""
    return abs(float(_GEOD.geometry_area_perimeter(geometry)[0])) / 1_000_000


def _opened(given: BaseGeometry, kinds: tuple[type[BaseGeometry], ...]) -> BaseGeometry | None:
    """One of the kinds, also out of a collection that holds nothing but areas; else None."""
    if isinstance(given, kinds):
        return given
    parts = list(shapely.get_parts(given)) if isinstance(given, GeometryCollection) else []
    if not parts or not all(isinstance(one, Polygon | MultiPolygon) for one in parts):
        return None
    return MultiPolygon([flat for one in parts for flat in shapely.get_parts(one)])


def _placed(given: BaseGeometry, *, srid: int, is_said: bool, swap: bool, may_turn: bool) -> Shape:
    """In degrees inside Germany, or why not."""
    flat = _in_wgs84(given, srid=srid, swap=swap)
    if _is_in_germany(flat):
        return Shape(flat)
    other = _in_wgs84(given, srid=srid, swap=not swap)
    if _is_in_germany(other):
        return Shape(other, ("axes_turned",)) if may_turn else Shape(None, refusal="coordinates_swapped")
    fitting = _fitting(_turned(given) if swap else given, without=srid)
    if not fitting:
        return Shape(None, refusal="outside_germany")
    return Shape(None, refusal=_unit(given, srid, is_said) or "other_crs", detail=fitting)


def _unit(given: BaseGeometry, srid: int, is_said: bool) -> str:
    """Metres that pretend to be degrees: since nobody says what they are, or since they are called so."""
    if srid != WGS84 or max(map(abs, given.bounds)) <= 180:
        return ""
    return "metres_called_degrees" if is_said else "metres_as_degrees"


def _fitting(given: BaseGeometry, *, without: int) -> str:
    """The systems in which the coordinates lie in Germany, in words; the first two."""
    point = shapely.box(*given.bounds)
    found = [
        f"EPSG:{one}"
        for one in USUAL
        if one != without and _is_in_germany(_in_wgs84(point, srid=one, swap=False))
    ]
    return ", ".join(found[:2])


def _made_valid(flat: BaseGeometry, notes: list[str]) -> Shape:
    slim = _thinned(flat)
    if slim is None:
        return Shape(None, tuple(notes), "too_many_points", str(shapely.get_num_coordinates(flat)))
    if slim is not flat:
        notes.append("thinned_out")
    if slim.is_valid:
        return Shape(slim, tuple(notes))
    repaired = _repaired(slim)
    if repaired is None:
        return Shape(None, tuple(notes), "cannot_repair")
    return Shape(repaired, (*notes, "ring_repaired"))


def _thinned(flat: BaseGeometry) -> BaseGeometry | None:
    """With no more points than the most; None where even five metres apart leave too many."""
    for apart in (0.0, *THINNED):
        slim = _with_points_apart(flat, apart) if apart else flat
        if shapely.get_num_coordinates(slim) <= MOST_POINTS:
            return slim
    return None


def _with_points_apart(flat: BaseGeometry, apart: float) -> BaseGeometry:
    """Without points that lie in the same square as the one before them. Points that stay do not move.

    Shapely's own simplification takes half a minute and a gigabyte where a large outline crosses itself.
    """
    if isinstance(flat, Polygon):
        rings = [_ring_apart(one, apart) for one in (flat.exterior, *flat.interiors)]
        return Polygon(rings[0], [one for one in rings[1:] if len(one) >= 4])
    if isinstance(flat, LineString):
        return LineString(_ring_apart(flat, apart))
    if isinstance(flat, MultiPolygon | MultiLineString):
        return type(flat)([_with_points_apart(one, apart) for one in flat.geoms])
    return flat


def _ring_apart(line: BaseGeometry, apart: float) -> Any:
    points = shapely.get_coordinates(line)
    squares = numpy.floor(points / apart)
    stays = (squares[1:] != squares[:-1]).any(axis=1)
    # The first and the last stay, so that a ring stays closed.
    kept = numpy.concatenate([[True], stays])
    kept[-1] = True
    return points[kept] if kept.sum() >= 4 else points[:: max(1, (len(points) - 1) // 3)]


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
