"""What a Web Map Tile Service says it offers: WMTS 1.0.0 (OGC 07-057r7), asked by parameters or by templates."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from dreiklang.places.imports.map_services.xml import HREF, bounds, child, children, system, tag, words
from dreiklang.places.rules.map_offers import LayerOffer, Offer
from dreiklang.places.rules.map_services import SYSTEMS, Bounds, MapKind, TileGrid

ROOT = "Capabilities"
# A pixel is 0.28 mm (07-057r7, 6.1); a degree is this many metres at the equator of WGS 84.
PIXEL_M = 0.00028
DEGREE_M = 111_319.490793
MOST_LEVELS = 40


def wmts_offer(root: Element, *, asked: str, address: str) -> Offer:
    """The offer of a capabilities document; `address` is asked for tiles unless it names another."""
    contents = child(root, "Contents")
    sets = list(children(contents, "TileMatrixSet")) if contents is not None else []
    grids = {words(one, "Identifier"): _grid(one) for one in sets}
    layers = list(children(contents, "Layer")) if contents is not None else []
    return Offer(
        asked=asked,
        kind=MapKind.WMTS,
        version="1.0.0",
        title=words(root, "ServiceIdentification", "Title"),
        address=_tiles(root) or address,
        other_address="",
        layers=tuple(_layer(one, grids, address) for one in layers if words(one, "Identifier")),
    )


def _layer(layer: Element, grids: Mapping[str, tuple[str, TileGrid | None]], address: str) -> LayerOffer:
    named = [words(one, "TileMatrixSet") for one in children(layer, "TileMatrixSetLink")]
    linked = [grids[one] for one in named if one in grids]
    by_system: dict[str, TileGrid] = {}
    for crs, grid in linked:
        # Of several grids of one system the one with more levels shows more.
        if grid and (crs not in by_system or len(grid.ids) > len(by_system[crs].ids)):
            by_system[crs] = grid
    others = [crs for crs, grid in linked if grid is None and crs not in SYSTEMS]
    templates = _templates(layer, address)
    formats = tuple(" ".join((one.text or "").split()) for one in children(layer, "Format"))
    name = words(layer, "Identifier")
    return LayerOffer(
        name=name,
        title=words(layer, "Title") or name,
        systems=tuple(dict.fromkeys((*by_system, *others))),
        formats=tuple(templates) or formats,
        extent=_extent(layer),
        style=_style(layer),
        templates=tuple(templates.items()),
        grids=tuple(by_system.items()),
    )


def _style(layer: Element) -> str:
    styles = list(children(layer, "Style"))
    chosen = next((one for one in styles if one.get("isDefault") == "true"), styles[0] if styles else None)
    return words(chosen, "Identifier")


def _templates(layer: Element, address: str) -> dict[str, str]:
    """Format → address template of the tiles."""
    values = {words(one, "Identifier").lower(): words(one, "Default") for one in children(layer, "Dimension")}
    found: dict[str, str] = {}
    for one in children(layer, "ResourceURL"):
        template = one.get("template", "").strip()
        if one.get("resourceType") == "tile" and template.startswith(("http://", "https://")):
            found.setdefault(one.get("format", ""), _settled(_secured(template, address), values))
    return found


def _settled(template: str, values: Mapping[str, str]) -> str:
    """The template with its further dimensions (a year, a height) at what the service shows by default."""
    parts = template.split("{")
    found = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        found.append((values.get(name.lower()) or "{" + name + "}") + rest)
    return "".join(found)


def _secured(template: str, address: str) -> str:
    """By https where the service itself is: behind a proxy servers often do not know how they are reached."""
    told, asked = urlsplit(template.split("{")[0]), urlsplit(address)
    if asked.scheme == "https" and told.scheme == "http" and told.hostname == asked.hostname:
        return "https" + template.removeprefix("http")
    return template


def _tiles(root: Element) -> str:
    """The address that tiles are asked from by parameters; empty if none is named."""
    operations = child(root, "OperationsMetadata")
    for operation in children(operations, "Operation") if operations is not None else ():
        get = child(operation, "DCP", "HTTP", "Get")
        if operation.get("name") == "GetTile" and get is not None and _by_parameters(get):
            return get.get(HREF, "").strip()
    return ""


def _by_parameters(get: Element) -> bool:
    said = {(one.text or "").strip() for one in get.iter() if tag(one) == "Value"}
    return not said or "KVP" in said


def _extent(layer: Element) -> Bounds | None:
    box = child(layer, "WGS84BoundingBox")
    corners = [*words(box, "LowerCorner").split(), *words(box, "UpperCorner").split()]
    return bounds(corners) if len(corners) == 4 else None


def _grid(matrix_set: Element) -> tuple[str, TileGrid | None]:
    """System and grid of a matrix set; no grid if the map draws no such system, or if its numbers cannot be."""
    said = words(matrix_set, "SupportedCRS")
    crs = "EPSG:4326" if system(said) == "CRS:84" else system(said)
    matrices = list(children(matrix_set, "TileMatrix"))[:MOST_LEVELS]
    if crs not in SYSTEMS or not matrices:
        return crs, None
    try:
        levels = sorted((_level(one, crs, said) for one in matrices), key=lambda level: -level[1])
    except ValueError:
        return crs, None
    ids, resolutions, origins, tile_sizes, sizes = zip(*levels, strict=True)
    return crs, TileGrid(words(matrix_set, "Identifier"), ids, resolutions, origins, tile_sizes, sizes)


Level = tuple[str, float, tuple[float, float], tuple[int, int], tuple[int, int]]


def _level(matrix: Element, crs: str, said: str) -> Level:
    """Raises: ValueError if a number is none, or cannot be."""
    first, second = (float(one) for one in words(matrix, "TopLeftCorner").split())
    # In the order of EPSG north comes before east in 4326; a corner at ±180 tells that the server thinks otherwise.
    is_turned = crs == "EPSG:4326" and system(said) != "CRS:84" and abs(first) <= 90
    tile = (int(words(matrix, "TileWidth")), int(words(matrix, "TileHeight")))
    size = (int(words(matrix, "MatrixWidth")), int(words(matrix, "MatrixHeight")))
    metres = float(words(matrix, "ScaleDenominator")) * PIXEL_M
    resolution = metres / DEGREE_M if crs == "EPSG:4326" else metres
    if not (0 < resolution < float("inf") and min(tile) > 0 and min(size) > 0 and max(tile) <= 4096):
        raise ValueError(words(matrix, "Identifier"))
    origin = (second, first) if is_turned else (first, second)
    return words(matrix, "Identifier"), resolution, origin, tile, size
