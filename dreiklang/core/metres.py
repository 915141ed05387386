"""Geometries in metres, for areas, distances and overlaps: the store keeps degrees."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

# A point stands for a building or a stop, a line for a street or a pipe: half their usual width.
POINT_RADIUS_M = 20.0
LINE_HALF_WIDTH_M = 6.0
# UTM zones (ETRS89) of German surveys, west and east of 12°; the western one also where nothing has a place.
WEST_ZONE, EAST_ZONE = 25832, 25833
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_POINTS = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT)


def zone_of(longitude: float) -> int:
    """The EPSG code of the UTM zone (ETRS89) that German surveys use at this longitude: 25832, or 25833 from 12° on."""
    return EAST_ZONE if longitude >= 12 else WEST_ZONE


def in_metres(geometries: Sequence[BaseGeometry], *, srid: int) -> Any:
    """The geometries (EPSG:4326) in metres, as an array of the same order; points and lines stay what they are."""
    found = numpy.asarray(geometries, dtype=object)
    return shapely.transform(
        found, lambda points: numpy.column_stack(_to(srid).transform(points[:, 0], points[:, 1]))
    )


def in_degrees(geometries: Sequence[BaseGeometry], *, srid: int) -> Any:
    """The way back: metres of that zone → EPSG:4326."""
    found = numpy.asarray(geometries, dtype=object)
    return shapely.transform(
        found, lambda points: numpy.column_stack(_from(srid).transform(points[:, 0], points[:, 1]))
    )


def as_areas(geometries: Any) -> Any:
    """Metric geometries as areas: points and lines get the width of what they stand for."""
    found = numpy.array(geometries, dtype=object)
    kinds = shapely.get_type_id(found)
    # Most are areas already; to widen them, too, only to throw that away took most of the time.
    thin = ~numpy.isin(kinds, _AREAS)
    if not thin.any():
        return found
    widths = numpy.where(numpy.isin(kinds[thin], _POINTS), POINT_RADIUS_M, LINE_HALF_WIDTH_M)
    found[thin] = shapely.buffer(found[thin], widths, quad_segs=4)
    return found


@cache
def _to(srid: int) -> Transformer:
    return Transformer.from_crs(4326, srid, always_xy=True)


@cache
def _from(srid: int) -> Transformer:
    return Transformer.from_crs(srid, 4326, always_xy=True)
