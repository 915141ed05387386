"""Maps as pictures on their own, for paper and files: all colours inside, since no style sheet goes along."""

from collections.abc import Collection, Sequence
from html import escape

from shapely.geometry.base import BaseGeometry

from dreiklang.monitoring.rules.map_picture import WIDTH, outlines
from dreiklang.places.queries import AreaShape
from dreiklang.places.rules import MapShape, SmallMap, small_map
from dreiklang.places.rules.svg_map import DrawnShape

_PAPER, _WASH, _EDGE, _INK, _ACCENT = "#ffffff", "#eef3f3", "#858f93", "#1b2426", "#0b5563"
_OWN = "own"


def place_svg(shapes: Sequence[AreaShape], *, marked: Collection[int]) -> bytes:
    """Where areas lie in the city: those marked filled, the others as outlines; empty without any border."""
    drawn = outlines([MapShape(str(one.pk), one.name, one.geometry) for one in shapes])
    if drawn is None:
        return b""
    ids = {str(pk) for pk in marked}
    fills = [_ACCENT if one.shape.key in ids else _WASH for one in drawn.shapes]
    return _written(drawn, [_path(one, fill) for one, fill in zip(drawn.shapes, fills, strict=True)])


def area_svg(shapes: Sequence[AreaShape], geometry: BaseGeometry) -> bytes:
    """Where an area (EPSG:4326) of any form lies among the districts; empty without any border."""
    ground = [MapShape(str(one.pk), one.name, one.geometry) for one in shapes]
    if not ground:
        return b""
    drawn = small_map([*ground, MapShape(_OWN, "", geometry, is_marked=True)], width=WIDTH)
    if drawn is None:
        return b""
    paths = [_area(one) if one.shape.key == _OWN else _path(one, _WASH) for one in drawn.shapes]
    return _written(drawn, paths)


def _area(shape: DrawnShape) -> str:
    """On top of the others: filled, a line or a dot, as it is."""
    dots = "".join(f"M{x:g} {y:g}h0" for x, y in shape.points)
    stroke = f'<path d="{shape.line}{dots}" fill="none" stroke="{_ACCENT}" stroke-width="7" stroke-linecap="round"/>'
    fill = f'<path d="{shape.path}" fill="{_ACCENT}" fill-opacity="0.55" stroke="{_INK}" stroke-width="2"/>'
    return (fill if shape.path else "") + (stroke if shape.line or dots else "")


def _path(shape: DrawnShape, fill: str) -> str:
    return (
        f'<path d="{shape.path}" fill="{fill}" stroke="{_EDGE}" stroke-width="1" fill-rule="evenodd">'
        f"<title>{escape(shape.shape.label)}</title></path>"
    )


def _written(drawn: SmallMap, paths: Sequence[str]) -> bytes:
    size = f"{drawn.width:g} {drawn.full_height:g}"
    ruler = f'<path d="{drawn.ruler}" fill="none" stroke="{_INK}" stroke-width="1.2"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">'
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>{"".join(paths)}{ruler}</svg>'
    ).encode()
