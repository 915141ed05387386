"""Answers of map services as XML, read without following anything they name."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from dreiklang.places.imports.map_services.records import CannotUse
from dreiklang.places.rules.map_services import Bounds

HREF = "{http://www.w3.org/1999/xlink}href"
# What servers say of themselves ends up in one line.
LONGEST = 200


def read_xml(content: bytes) -> Element:
    """The root of the answer.

    A document type may be named, as WMS 1.1.1 prescribes, but it is not fetched, and it may define nothing.
    Raises: CannotUse with code html, entities or not_a_map.
    """
    if looks_like_page(content):
        raise CannotUse("html")
    try:
        root: Element = fromstring(content)
    except DefusedXmlException as attack:
        raise CannotUse("entities", str(attack)[:LONGEST]) from attack
    except (ParseError, ValueError, LookupError) as broken:
        raise CannotUse("not_a_map", content[:60].decode("utf-8", "replace").strip()) from broken
    if tag(root) == "html":
        raise CannotUse("html")
    return root


def looks_like_page(content: bytes) -> bool:
    """Whether a browser would take it for a web page."""
    beginning = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return beginning.startswith((b"<!doctype html", b"<html")) or b"<html" in beginning


def tag(element: Element) -> str:
    """The name without its namespace: services mix them up."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (one for one in element if tag(one) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and of that the first of the next; None if one is missing."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def words(element: Element | None, *path: str) -> str:
    """The text of the child at that path in one line; empty if there is none."""
    found = child(element, *path)
    return " ".join((found.text or "").split()) if found is not None else ""


def link(element: Element | None, *path: str) -> str:
    """The address a child at that path names; empty if it names no web address."""
    found = child(element, *path)
    named = (found.get(HREF) or "").strip() if found is not None else ""
    return named if named.startswith(("http://", "https://")) else ""


def bounds(numbers: list[str]) -> Bounds | None:
    """West, south, east, north of four texts; None if they are no such numbers."""
    try:
        west, south, east, north = (float(one) for one in numbers)
    except ValueError:
        return None
    fits = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if fits else None


def system(said: str) -> str:
    """ "EPSG:25833" of any way to say it: `EPSG:25833`, `urn:ogc:def:crs:EPSG::25833`, `.../EPSG/0/25833`."""
    plain = said.strip().replace("/", ":").upper()
    code = plain.rpartition(":")[2]
    if code in {"CRS84", "84"}:
        return "CRS:84"
    if code in {"900913", "102100", "3785"}:
        return "EPSG:3857"
    return f"EPSG:{code}" if "EPSG" in plain and code.isdecimal() else plain
