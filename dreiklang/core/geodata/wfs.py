"""WFS 1.1 and 2.0: what a service offers, how its features are asked for, what its errors say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from dreiklang.core.geodata.query import asked_of, with_query
from dreiklang.core.geodata.xml import ERRORS, MEMBERS, local, read_xml
from dreiklang.core.tables.table import CannotRead

_OWN = frozenset(
    {
        "service",
        "version",
        "request",
        "acceptversions",
        "typenames",
        "typename",
        "outputformat",
        "count",
        "startindex",
    }
)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)[\s>/]")
_NEXT = re.compile(rb"<[^>]*?FeatureCollection\b[^>]*?\bnext\s*=\s*[\"']([^\"']+)[\"']")
# A layer in degrees, as GeoJSON wants it.
DEGREES = "EPSG:4326"
_LONGEST = 300


@dataclass(frozen=True)
class OfferedLayer:
    """A feature type; `crs` as the service names them."""

    name: str
    title: str
    crs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """What a WFS offers. `json` is its output format for GeoJSON, empty if it has none."""

    version: str
    layers: tuple[OfferedLayer, ...]
    json: str = ""


def is_meant(address: str) -> bool:
    """Whether the address speaks of a WFS."""
    return asked_of(address, "service").lower() == "wfs" or "wfs" in address.partition("?")[0].lower()


def is_capabilities(start: bytes) -> bool:
    """Whether a document begins as one about a WFS."""
    return _root_name(start) == "WFS_Capabilities"


def is_web_page(start: bytes) -> bool:
    """Whether a document begins as a page for people."""
    return start[:15].lower().startswith(b"<!doctype html") or _root_name(start).lower() == "html"


def capabilities_address(address: str) -> str:
    """Where the service says what it offers."""
    question = {"SERVICE": "WFS", "REQUEST": "GetCapabilities", "ACCEPTVERSIONS": "2.0.0,1.1.0"}
    return with_query(address, question, without=_OWN)


def offer_of(content: bytes) -> Offer:
    """What the service offers. Raises: CannotRead `no_places`, `service_error`, `broken`, `web_page`."""
    if is_web_page(content.lstrip(b"\xef\xbb\xbf \r\n\t")):
        raise CannotRead("web_page")
    root = read_xml(content)
    if local(root) != "WFS_Capabilities":
        raise CannotRead("no_places")
    layers = [
        OfferedLayer(_text(one, "Name"), _text(one, "Title"), _crs(one))
        for one in root.iter()
        if local(one) == "FeatureType" and _text(one, "Name")
    ]
    formats = [
        value
        for one in root.iter()
        if local(one) == "Operation" and one.get("name") == "GetFeature"
        for value in _formats(one)
    ]
    formats += [" ".join((one.text or "").split()) for one in root.iter() if local(one) == "Format"]
    chosen = sorted((one for one in formats if _is_geojson(one.lower())), key=_order)
    return Offer(root.get("version") or "2.0.0", tuple(layers), chosen[0] if chosen else "")


def features_address(address: str, offer: Offer, name: str) -> str:
    """Where all features of a layer are."""
    is_new = offer.version.startswith("2")
    question = {
        "SERVICE": "WFS",
        "VERSION": offer.version if is_new else "1.1.0",
        "REQUEST": "GetFeature",
        "TYPENAMES" if is_new else "TYPENAME": name,
    }
    if offer.json:
        question["OUTPUTFORMAT"] = offer.json
        layer = next((one for one in offer.layers if one.name == name), None)
        if layer is not None and any(re.search(r"\b4326$", one) for one in layer.crs):
            question["SRSNAME"] = DEGREES
    return with_query(address, question, without=_OWN | {"srsname"})


def next_page(content: bytes) -> str:
    """Where the next page is, as the head of this one says."""
    match = _NEXT.search(content[:20_000])
    return match[1].decode(errors="replace").replace("&amp;", "&") if match else ""


def left_out(content: bytes) -> str:
    """How many features a page says there are, where it gives fewer and names no next page; empty if all came."""
    head = content[:20_000]
    said = {
        name: re.search(rb"\b" + name + rb'\s*=\s*["\'](\d+)["\']', head)
        for name in (b"numberMatched", b"numberReturned")
    }
    matched, returned = said[b"numberMatched"], said[b"numberReturned"]
    if not matched or not returned or int(matched[1]) <= int(returned[1]):
        return ""
    return f"{int(returned[1])}/{int(matched[1])}"


def joined(pages: Sequence[bytes]) -> bytes:
    """The first page with the members of all others."""
    first, *others = [read_xml(page) for page in pages]
    for page in others:
        first.extend(one for one in page if local(one) in MEMBERS)
    whole: bytes = tostring(first, encoding="utf-8", xml_declaration=True)
    return whole


def exception_words(content: bytes) -> str:
    """What an error of the service says; empty if it is none."""
    try:
        root = read_xml(content)
    except CannotRead:
        return ""
    if local(root) not in ERRORS:
        return ""
    return " ".join(" ".join(root.itertext()).split())[:_LONGEST] or local(root)


def refuse_exception(content: bytes) -> None:
    """Raises: CannotRead `service_error` with its words, if the content is an error of the service."""
    if _root_name(content[:2000]) in ERRORS:
        raise CannotRead("service_error", exception_words(content))


def _root_name(start: bytes) -> str:
    match = _ROOT.search(start[:2000])
    return match[1].decode(errors="replace") if match else ""


def _text(element: Element, name: str) -> str:
    return next((" ".join((one.text or "").split()) for one in element if local(one) == name), "")


def _crs(element: Element) -> tuple[str, ...]:
    names = ("DefaultCRS", "OtherCRS", "DefaultSRS", "OtherSRS")
    return tuple((one.text or "").strip() for one in element if local(one) in names)


def _formats(operation: Element) -> list[str]:
    found = []
    for one in operation.iter():
        if local(one) == "Parameter" and one.get("name", "").lower() == "outputformat":
            found += [" ".join((value.text or "").split()) for value in one.iter() if local(value) == "Value"]
    return found


def _is_geojson(name: str) -> bool:
    """JSONP is a program, not data."""
    return "json" in name and "jsonp" not in name and "javascript" not in name


def _order(name: str) -> tuple[bool, str]:
    """GeoJSON by its own name first."""
    plain = name.lower()
    return ("geo+json" not in plain and "geojson" not in plain, plain)
