"""Maps as pictures on their own, for paper and files: all colours inside, since no style sheet goes along."""

from collections.abc import Collection, Sequence
from html import escape

from dreiklang.monitoring.rules.map_picture import outlines
from dreiklang.places.queries import AreaShape
from dreiklang.places.rules import MapShape

_PAPER, _WASH, _EDGE, _INK, _ACCENT = "#ffffff", "#eef3f3", "#858f93", "#1b2426", "#0b5563"


def place_svg(shapes: Sequence[AreaShape], *, marked: Collection[int]) -> bytes:
    """Where areas lie in the city: those marked filled, the others as outlines; empty without any border."""
    drawn = outlines([MapShape(str(one.pk), one.name, one.geometry) for one in shapes])
    if drawn is None:
        return b""
    ids = {str(pk) for pk in marked}
    paths = "".join(
        f'<path d="{one.path}" fill="{_ACCENT if one.shape.key in ids else _WASH}" stroke="{_EDGE}" '
        f'stroke-width="1" fill-rule="evenodd"><title>{escape(one.shape.label)}</title></path>'
        for one in drawn.shapes
    )
    size = f"{drawn.width:g} {drawn.full_height:g}"
    ruler = f'<path d="{drawn.ruler}" fill="none" stroke="{_INK}" stroke-width="1.2"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">'
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>{paths}{ruler}</svg>'
    ).encode()
