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
INK, SOFT, EDGE, GROUND, ACCENT, PAPER = "#1b2426", "#536067", "#858f93", "#eef3f2", "#0b5563", "#ffffff"
# Each sign in a field of 12 by 12, as on the pages.
_SIGNS = {
    "good": '<circle cx="6" cy="6" r="4.6" fill="#2b7a56"/>',
    "warn": f'<path d="M6 1.4 11.2 10.8H.8z" fill="{PAPER}" stroke="#855000" stroke-width="1.5" stroke-linejoin="round"/>',
    "bad": '<rect x="1.6" y="1.6" width="8.8" height="8.8" fill="#b32d2e"/>',
    "unknown": f'<circle cx="6" cy="6" r="4.6" fill="{PAPER}" stroke="{SOFT}" stroke-width="1.2"/>'
    f'<path d="M2.6 8.4 8.4 2.6M4.6 10 10 4.6" stroke="{SOFT}" stroke-width="1"/>',
    "done": f'<circle cx="6" cy="6" r="5.4" fill="{PAPER}"/>'
    '<path d="M1.5 6.5 4.6 9.6 10.5 2.8" fill="none" stroke="#1f6646" stroke-width="2"/>',
    "neutral": f'<path d="M6 1 11 6 6 11 1 6z" fill="{ACCENT}"/>',
}


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


def sign_picture(tone: str) -> str:
    """A sign alone, for a legend."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">{_SIGNS.get(tone, _SIGNS["neutral"])}</svg>'


def outline_picture(*, is_focus: bool) -> str:
    """The sign of an outline: of a concept's focus, or of a district."""
    style = _focus_style() if is_focus else f'fill="{GROUND}" stroke="{EDGE}" stroke-width="0.6"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">'
        f'<path d="M1 3 10 1.500 11 9 4 11z" {style}/></svg>'
    )


def drawing(layers: Sequence[SheetLayer], frame: SheetFrame, *, with_numbers: bool = True) -> str:
    """The map as SVG in millimetres; ground below, outlines, then marks with their numbers where there is room."""
    order = {"ground": 0, "areas": 1, "marks": 2}
    drawn = "".join(
        _DRAWN[one.drawing](one, frame, with_numbers)
        for one in sorted(layers, key=lambda layer: order[layer.drawing])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width:g} {frame.height:g}" '
        f'width="{frame.width:g}mm" height="{frame.height:g}mm">'
        f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="{PAPER}"/>{drawn}'
        f'<rect x="0.15" y="0.15" width="{frame.width - 0.3:g}" height="{frame.height - 0.3:g}" fill="none" '
        f'stroke="{INK}" stroke-width="0.3"/></svg>'
    )


def shown(records: Sequence[Placed], frame: SheetFrame) -> list[Placed]:
    """Those whose mark lies on the paper, in their order."""
    found = [one for one in records if one.geometry is not None]
    points = _points(found, frame)
    return [one for one, point in zip(found, points, strict=True) if _is_inside(point, frame)]


def _metric(records: Sequence[Placed], frame: SheetFrame) -> Any:
    return in_metres([one.geometry for one in records if one.geometry is not None], srid=frame.srid)


def _points(records: Sequence[Placed], frame: SheetFrame) -> list[tuple[float, float]]:
    if not records:
        return []
    inside = shapely.get_coordinates(shapely.point_on_surface(_metric(records, frame)))
    return [frame.place(x, y) for x, y in inside.tolist()]


def _is_inside(point: tuple[float, float], frame: SheetFrame) -> bool:
    return 0 <= point[0] <= frame.width and 0 <= point[1] <= frame.height


def _ground(layer: SheetLayer, frame: SheetFrame, with_numbers: bool) -> str:
    records = [one for one in layer.records if one.geometry is not None]
    if not records:
        return ""
    found = []
    for one, shape in zip(records, _metric(records, frame), strict=True):
        fill = GROUND if one.state == "ours" else "none"
        dashes = "" if one.state == "ours" else ' stroke-dasharray="1 1"'
        found.append(
            f'<path d="{_path(shape, frame)}" fill="{fill}" stroke="{EDGE}" stroke-width="0.25"{dashes}/>'
        )
    for one, (x, y) in zip(records, _points(records, frame), strict=True):
        if _is_inside((x, y), frame):
            found.append(_text(x, y, one.title, size=2.6, fill=SOFT, anchor="middle"))
    return "".join(found)


def _focus_style() -> str:
    return f'fill="{ACCENT}" fill-opacity="0.08" stroke="{ACCENT}" stroke-width="0.6" stroke-dasharray="2 1"'


def _areas(layer: SheetLayer, frame: SheetFrame, with_numbers: bool) -> str:
    records = shown(layer.records, frame)
    paths = [f'<path d="{_path(one, frame)}" {_focus_style()}/>' for one in _metric(records, frame)]
    labels = [
        _text(x, y, one.key, size=2.4, fill=ACCENT, anchor="middle")
        for one, (x, y) in zip(records, _points(records, frame), strict=True)
    ]
    return "".join(paths + labels)


def _marks(layer: SheetLayer, frame: SheetFrame, with_numbers: bool) -> str:
    records = shown(layer.records, frame)
    if not records:
        return ""
    metric = _metric(records, frame)
    boxes = shapely.bounds(metric)
    least = LEAST_SHAPE_MM * frame.scale / 1000
    found = [
        f'<path d="{_path(shape, frame)}" fill="{ACCENT}" fill-opacity="0.14" stroke="{ACCENT}" stroke-width="0.3"/>'
        for shape, box in zip(metric, boxes.tolist(), strict=True)
        if max(box[2] - box[0], box[3] - box[1]) >= least
    ]
    points = _points(records, frame)
    size = SIGN_MM / 12
    for one, (x, y) in zip(records, points, strict=True):
        sign = _SIGNS.get(layer.tones.get(one.state, ""), _SIGNS["neutral"])
        moved = f"translate({x - SIGN_MM / 2:.2f} {y - SIGN_MM / 2:.2f}) scale({size:.4f})"
        halo = f'<circle cx="6" cy="6" r="7" fill="{PAPER}" fill-opacity="0.85"/>'
        found.append(f'<g transform="{moved}">{halo}{sign}</g>')
    if with_numbers and len(records) <= MOST_NUMBERED:
        found += _numbers([one.key for one in records], points)
    return "".join(found)


_DRAWN = {"ground": _ground, "areas": _areas, "marks": _marks}


def _numbers(keys: Sequence[str], points: Sequence[tuple[float, float]]) -> list[str]:
    """The numbers beside their marks where they cover neither a mark nor another number; else left out."""
    half = SIGN_MM / 2
    taken = [(x - half, y - half, x + half, y + half) for x, y in points]
    found = []
    for key, (x, y) in zip(keys, points, strict=True):
        wide = len(key) * _LETTER_MM
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
                found.append(_text(left, base, key, size=2.2, fill=INK))
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
