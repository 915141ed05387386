"""The map as a drawing true to scale: metres of the city become millimetres of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import shapely

from dreiklang.core.metres import in_metres
from dreiklang.places.rules.placed import Placed
from dreiklang.places.rules.svg_map import scale_metres
from dreiklang.portal.rules.map_data import Bounds, MapFrame
from dreiklang.portal.rules.sheet_signs import (
    ACCENT,
    EDGE,
    GROUND,
    INK,
    PAPER,
    SIGNS,
    SOFT,
    focus_style,
    shape_style,
)

# 1 : n, as maps of cities are printed.
SCALES = (
    500,
    1000,
    2000,
    2500,
    5000,
    7500,
    10000,
    12500,
    15000,
    20000,
    25000,
    30000,
    40000,
    50000,
    60000,
    75000,
    100000,
)
LEAST_SHAPE_MM = 4.0
SIGN_MM = 3.2
# Where more lie on the paper no number would find room, and looking for it takes long.
MOST_NUMBERED = 600
_LETTER_MM, _LINE_MM = 1.25, 2.3


@dataclass(frozen=True)
class SheetFrame:
    """The part of the city on the paper: its middle in metres, the scale 1 : n, and the size in millimetres."""

    srid: int
    middle: tuple[float, float]
    scale: int
    width: float
    height: float

    @property
    def bounds(self) -> Bounds:
        """What the paper shows, in metres: west, south, east, north."""
        across, along = (side * self.scale / 2000 for side in (self.width, self.height))
        x, y = self.middle
        return x - across, y - along, x + across, y + along

    @property
    def bar_metres(self) -> int:
        """A round length for the scale bar, about a fifth of the width."""
        return scale_metres(self.width * self.scale / 1000 / 5)

    @property
    def bar_mm(self) -> float:
        """That length on the paper."""
        return self.bar_metres * 1000 / self.scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Metres → millimetres from the upper left corner, to a hundredth."""
        west, _south, _east, north = self.bounds
        return round((x - west) * 1000 / self.scale, 2), round((north - y) * 1000 / self.scale, 2)


@dataclass(frozen=True)
class SheetLayer:
    """A layer to draw: its records with geometry, how (marks, areas, ground), and the tone of each state's sign."""

    drawing: str
    records: Sequence[Placed]
    tones: dict[str, str]


def scale_for(bounds: Bounds, *, width: float, height: float) -> int:
    """The largest scale (smallest n) of the usual ones at which the bounds (metres) fit on the paper (mm)."""
    west, south, east, north = bounds
    needed = max((east - west) * 1000 / width, (north - south) * 1000 / height)
    return next((one for one in SCALES if one >= needed), int(-(-needed // 50_000) * 50_000))


def nearest_scale(asked: float) -> int:
    """The usual scale at or above what was asked, so that nothing falls off the paper."""
    return next((one for one in SCALES if one >= asked), SCALES[-1])


def sheet_frame(
    frame: MapFrame,
    *,
    width: float,
    height: float,
    middle: tuple[float, float] | None = None,
    scale: int | None = None,
) -> SheetFrame:
    """The whole city at the largest scale that fits, or a part at the asked scale."""
    west, south, east, north = frame.bounds
    centre = middle or ((west + east) / 2, (south + north) / 2)
    return SheetFrame(
        frame.srid, centre, scale or scale_for(frame.bounds, width=width, height=height), width, height
    )


def drawing(layers: Sequence[SheetLayer], frame: SheetFrame, *, with_numbers: bool = True) -> str:
    """The map as SVG in millimetres: ground, outlines, marks; then names and numbers where there is room for them."""
    order = {"ground": 0, "areas": 1, "marks": 2}
    known = sorted(layers, key=lambda layer: order[layer.drawing])
    drawn = "".join(_DRAWN[one.drawing](one, frame) for one in known)
    taken = [
        _around(point) for one in known if one.drawing == "marks" for point in _points(one.records, frame)
    ]
    for one in known:
        if one.drawing == "ground":
            drawn += "".join(_names(one, frame, taken))
        elif one.drawing == "marks" and with_numbers and len(one.records) <= MOST_NUMBERED:
            drawn += "".join(_numbers(one, frame, taken))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width:g} {frame.height:g}" '
        f'width="{frame.width:g}mm" height="{frame.height:g}mm">'
        f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="{PAPER}"/>{drawn}'
        f'<rect x="0.15" y="0.15" width="{frame.width - 0.3:g}" height="{frame.height - 0.3:g}" fill="none" '
        f'stroke="{INK}" stroke-width="0.3"/></svg>'
    )


def shown(records: Sequence[Placed], frame: SheetFrame) -> list[Placed]:
    """Those whose mark lies on the paper, in their order."""
    found = _placed(records)
    points = _points(found, frame)
    return [one for one, point in zip(found, points, strict=True) if _is_inside(point, frame)]


def has_outlines(records: Sequence[Placed], frame: SheetFrame) -> bool:
    """Whether one of these is drawn with its outline or its course, and not only with its mark."""
    found = shown(records, frame)
    return bool(found) and any(_is_outlined(shape, frame) for shape in _metric(found, frame))


def _is_outlined(shape: Any, frame: SheetFrame) -> bool:
    west, south, east, north = shape.bounds
    return bool(max(east - west, north - south) >= LEAST_SHAPE_MM * frame.scale / 1000)


def _placed(records: Sequence[Placed]) -> list[Placed]:
    return [one for one in records if one.geometry is not None]


def _metric(records: Sequence[Placed], frame: SheetFrame) -> Any:
    return in_metres([one.geometry for one in records if one.geometry is not None], srid=frame.srid)


def _points(records: Sequence[Placed], frame: SheetFrame) -> list[tuple[float, float]]:
    records = _placed(records)
    if not records:
        return []
    inside = shapely.get_coordinates(shapely.point_on_surface(_metric(records, frame)))
    return [frame.place(x, y) for x, y in inside.tolist()]


def _is_inside(point: tuple[float, float], frame: SheetFrame) -> bool:
    return 0 <= point[0] <= frame.width and 0 <= point[1] <= frame.height


def _ground(layer: SheetLayer, frame: SheetFrame) -> str:
    records = _placed(layer.records)
    if not records:
        return ""
    found = []
    for one, shape in zip(records, _metric(records, frame), strict=True):
        fill = GROUND if one.state == "ours" else "none"
        dashes = "" if one.state == "ours" else ' stroke-dasharray="1 1"'
        found.append(
            f'<path d="{_path(shape, frame)}" fill="{fill}" stroke="{EDGE}" stroke-width="0.25"{dashes}/>'
        )
    return "".join(found)


def _names(layer: SheetLayer, frame: SheetFrame, taken: list[Bounds]) -> list[str]:
    """The districts' names at their middle, or a little above or below it where a mark lies there."""
    records = _placed(layer.records)
    found = []
    for one, (x, y) in zip(records, _points(records, frame), strict=True):
        wide = len(one.title) * _LETTER_MM * 1.15
        for way in (0.0, -3.5, 3.5, -7.0, 7.0):
            box = (x - wide / 2, y + way - _LINE_MM, x + wide / 2, y + way + 0.6)
            if _is_inside((x, y + way), frame) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(_text(x, y + way, one.title, size=2.6, fill=SOFT, anchor="middle"))
                break
    return found


def _areas(layer: SheetLayer, frame: SheetFrame) -> str:
    records = shown(layer.records, frame)
    paths = [f'<path d="{_path(one, frame)}" {focus_style()}/>' for one in _metric(records, frame)]
    labels = [
        _text(x, y, one.key, size=2.4, fill=ACCENT, anchor="middle")
        for one, (x, y) in zip(records, _points(records, frame), strict=True)
    ]
    return "".join(paths + labels)


def _marks(layer: SheetLayer, frame: SheetFrame) -> str:
    records = shown(layer.records, frame)
    if not records:
        return ""
    metric = _metric(records, frame)
    found = [
        f'<path d="{_path(shape, frame)}" {shape_style()}/>' for shape in metric if _is_outlined(shape, frame)
    ]
    size = SIGN_MM / 12
    halo = f'<circle cx="6" cy="6" r="7" fill="{PAPER}" fill-opacity="0.85"/>'
    for one, (x, y) in zip(records, _points(records, frame), strict=True):
        sign = SIGNS.get(layer.tones.get(one.state, ""), SIGNS["neutral"])
        moved = f"translate({x - SIGN_MM / 2:.2f} {y - SIGN_MM / 2:.2f}) scale({size:.4f})"
        found.append(f'<g transform="{moved}">{halo}{sign}</g>')
    return "".join(found)


_DRAWN = {"ground": _ground, "areas": _areas, "marks": _marks}


def _around(point: tuple[float, float]) -> Bounds:
    half = SIGN_MM / 2
    return point[0] - half, point[1] - half, point[0] + half, point[1] + half


def _numbers(layer: SheetLayer, frame: SheetFrame, taken: list[Bounds]) -> list[str]:
    """The numbers beside their marks where they cover neither a mark nor another text; else left out."""
    records = shown(layer.records, frame)
    half = SIGN_MM / 2
    found = []
    for one, (x, y) in zip(records, _points(records, frame), strict=True):
        wide = len(one.key) * _LETTER_MM
        places = (
            (x + half + 0.4, y + 0.8),
            (x - half - 0.4 - wide, y + 0.8),
            (x - wide / 2, y - half - 0.5),
            (x - wide / 2, y + half + _LINE_MM - 0.2),
        )
        for left, base in places:
            box = (left, base - _LINE_MM + 0.4, left + wide, base + 0.3)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found.append(_text(left, base, one.key, size=2.2, fill=INK))
                break
    return found


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _text(x: float, y: float, words: str, *, size: float, fill: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="Fira Sans, sans-serif" font-size="{size}" fill="{fill}" '
        f'stroke="{PAPER}" stroke-width="0.7" stroke-linejoin="round" paint-order="stroke" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def _path(geometry: Any, frame: SheetFrame) -> str:
    """Path data of areas and lines; points are drawn by their mark."""
    simple = shapely.simplify(geometry, tolerance=frame.scale / 1000 * 0.1, preserve_topology=True)
    found = []
    for part in shapely.get_parts(simple).tolist():
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        if part.geom_type != "Point":
            found += [_line(ring, frame, closed=part.geom_type == "Polygon") for ring in rings]
    return "".join(found)


def _line(ring: Any, frame: SheetFrame, *, closed: bool) -> str:
    placed = [frame.place(x, y) for x, y in shapely.get_coordinates(ring).tolist()]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in placed) + ("Z" if closed else "")
