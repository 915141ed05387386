"""The parameter `bbox`: from its numbers to the area that is asked for."""

import math
import re

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.opendata.rules.refusals import BadParameter
from dreiklang.opendata.rules.systems import System

Bounds = tuple[float, float, float, float]
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_FLAT, _WITH_HEIGHT = 4, 6
# A straight edge in metres is a curve in degrees: so many steps keep it within centimetres over a city.
_STEPS = 64


def area_of(said: str, *, system: System, may_have_height: bool) -> tuple[BaseGeometry, tuple[Bounds, ...]]:
    """The area in EPSG:4326 (longitude, latitude) and the boxes that hold it: two across the antimeridian.

    Heights are read and left aside: no feature has one. Raises: BadParameter for `bbox`: `bbox_count`,
    `not_a_number`, `bbox_height`, `bbox_swapped`, `outside_crs`.
    """
    west, south, east, north = _flat(_numbers(said), may_have_height=may_have_height, system=system)
    if south > north or (west > east and not system.is_degrees):
        raise BadParameter("bbox", "bbox_swapped", value=said)
    if not system.is_degrees:
        return _from_metres((west, south, east, north), system, said)
    least_x, least_y, most_x, most_y = system.limits
    if not (least_x <= min(west, east) <= max(west, east) <= most_x and least_y <= south <= north <= most_y):
        raise BadParameter("bbox", "outside_crs", value=said)
    boxes: tuple[Bounds, ...] = ((west, south, east, north),)
    if west > east:
        boxes = ((west, south, most_x, north), (least_x, south, east, north))
    return shapely.union_all([_drawn(box) for box in boxes]), boxes


def _numbers(said: str) -> list[float]:
    parts = [one.strip() for one in said.split(",")]
    if len(parts) not in (_FLAT, _WITH_HEIGHT):
        raise BadParameter("bbox", "bbox_count", count=len(parts))
    for one in parts:
        if not _NUMBER.fullmatch(one) or not math.isfinite(float(one)):
            raise BadParameter("bbox", "not_a_number", value=one)
    return [float(one) for one in parts]


def _flat(numbers: list[float], *, may_have_height: bool, system: System) -> Bounds:
    if len(numbers) == _WITH_HEIGHT:
        if not may_have_height:
            raise BadParameter("bbox", "bbox_height", system=system.name)
        x1, y1, lowest, x2, y2, highest = numbers
        if lowest > highest:
            raise BadParameter("bbox", "bbox_swapped", value=",".join(map(str, numbers)))
    else:
        x1, y1, x2, y2 = numbers
    return (y1, x1, y2, x2) if system.is_north_first else (x1, y1, x2, y2)


def _from_metres(box: Bounds, system: System, said: str) -> tuple[BaseGeometry, tuple[Bounds, ...]]:
    asked, limits = _drawn(box), _drawn(system.limits)
    if not asked.intersects(limits):
        raise BadParameter("bbox", "outside_crs", value=said)
    # A map drawn small asks for more than there is.
    least_x, least_y, most_x, most_y = system.limits
    west, south = max(box[0], least_x), max(box[1], least_y)
    east, north = min(box[2], most_x), min(box[3], most_y)
    ring = _drawn((west, south, east, north))
    longest = max(east - west, north - south)
    if longest > 0:
        ring = shapely.segmentize(ring, longest / _STEPS)
    area = shapely.transform(ring, system.to_store)
    if not numpy.isfinite(shapely.get_coordinates(area)).all():
        raise BadParameter("bbox", "outside_crs", value=said)
    return area, (area.bounds,)


def _drawn(box: Bounds) -> BaseGeometry:
    """The box as a geometry: a line or a point where it has no width."""
    west, south, east, north = box
    if west < east and south < north:
        return shapely.box(west, south, east, north)
    if west == east and south == north:
        return shapely.Point(west, south)
    return shapely.LineString([(west, south), (east, north)])
