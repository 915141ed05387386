"""Map services of others: what a browser needs to draw them, and the addresses to ask them by."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

Bounds = tuple[float, float, float, float]

# What the map can draw, in the order it is preferred; 25832 and 25833 are what German cities survey in.
SYSTEMS = ("EPSG:25832", "EPSG:25833", "EPSG:3857", "EPSG:4326")
FORMATS = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/png8",
    "image/vnd.jpeg-png",
    "image/jpgpng",
    "image/jpg",
    "image/gif",
)
_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
# Zoom 0 shows the whole world, 20 a house.
HIGHEST_ZOOM = 22
# Metres a pixel at zoom 0 (OGC 17-083r2, WebMercatorQuad), not at the equator but at 51° north, in the middle of Germany.
_WIDEST = 156_543.033928 * math.cos(math.radians(51))
# Said anew with every request; in the address itself they would be said twice.
_OURS = frozenset(
    [
        "service",
        "request",
        "version",
        "layers",
        "layer",
        "styles",
        "style",
        "format",
        "transparent",
        "width",
        "height",
        "bbox",
        "crs",
        "srs",
        "tilematrix",
        "tilematrixset",
        "tilerow",
        "tilecol",
        "exceptions",
    ]
)


class MapKind(StrEnum):
    """How the service is asked: for a picture of any part, or for ready-made tiles."""

    WMS = "wms"
    WMTS = "wmts"


class MapRole(StrEnum):
    """Whether the picture lies under everything, or over the base map."""

    BASE = "base"
    OVERLAY = "overlay"


@dataclass(frozen=True)
class TileGrid:
    """How a WMTS cuts its tiles, one entry a zoom level, the coarsest first.

    `resolutions` in units of the CRS a pixel, `origins` the upper left corner as (x, y) = (east, north), `tile_sizes`
    (width, height) in pixels, `sizes` (columns, rows) in tiles.
    """

    matrix_set: str
    ids: tuple[str, ...]
    resolutions: tuple[float, ...]
    origins: tuple[tuple[float, float], ...]
    tile_sizes: tuple[tuple[int, int], ...]
    sizes: tuple[tuple[int, int], ...]


def bare_address(address: str) -> str:
    """The address without what is said anew with every request (SERVICE, REQUEST, LAYERS …); keys of others stay."""
    parts = urlsplit(address.strip())
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _OURS
    ]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """The address with these parameters behind those it has."""
    joint = "&" if urlsplit(address).query else "?"
    return f"{address.rstrip('?&')}{joint}{urlencode(parameters, quote_via=quote, safe=':,/')}"


def picture_address(
    address: str,
    *,
    version: str,
    layers: tuple[str, ...],
    crs: str,
    bounds: Bounds,
    image_format: str,
    is_transparent: bool,
    size: int = 256,
) -> str:
    """The GetMap address of a square picture; `bounds` west, south, east, north in the CRS.

    source: OGC 06-042 (WMS 1.3.0): there EPSG:4326 says north before east, in 1.1.1 (OGC 01-068r3) it does not.
    """
    west, south, east, north = bounds
    is_new = version.startswith("1.3")
    turned = is_new and crs == "EPSG:4326"
    box = (south, west, north, east) if turned else bounds
    asked = {
        "SERVICE": "WMS",
        "VERSION": version,
        "REQUEST": "GetMap",
        "LAYERS": ",".join(layers),
        "STYLES": ",".join("" for _ in layers),
        "CRS" if is_new else "SRS": crs,
        "BBOX": ",".join(f"{one:.8g}" if crs == "EPSG:4326" else f"{one:.2f}" for one in box),
        "WIDTH": str(size),
        "HEIGHT": str(size),
        "FORMAT": image_format,
        "TRANSPARENT": "TRUE" if is_transparent else "FALSE",
    }
    return with_parameters(address, asked)


def tile_at(grid: TileGrid, *, x: float, y: float, level: int) -> tuple[int, int] | None:
    """Column and row of the tile of that level which holds the point; None outside of the service's area."""
    east, north = grid.origins[level]
    width, height = grid.tile_sizes[level]
    columns, rows = grid.sizes[level]
    column = int((x - east) // (grid.resolutions[level] * width))
    row = int((north - y) // (grid.resolutions[level] * height))
    return (column, row) if 0 <= column < columns and 0 <= row < rows else None


def tile_address(
    address: str,
    *,
    layer: str,
    style: str,
    matrix_set: str,
    matrix: str,
    tile: tuple[int, int],
    image_format: str,
) -> str:
    """The address of one tile: a template with {TileMatrix}, {TileRow}, {TileCol} is filled, else asked by GetTile."""
    column, row = tile
    if "{" in address:
        filled = {
            "{tilematrixset}": quote(matrix_set, safe=":"),
            "{tilematrix}": quote(matrix, safe=":"),
            "{tilerow}": str(row),
            "{tilecol}": str(column),
            "{style}": quote(style, safe=""),
            "{layer}": quote(layer, safe=""),
        }
        return _filled(address, filled)
    asked = {
        "SERVICE": "WMTS",
        "VERSION": "1.0.0",
        "REQUEST": "GetTile",
        "LAYER": layer,
        "STYLE": style,
        "FORMAT": image_format,
        "TILEMATRIXSET": matrix_set,
        "TILEMATRIX": matrix,
        "TILEROW": str(row),
        "TILECOL": str(column),
    }
    return with_parameters(address, asked)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its names replaced, whatever their case."""
    parts = template.split("{")
    found = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        found.append(values.get("{" + name.lower() + "}", "{" + name + "}") + rest)
    return "".join(found)


def picture_type(content: bytes) -> str:
    """The media type of a picture by its first bytes; empty if browsers would show none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begin, kind in _BEGINNINGS.items() if content.startswith(begin)), "")


def resolutions(min_zoom: int | None, max_zoom: int | None) -> tuple[float | None, float | None]:
    """Metres a pixel between which something is shown, from (inclusive) and to (exclusive); None where it has no end.

    What lies between two zooms belongs to the nearer one.
    """
    finest = None if max_zoom is None else _WIDEST / 2 ** (max_zoom + 0.5)
    coarsest = None if min_zoom is None else _WIDEST / 2 ** (min_zoom - 0.5)
    return finest, coarsest


def preferred(offered: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """Those of the order that are offered, in this order."""
    known = frozenset(offered)
    return tuple(one for one in order if one in known)


def holds(extent: Bounds, point: tuple[float, float]) -> bool:
    """Whether the point (east, north) lies inside, its edge included."""
    west, south, east, north = extent
    return west <= point[0] <= east and south <= point[1] <= north


def middle(extent: Bounds) -> tuple[float, float]:
    """The point in the middle."""
    west, south, east, north = extent
    return (west + east) / 2, (south + north) / 2


def around(extents: Sequence[Bounds]) -> Bounds | None:
    """The extent that holds them all; None of none."""
    if not extents:
        return None
    wests, souths, easts, norths = zip(*extents, strict=True)
    return min(wests), min(souths), max(easts), max(norths)
