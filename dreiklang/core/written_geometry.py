"""Geometries as they are written in cells: GeoJSON, WKT, EWKT and WKB in hexadecimal digits. No database."""

import re
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

# A reader that finds no geometry where one should be writes why: "!unsupported_type/CurvePolygon".
REFUSED = "!"
# Curves and nets, by the number that WKB gives them; none of them is read.
UNSUPPORTED = {
    8: "CircularString",
    9: "CompoundCurve",
    10: "CurvePolygon",
    11: "MultiCurve",
    12: "MultiSurface",
    13: "Curve",
    14: "Surface",
    15: "PolyhedralSurface",
    16: "TIN",
    17: "Triangle",
}
_BY_WORD = {name.upper(): name for name in UNSUPPORTED.values()}
_WORDS = re.compile(rf"\b(?:{'|'.join(_BY_WORD)})\b", re.IGNORECASE)
_SRID = re.compile(r"\s*SRID\s*=\s*(\d{1,6})\s*;\s*", re.IGNORECASE)
# Pairs of digits, but not told as pairs: that takes a second for a long outline.
_HEX = re.compile(r"[0-9A-Fa-f]{10,}")


@dataclass(frozen=True)
class Written:
    """What a text says: a geometry and, where it names one, its EPSG code (0: it does not); or why there is none."""

    geometry: BaseGeometry | None = None
    srid: int = 0
    refusal: str = ""
    detail: str = ""


def written(text: str) -> Written:
    """The geometry in a text. refusal: empty_geometry, broken_geometry, unsupported_type (detail names it)."""
    srid, body = without_srid(text)
    if not body:
        return Written(refusal="empty_geometry")
    if body.startswith(REFUSED):
        code, _, detail = body[1:].partition("/")
        return Written(srid=srid, refusal=code, detail=detail)
    if name := _unsupported(body):
        return Written(srid=srid, refusal="unsupported_type", detail=name)
    try:
        found = _parsed(body)
        # A collection tells of a curve inside it only when it is opened.
        shapely.get_parts(found)
    except NotImplementedError:
        return Written(srid=srid, refusal="unsupported_type", detail="Curve")
    except (shapely.errors.GEOSException, ValueError, TypeError):
        return Written(srid=srid, refusal="broken_geometry")
    if found is None or found.is_empty:
        return Written(srid=srid, refusal="empty_geometry")
    return Written(found, srid or int(shapely.get_srid(found)))


def without_srid(text: str) -> tuple[int, str]:
    """The EPSG code before the geometry (EWKT: "SRID=25833;POINT(…)"), 0 without one, and the rest."""
    match = _SRID.match(text)
    return (int(match[1]), text[match.end() :].strip()) if match else (0, text.strip())


def type_code(wkb: bytes) -> int:
    """The number of the outermost type of a WKB without its marks for height, measure and SRID."""
    order: Literal["little", "big"] = "little" if wkb[:1] == b"\x01" else "big"
    return (int.from_bytes(wkb[1:5], order) & 0x0FFF_FFFF) % 1000


def _parsed(body: str) -> BaseGeometry | None:
    if body.startswith("{"):
        return shapely.from_geojson(body)
    if _is_hex(body):
        return shapely.from_wkb(bytes.fromhex(body))
    return shapely.from_wkt(body)


def _unsupported(body: str) -> str:
    """The curve or net at its beginning: Shapely knows none of them."""
    if _is_hex(body):
        return UNSUPPORTED.get(type_code(bytes.fromhex(body[:10])), "")
    return (
        ""
        if body.startswith("{")
        else next((_BY_WORD[one.upper()] for one in _WORDS.findall(body[:200])), "")
    )


def _is_hex(body: str) -> bool:
    return len(body) % 2 == 0 and _HEX.fullmatch(body) is not None
