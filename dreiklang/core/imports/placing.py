"""A geometry in a row of a list: read, noted, shown and kept in the same way by every importer."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import shapely
from django.utils.translation import gettext, gettext_noop
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from dreiklang.core import text
from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Candidate, Options
from dreiklang.core.imports.draft import Draft
from dreiklang.core.shapes import PLACES, WGS84, area_km2, shape_of

# What the column with the geometry is called elsewhere.
PLACE_ALIASES = (
    "geometry",
    "Geometrie",
    "geom",
    "the_geom",
    "WKT",
    "WKB",
    "EWKT",
    "Geltungsbereich",
    "Umring",
)
# A plan may cross the border of the city; one that begins further away is most likely misplaced.
FAR_KM = 5.0
Box = tuple[float, float, float, float]
_GEOD = Geod(ellps="GRS80")
_KINDS = {
    "Point": gettext_noop("ein Punkt"),
    "MultiPoint": gettext_noop("mehrere Punkte"),
    "LineString": gettext_noop("eine Linie"),
    "MultiLineString": gettext_noop("mehrere Linien"),
}


def read_place(
    draft: Draft,
    name: str,
    options: Options,
    *,
    kinds: tuple[type[BaseGeometry], ...] = PLACES,
    around: Box | None = None,
) -> None:
    """Sets the field to the geometry as WKB in hexadecimal digits, or refuses the row and says why.

    The CRS is the one that the user gave, else that of the feature, else that of the file. What was repaired, or lies
    far from the city (`around`: west, south, east, north), is noted with a WARNING.
    """
    if not draft.has(name):
        return
    told, facts = str(options.special.get("srid") or ""), options.facts
    shape = shape_of(
        draft.cell(name),
        srid=int(told or facts.get("srid") or WGS84),
        swap=bool(options.special.get("swap")),
        may_turn=bool(facts.get("may_turn")),
        overrules=bool(told),
        is_said=facts.get("crs_from") == "file",
        kinds=kinds,
    )
    for code in shape.notes:
        draft.note(code, name, "", weight=Weight.WARNING)
    if shape.geometry is None:
        draft.note(shape.refusal, name, shape.detail)
    else:
        draft.set(name, place_hex(shape.geometry))
        _note_far(draft, name, shape.geometry, around)


def _note_far(draft: Draft, name: str, place: BaseGeometry, around: Box | None) -> None:
    """A zone of coordinates too far east or west still lies in Germany: only the city itself tells."""
    if around is None:
        return
    near, there = (one.coords[0] for one in nearest_points(shapely.box(*around), shapely.box(*place.bounds)))
    kilometres = _GEOD.inv(*near, *there)[2] / 1000
    if kilometres > FAR_KM:
        draft.note("far_from_city", name, f"{text.number(round(kilometres))} km", weight=Weight.WARNING)


def place_hex(geometry: BaseGeometry | None) -> str | None:
    """A stored geometry as lists compare it."""
    return None if geometry is None else shapely.to_wkb(geometry, hex=True)


def place_from(value: str | None) -> BaseGeometry | None:
    """The way back."""
    return shapely.from_wkb(value) if value else None


def without_place(candidate: Candidate, name: str) -> Candidate:
    """The candidate whose cells leave the geometry out: it is kept with the record, not twice with the row."""
    cells: Mapping[str, Any] = {field: value for field, value in candidate.cells.items() if field != name}
    return replace(candidate, cells=cells)


def shown_place(value: Any) -> Any:
    """A geometry for people: its kind, an area with its size."""
    place = place_from(value) if value else None
    if place is None:
        return value
    if isinstance(place, Polygon | MultiPolygon):
        return f"{text.number(Decimal(f'{area_km2(place):.2f}'))} km²"
    return gettext(_KINDS.get(place.geom_type, place.geom_type))
