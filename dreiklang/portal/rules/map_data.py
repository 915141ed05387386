"""Records of the map as small as a browser can draw them: whole metres, and no more points than its pixels show."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.core.metres import in_metres, zone_of
from dreiklang.places.rules.placed import Placed

Bounds = tuple[float, float, float, float]
# A shape narrower than this on the screen shows nothing that its mark does not show.
LEAST_PIXELS = 12
# Where nothing is known of a city: a field of 2 km, so that a map has a scale.
LEAST_METRES = 2_000.0
# Metres a pixel, from a house to a region; what is asked for is taken down to one of these, so that answers are shared.
RESOLUTIONS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
_AREAS = frozenset({"Polygon", "MultiPolygon"})
_LINES = frozenset({"LineString", "MultiLineString", "LinearRing"})


@dataclass(frozen=True)
class MapFrame:
    """The whole city in metres of its UTM zone (EPSG `srid`): west, south, east, north."""

    srid: int
    bounds: Bounds

    @property
    def origin(self) -> tuple[int, int]:
        """The corner that coordinates are counted from."""
        return math.floor(self.bounds[0]), math.floor(self.bounds[1])


@dataclass(frozen=True)
class Compact:
    """Rows and shapes for a browser; `compact` says how coordinates are written."""

    rows: list[list[Any]]
    shapes: dict[str, list[Any]]
    step: int


def frame_around(geometries: Sequence[BaseGeometry]) -> MapFrame:
    """The frame that holds geometries in EPSG:4326; a small one in the middle of Germany where there are none."""
    known = [one for one in geometries if one is not None and not one.is_empty]
    west, south, east, north = shapely.total_bounds(known) if known else (10.0, 51.0, 10.0, 51.0)
    srid = zone_of(float(west + east) / 2)
    # A few points of the whole suffice; those between the corners, since a parallel is bent in metres.
    grid = numpy.meshgrid(numpy.linspace(west, east, 5), numpy.linspace(south, north, 5))
    points = shapely.multipoints(numpy.column_stack([side.ravel() for side in grid]))
    west, south, east, north = (float(one) for one in in_metres([points], srid=srid)[0].bounds)
    across = max(0.0, LEAST_METRES - (east - west)) / 2
    along = max(0.0, LEAST_METRES - (north - south)) / 2
    return MapFrame(srid, (west - across, south - along, east + across, north + along))


def coarsest_for(resolution: float) -> float:
    """The resolution kept ready that is at least as fine as the asked one, in metres a pixel."""
    return max((one for one in RESOLUTIONS if one <= resolution), default=RESOLUTIONS[0])


def compact(records: Sequence[Placed], *, frame: MapFrame, resolution: float) -> Compact:
    """One row a record with a place, and shapes of those wider than a mark at this resolution (metres a pixel).

    A row: key, title, state, stage, first year, last year, 1 if internal, x and y of its mark. All x and y are steps
    of `step` metres from the frame's origin; in a shape each point is told from the one before it.
    """
    placed = [one for one in records if one.geometry is not None]
    step = max(1, int(resolution / 2))
    if not placed:
        return Compact([], {}, step)
    metric = in_metres([one.geometry for one in placed if one.geometry is not None], srid=frame.srid)
    points = _steps(shapely.get_coordinates(shapely.point_on_surface(metric)), frame, step)
    rows = [_row(one, x, y) for one, (x, y) in zip(placed, points.tolist(), strict=True)]
    boxes = shapely.bounds(metric)
    wide = numpy.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    is_seen = wide >= LEAST_PIXELS * resolution
    drawn = shapely.simplify(metric[is_seen], tolerance=resolution, preserve_topology=True)
    keys = [one.key for one, seen in zip(placed, is_seen, strict=True) if seen]
    return Compact(rows, {key: _shape(one, frame, step) for key, one in zip(keys, drawn, strict=True)}, step)


def _row(record: Placed, x: int, y: int) -> list[Any]:
    years = record.first_year, record.last_year
    return [record.key, record.title, record.state, record.stage, *years, int(not record.is_public), x, y]


def _steps(coordinates: Any, frame: MapFrame, step: int) -> Any:
    return numpy.rint((coordinates - numpy.array(frame.origin)) / step).astype(int)


def _shape(geometry: BaseGeometry, frame: MapFrame, step: int) -> list[Any]:
    """A letter (a area, l line, p points), then the parts: rings of each area, lines, or one row of points."""
    parts = _parts(geometry)
    kind = parts[0].geom_type if parts else ""
    if kind in _AREAS:
        rings = [[one.exterior, *one.interiors] for one in parts]
        return ["a", [[_line(ring, frame, step) for ring in polygon] for polygon in rings]]
    if kind in _LINES:
        return ["l", [_line(one, frame, step) for one in parts]]
    return ["p", [_line(one, frame, step) for one in parts]]


def _parts(geometry: BaseGeometry) -> list[Any]:
    parts: list[Any] = shapely.get_parts(geometry).tolist()
    return parts


def _line(geometry: Any, frame: MapFrame, step: int) -> list[int]:
    """x, y of the first point, then how far each goes on from the one before; points that fall together once."""
    points = _steps(shapely.get_coordinates(geometry), frame, step)
    ways = numpy.diff(points, axis=0)
    moved = ways[numpy.any(ways != 0, axis=1)]
    found: list[int] = numpy.vstack([points[:1], moved]).ravel().tolist()
    return found
