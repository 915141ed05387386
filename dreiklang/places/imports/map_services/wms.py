"""What a Web Map Service says it offers: WMS 1.3.0 (OGC 06-042) and 1.1.1 (OGC 01-068r3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from dreiklang.places.imports.map_services.xml import bounds, child, children, link, system, words
from dreiklang.places.rules.map_offers import LayerOffer, Offer
from dreiklang.places.rules.map_services import Bounds, MapKind

ROOTS = ("WMS_Capabilities", "WMT_MS_Capabilities")
VERSIONS = ("1.3.0", "1.1.1")
# Deeper than any catalogue of layers; what lies below is left out.
DEEPEST = 20


@dataclass(frozen=True)
class _Inherited:
    """What a layer has from those above it."""

    systems: tuple[str, ...] = ()
    extent: Bounds | None = None
    attribution: str = ""
    attribution_url: str = ""


def wms_offer(root: Element, *, asked: str, address: str) -> Offer:
    """The offer of a capabilities document; `address` is where its pictures are asked for."""
    said = root.get("version", "")
    get_map = child(root, "Capability", "Request", "GetMap")
    formats = (
        tuple(" ".join((one.text or "").split()) for one in children(get_map, "Format"))
        if get_map is not None
        else ()
    )
    capability = child(root, "Capability")
    top = list(children(capability, "Layer")) if capability is not None else []
    layers = [one for layer in top for one in _layers(layer, _Inherited(), formats)]
    return Offer(
        asked=asked,
        kind=MapKind.WMS,
        version=VERSIONS[0] if said.startswith("1.3") else VERSIONS[1],
        title=words(root, "Service", "Title"),
        address=address,
        other_address=link(get_map, "DCPType", "HTTP", "Get", "OnlineResource"),
        layers=tuple({one.name: one for one in layers}.values()),
    )


def _layers(top: Element, above: _Inherited, formats: tuple[str, ...]) -> Iterator[LayerOffer]:
    """The layers that have a name, from the top down. Without recursion: a document may nest as it likes."""
    open_ones = [(top, above, 0)]
    while open_ones:
        layer, inherited, depth = open_ones.pop()
        own = _own(layer, inherited)
        name = words(layer, "Name")
        if name:
            yield LayerOffer(
                name=name,
                title=words(layer, "Title") or name,
                systems=own.systems,
                formats=formats,
                extent=own.extent,
                attribution=own.attribution,
                attribution_url=own.attribution_url,
            )
        if depth < DEEPEST:
            below = [(one, own, depth + 1) for one in children(layer, "Layer")]
            open_ones += reversed(below)


def _own(layer: Element, above: _Inherited) -> _Inherited:
    said = [one.text or "" for name in ("CRS", "SRS") for one in children(layer, name)]
    # 1.1.1 allows several in one element.
    systems = tuple(system(one) for text in said for one in text.split())
    return replace(
        above,
        systems=tuple(dict.fromkeys((*above.systems, *systems))),
        extent=_extent(layer) or above.extent,
        attribution=words(layer, "Attribution", "Title") or above.attribution,
        attribution_url=link(layer, "Attribution", "OnlineResource") or above.attribution_url,
    )


def _extent(layer: Element) -> Bounds | None:
    box = child(layer, "EX_GeographicBoundingBox")
    if box is not None:
        names = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
        return bounds([words(box, name) for name in names])
    old = child(layer, "LatLonBoundingBox")
    return (
        bounds([old.get(name, "") for name in ("minx", "miny", "maxx", "maxy")]) if old is not None else None
    )
