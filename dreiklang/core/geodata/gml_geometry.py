"""Geometries of GML 2, 3.1 and 3.2 by the names of their elements, whatever the version's namespace."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

import numpy
import shapely
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

from dreiklang.core.geodata import arcs
from dreiklang.core.geodata.crs_names import named
from dreiklang.core.geodata.xml import local

GML = "http://www.opengis.net/gml"
XLINK = "{http://www.w3.org/1999/xlink}href"


_BROKEN = (
    shapely.errors.ShapelyError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RecursionError,
)


class CannotShape(Exception):
    """A geometry cannot be read; `code` and `detail` as `Shape.refusal` has them."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}/{detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Frame:
    """What coordinates mean: their EPSG code (0: not said), which number is first, how many belong together.

    `is_told`: the user said the code, so that names in the file do not count.
    """

    srid: int = 0
    is_north_first: bool = False
    dimension: int = 2
    is_told: bool = False

    def inside(self, element: Element) -> "Frame":
        """With what this element says of itself. Raises: CannotShape `unknown_crs`."""
        found = self
        dimension = element.get("srsDimension", "")
        if dimension in ("2", "3"):
            found = replace(found, dimension=int(dimension))
        name = element.get("srsName", "").strip()
        if not name or self.is_told:
            return found
        meant = named(name)
        if meant is None:
            raise CannotShape("unknown_crs", name)
        return replace(found, srid=meant.srid, is_north_first=meant.is_north_first)


def is_geometry(element: Element) -> bool:
    """Whether the element is a geometry of GML."""
    return str(element.tag).startswith("{" + GML) and local(element) in _READERS


def geometry_of(element: Element, frame: Frame) -> tuple[BaseGeometry, int]:
    """The geometry (easting or longitude first) and its EPSG code, 0 if it names none.

    Raises: CannotShape `unsupported_type`, `linked_geometry`, `broken_geometry`, `empty_geometry`, `unknown_crs`.
    """
    try:
        inner = frame.inside(element)
        found = _shape(element, frame)
        # A member may name the system that its collection does not.
        srid = inner.srid or next(
            (one.srid for part in element.iter() if (one := frame.inside(part)).srid), 0
        )
    except _BROKEN as error:
        raise CannotShape("broken_geometry") from error
    if found.is_empty:
        raise CannotShape("empty_geometry")
    return found, srid


def _shape(element: Element, frame: Frame) -> BaseGeometry:
    frame = frame.inside(element)
    reader = _READERS.get(local(element))
    if reader is None:
        raise CannotShape("unsupported_type", local(element))
    return reader(element, frame)


def _members(element: Element) -> Iterator[Element]:
    """The geometries in an element's properties: surfaceMember, patches, baseCurve …"""
    for prop in element:
        inside = list(prop)
        if not inside and prop.get(XLINK):
            raise CannotShape("linked_geometry", str(prop.get(XLINK))[:80])
        if local(prop) not in _NOT_MEMBERS:
            yield from inside


def _point(element: Element, frame: Frame) -> BaseGeometry:
    return Point(_positions(element, frame)[0])


def _line(element: Element, frame: Frame) -> BaseGeometry:
    return LineString(_positions(element, frame))


def _curve(element: Element, frame: Frame) -> BaseGeometry:
    """All pieces of a curve in a row: segments, members or the base of an oriented curve."""
    points: list[Any] = []
    for part in _members(element):
        inner = frame.inside(part)
        reader = _SEGMENTS.get(local(part))
        piece = (
            reader(part, inner) if reader else shapely.get_coordinates(_shape(part, inner), include_z=False)
        )
        points.extend(piece if not points or tuple(points[-1]) != tuple(piece[0]) else piece[1:])
    if element.get("orientation") == "-":
        points.reverse()
    return LineString(points)


def _polygon(element: Element, frame: Frame) -> BaseGeometry:
    outer: list[Any] = []
    holes: list[Any] = []
    for prop in element:
        rings = [shapely.get_coordinates(_shape(one, frame), include_z=False) for one in prop]
        if local(prop) in ("exterior", "outerBoundaryIs"):
            outer.extend(rings)
        elif local(prop) in ("interior", "innerBoundaryIs"):
            holes.extend(rings)
    return Polygon(outer[0], holes) if outer else Polygon()


def _joined_surface(element: Element, frame: Frame) -> BaseGeometry:
    """Pieces that lie side by side and are one area."""
    parts = [_shape(one, frame) for one in _members(element)]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _collected(kind: Callable[[list[Any]], BaseGeometry]) -> Callable[[Element, Frame], BaseGeometry]:
    def read(element: Element, frame: Frame) -> BaseGeometry:
        return kind([flat for one in _members(element) for flat in shapely.get_parts(_shape(one, frame))])

    return read


def _arc_string(element: Element, frame: Frame) -> Any:
    points = _positions(element, frame)
    if len(points) < 3 or len(points) % 2 == 0:
        raise CannotShape("broken_geometry")
    pieces = [arcs.through(*points[at : at + 3, :2]) for at in range(0, len(points) - 2, 2)]
    return numpy.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _circle(element: Element, frame: Frame) -> Any:
    found = arcs.circle_through(*_positions(element, frame)[:3, :2])
    if found is None:
        raise CannotShape("broken_geometry")
    return found


def _around(element: Element, frame: Frame) -> Any:
    """CircleByCenterPoint, and ArcByCenterPoint with its two angles. A bearing counts from the north, with the clock."""
    said = {local(one): one for one in element}
    if said["radius"].get("uom", "m") not in ("m", "urn:adv:uom:m", "metre", "#m"):
        raise CannotShape("unsupported_type", local(element))
    radius = float(said["radius"].text or "")
    first, last = (
        math.radians(90 - float(said[name].text or "")) if name in said else turn
        for name, turn in (("startAngle", 0.0), ("endAngle", -2 * math.pi))
    )
    return arcs.along(_positions(element, frame)[0, :2], radius, first, last - first)


def _straight(element: Element, frame: Frame) -> Any:
    return _positions(element, frame)[:, :2]


def _positions(element: Element, frame: Frame) -> Any:
    """All positions of an element, easting first, as rows of two or three numbers. A height is kept."""
    found: list[Any] = []
    for one in element:
        inner = frame.inside(one)
        name = local(one)
        if name in ("posList", "pos"):
            found.append(_numbers((one.text or "").split(), _dimension(one, inner)))
        elif name == "coordinates":
            rows = [row.split(one.get("cs", ",")) for row in (one.text or "").split()]
            found.append(_numbers([number for row in rows for number in row], len(rows[0]) if rows else 2))
        elif name in ("pointProperty", "pointRep"):
            found.extend(_positions(point, inner) for point in one)
    points = numpy.concatenate(found) if found else numpy.empty((0, 2))
    if frame.is_north_first:
        points[:, [0, 1]] = points[:, [1, 0]]
    return points


def _dimension(element: Element, frame: Frame) -> int:
    """How many numbers a position has: said, else by the count of positions, else by what is there."""
    length, count = len((element.text or "").split()), element.get("count", "")
    if element.get("srsDimension") is None and count.isdigit() and int(count) and length % int(count) == 0:
        return length // int(count)
    return length if local(element) == "pos" else frame.dimension


def _numbers(texts: list[str], dimension: int) -> Any:
    return numpy.array(texts, dtype=float).reshape(-1, dimension)


_NOT_MEMBERS = frozenset({"name", "description", "identifier", "metaDataProperty", "boundedBy"})
_SEGMENTS: dict[str, Callable[[Element, Frame], Any]] = {
    "LineStringSegment": _straight,
    "Arc": _arc_string,
    "ArcString": _arc_string,
    "Circle": _circle,
    "CircleByCenterPoint": _around,
    "ArcByCenterPoint": _around,
}
_READERS: dict[str, Callable[[Element, Frame], BaseGeometry]] = {
    "Point": _point,
    "LineString": _line,
    "LinearRing": _line,
    "Ring": _curve,
    "Curve": _curve,
    "CompositeCurve": _curve,
    "OrientableCurve": _curve,
    "Polygon": _polygon,
    "PolygonPatch": _polygon,
    "Rectangle": _polygon,
    "Triangle": _polygon,
    "Surface": _joined_surface,
    "PolyhedralSurface": _joined_surface,
    "CompositeSurface": _joined_surface,
    "OrientableSurface": _joined_surface,
    "MultiSurface": _collected(MultiPolygon),
    "MultiPolygon": _collected(MultiPolygon),
    "MultiCurve": _collected(MultiLineString),
    "MultiLineString": _collected(MultiLineString),
    "MultiPoint": _collected(MultiPoint),
    "MultiGeometry": _collected(GeometryCollection),
}
