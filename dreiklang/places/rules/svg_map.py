"""The small map: geometries in longitude and latitude → path data and scale bar for SVG, north up."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from shapely import get_coordinates
from shapely.geometry.base import BaseGeometry

METRES_PER_DEGREE = 111_320.0
RULER_SPACE = 14
_STEPS = (1, 2, 5)
_Numbers = TypeVar("_Numbers", float, NDArray[np.float64])


@dataclass(frozen=True)
class MapShape:
    """One geometry to draw; EPSG:4326, any type. `is_marked` ones carry the meaning of the map."""

    key: str
    label: str
    geometry: BaseGeometry
    href: str = ""
    is_marked: bool = False
    is_outside: bool = False


@dataclass(frozen=True)
class DrawnShape:
    """A geometry as SVG: path data of its areas to fill, of its lines to stroke, and its points."""

    shape: MapShape
    path: str
    line: str = ""
    points: tuple[tuple[float, float], ...] = ()
    label_x: float = 0.0
    label_y: float = 0.0


@dataclass(frozen=True)
class SmallMap:
    """A drawn map, north up: its size, shapes (marked ones last, so that they lie on top) and scale."""

    width: float
    height: float
    shapes: tuple[DrawnShape, ...]
    scale_length: float
    scale_metres: int

    @property
    def full_height(self) -> float:
        """The height with the scale bar below the shapes."""
        return round(self.height + RULER_SPACE, 1)

    @property
    def ruler(self) -> str:
        """The scale bar as path data. It is part of the picture, so that it stays true at any size."""
        top, bottom = round(self.height + 5, 1), round(self.height + 11, 1)
        return f"M1 {top:g}V{bottom:g}H{1 + self.scale_length:g}V{top:g}"


def small_map(shapes: Sequence[MapShape], *, width: float = 320, padding: float = 4) -> SmallMap | None:
    """The shapes in an equirectangular picture that is true to scale at its middle latitude.

    A city is small: over 30 km the distortion stays below a pixel. None when nothing can be drawn.
    """
    drawable = [s for s in shapes if s.geometry is not None and not s.geometry.is_empty]
    if not drawable:
        return None
    frame = _Frame.around([s.geometry.bounds for s in drawable], width=width, padding=padding)
    ordered = sorted(drawable, key=lambda s: (s.is_marked, not s.is_outside))
    metres = scale_metres(frame.metres_per_unit * width / 3)
    return SmallMap(
        width=width,
        height=round(frame.height, 1),
        shapes=tuple(_drawn(s, frame) for s in ordered),
        scale_length=round(metres / frame.metres_per_unit, 1),
        scale_metres=metres,
    )


def scale_metres(longest: float) -> int:
    """The longest round length (1, 2 or 5 times a power of ten, at least 1 m) not above `longest`."""
    if longest < 1:
        return 1
    power = 10 ** int(math.log10(longest))
    # The logarithm of a number just below a power rounds up to it: the steps of the power below count too.
    lengths = [int(step * power / below) for below in (10, 1) for step in _STEPS]
    return max(length for length in lengths if length <= longest)


@dataclass(frozen=True)
class _Frame:
    west: float
    north: float
    stretch: float
    units_per_degree: float
    padding: float
    height: float

    @classmethod
    def around(
        cls, bounds: Sequence[tuple[float, float, float, float]], *, width: float, padding: float
    ) -> "_Frame":
        west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
        east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
        stretch = max(math.cos(math.radians((south + north) / 2)), 0.01)
        wide, tall = (east - west) * stretch, north - south
        least = 0.002  # some 220 m: a single point gets surroundings
        if max(wide, tall) < least:
            west, north = (west + east - least / stretch) / 2, (south + north + least) / 2
            wide, tall = least, least
        inner = width - 2 * padding
        # A narrow, tall city must not become a mile-long picture.
        units = min(inner / max(wide, tall / 1.4), inner / max(wide, 1e-9))
        left = west - (inner / units - wide) / 2 / stretch
        return cls(left, north, stretch, units, padding, tall * units + 2 * padding)

    @property
    def metres_per_unit(self) -> float:
        return METRES_PER_DEGREE / self.units_per_degree

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point lies in the picture, to a tenth of a unit."""
        return round(self._x(longitude), 1), round(self._y(latitude), 1)

    def places(self, line: BaseGeometry) -> NDArray[np.float64]:
        """Where the points of a line lie, (n, 2), to a tenth of a unit."""
        longitudes, latitudes = get_coordinates(line).T
        return np.column_stack([self._x(longitudes), self._y(latitudes)]).round(1)

    def _x(self, longitude: _Numbers) -> _Numbers:
        return (longitude - self.west) * self.stretch * self.units_per_degree + self.padding

    def _y(self, latitude: _Numbers) -> _Numbers:
        return (self.north - latitude) * self.units_per_degree + self.padding


def _drawn(shape: MapShape, frame: _Frame) -> DrawnShape:
    areas: list[str] = []
    lines: list[str] = []
    points: list[tuple[float, float]] = []
    for part in _parts(shape.geometry):
        if part.geom_type == "Point":
            points.append(frame.place(part.x, part.y))
        elif part.geom_type == "Polygon":
            areas.extend(_line(ring, frame) + "Z" for ring in (part.exterior, *part.interiors))
        else:
            lines.append(_line(part, frame))
    middle = shape.geometry.representative_point()
    x, y = frame.place(middle.x, middle.y)
    return DrawnShape(shape, "".join(areas), "".join(lines), tuple(points), label_x=x, label_y=y)


def _parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """Points, lines and polygons without their collections."""
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _parts(part)
    elif not geometry.is_empty:
        yield geometry


def _line(line: BaseGeometry, frame: _Frame) -> str:
    """Path data without neighbours that fall on the same tenth of a unit."""
    placed = frame.places(line)
    is_new = np.append(True, (placed[1:] != placed[:-1]).any(axis=1))
    kept = placed[is_new]
    # One format for all numbers: a city's map has thousands of points.
    drawn = "M" + "L".join(["%g %g"] * len(kept)) % tuple(kept.ravel().tolist())
    # A line without length shows as a dot by its round ends.
    return drawn if len(kept) > 1 else drawn + "h0"
