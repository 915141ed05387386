"""Arcs of circles as straight pieces: no piece lies further from the arc than a centimetre."""

import math
from typing import Any

import numpy

# In metres, and in degrees where the numbers are so small that they can be nothing else.
TOLERANCE_M, TOLERANCE_DEGREES = 0.01, 1e-7
MOST_PIECES = 720


def through(start: Any, middle: Any, end: Any) -> Any:
    """The points of the arc through three points, both ends included; three in a line stay a line."""
    found = _circle(start, middle, end)
    if found is None:
        return numpy.array([start, middle, end])
    centre, radius = found
    first, turned = _angle(centre, start), _angle(centre, middle)
    last = _angle(centre, end)
    sweep = (last - first) % (2 * math.pi)
    if (turned - first) % (2 * math.pi) > sweep:
        sweep -= 2 * math.pi
    points = along(centre, radius, first, sweep)
    points[0], points[-1] = start, end
    return points


def circle_through(one: Any, two: Any, three: Any) -> Any | None:
    """The whole circle through three points, closed; None if they lie in a line."""
    found = _circle(one, two, three)
    if found is None:
        return None
    points = along(*found, _angle(found[0], one), 2 * math.pi)
    points[-1] = points[0]
    return points


def along(centre: Any, radius: float, first: float, sweep: float) -> Any:
    """Points on a circle from an angle on, counted against the clock; both ends included. Angles in radians."""
    tolerance = TOLERANCE_DEGREES if max(map(abs, centre)) <= 180 else TOLERANCE_M
    step = 2 * math.acos(max(-1.0, 1 - tolerance / radius)) if radius > tolerance else math.pi / 4
    count = min(MOST_PIECES, max(8, math.ceil(abs(sweep) / max(step, 1e-6))))
    angles = first + numpy.linspace(0, sweep, count + 1)
    return numpy.column_stack(
        [centre[0] + radius * numpy.cos(angles), centre[1] + radius * numpy.sin(angles)]
    )


def _circle(one: Any, two: Any, three: Any) -> tuple[tuple[float, float], float] | None:
    # Reckoned from the first point: eastings of millions would cost the digits that count.
    (bx, by), (cx, cy) = (two[0] - one[0], two[1] - one[1]), (three[0] - one[0], three[1] - one[1])
    double = 2 * (bx * cy - by * cx)
    if abs(double) < 1e-12 * max(1.0, (bx * bx + by * by + cx * cx + cy * cy)):
        return None
    b2, c2 = bx * bx + by * by, cx * cx + cy * cy
    x, y = (cy * b2 - by * c2) / double, (bx * c2 - cx * b2) / double
    return (one[0] + x, one[1] + y), math.hypot(x, y)


def _angle(centre: Any, point: Any) -> float:
    return math.atan2(point[1] - centre[1], point[0] - centre[0])
