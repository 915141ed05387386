"""The small map as a tag: `{% load places %}{% small_map shapes "Lage in der Stadt" %}`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from dreiklang.core import text
from dreiklang.places.queries import AreaShape
from dreiklang.places.rules import MapShape
from dreiklang.places.rules import small_map as drawn

register = template.Library()


@register.inclusion_tag("places/parts/small_map.html")
def small_map(
    shapes: Sequence[AreaShape],
    caption: str = "",
    marked: Iterable[int] = (),
    extra: BaseGeometry | None = None,
    width: int = 320,
    linked: bool = True,
) -> dict[str, Any]:
    """The city's areas with some marked and, on top, a geometry of its own (EPSG:4326).

    Pass the css of places in the page's head: `places/places.css`. Without any geometry a sentence
    says so.
    """
    ids = set(marked)
    named = [shape.name for shape in shapes if shape.pk in ids]
    to_draw = [
        MapShape(
            key=str(shape.pk),
            label=shape.name,
            geometry=shape.geometry,
            href=shape.url if linked else "",
            is_marked=shape.pk in ids,
            is_outside=not shape.is_ours,
        )
        for shape in shapes
    ]
    if extra is not None:
        to_draw.append(MapShape("extra", caption, extra, is_marked=True))
    picture = drawn(to_draw, width=width)
    return {
        "map": picture,
        "caption": caption or _("Lage in der Stadt"),
        "named": text.listing(named),
        "has_extra": extra is not None,
        "scale": _scale(picture.scale_metres) if picture else "",
    }


def _scale(metres: int) -> str:
    return f"{text.number(metres // 1000)} km" if metres >= 1000 else f"{metres} m"


@register.filter
def coordinate(value: float) -> str:
    """A number for an SVG attribute, with a point in every language."""
    return f"{value:g}"
