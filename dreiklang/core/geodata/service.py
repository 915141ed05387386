"""Features by address: WFS, OGC API – Features, or a file with geometries on the web.

What comes back is a file like any other; it is read by `read_places`, in its child process, with its limits.
"""

import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from dreiklang.core.fetching import Answer, CannotFetch, Client, Patience
from dreiklang.core.geodata import wfs
from dreiklang.core.geodata.geopackage import SIGN
from dreiklang.core.geodata.query import asked_of, with_query
from dreiklang.core.tables.table import CannotRead, Limits

# Somebody waits before the screen; a service that cannot give its data in two minutes is asked for a file.
PATIENCE = Patience(connect=8, piece=30, whole=60)
LONGEST = 120.0
MOST_PAGES = 500
A_PAGE = 1_000
LARGEST_DOCUMENT = 10_000_000
ACCEPTED = "application/geo+json, application/json;q=0.9, application/gml+xml;q=0.8, application/xml;q=0.7, */*;q=0.1"
_DATA = frozenset({"data", "http://www.opengis.net/def/rel/ogc/1.0/data"})
_ITEMS = frozenset({"items", "http://www.opengis.net/def/rel/ogc/1.0/items"})
_LOGIN, _GONE = frozenset({401, 403, 407}), frozenset({404, 410})


@dataclass(frozen=True)
class Fetched:
    """What an address gave, as a file, and the name of the source for the next time."""

    content: bytes
    file_name: str
    source: str


def fetch_places(address: str, *, limits: Limits, layer: str = "", client: Client | None = None) -> Fetched:
    """All features behind the address, of the layer named where there are several.

    Raises: CannotRead `not_an_address`, `no_answer`, `not_public`, `no_access`, `nothing_there`, `service_error`,
    `web_page`, `no_places`, `several_layers` (detail: their names, parted by |), `no_such_layer`,
    `service_too_large`, `incomplete`, `endless`.
    """
    asking = _Asking(settled(address), limits, client or new_client(address))
    content, ending, found = asking.found(layer)
    host = urlsplit(address).hostname or "dienst"
    name = "-".join(filter(None, [host, re.sub(r"\W+", "-", found).strip("-")]))
    return Fetched(content, f"{name[:80]}{ending}", f"{host} {found}".strip())


def settled(address: str) -> str:
    """The address without blanks. Raises: CannotRead `not_an_address`."""
    found = address.strip()
    try:
        parts = urlsplit(found)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_address = False
    if not is_address or parts.username or parts.password:
        raise CannotRead("not_an_address", found[:120])
    return found


def new_client(address: str) -> Client:
    """One that reaches public addresses, and this one wherever it is, because somebody entered it."""
    client = Client(tries=2, patience=PATIENCE)
    client.reach.enter(address)
    client.session.headers["Accept"] = ACCEPTED
    return client


class _Asking:
    """One conversation with a service; everything it gives counts against the same limits."""

    def __init__(self, address: str, limits: Limits, client: Client) -> None:
        self.address = address
        self.limits = limits
        self.client = client
        self.left = limits.size
        self.ends_at = time.monotonic() + LONGEST

    def found(self, layer: str) -> tuple[bytes, str, str]:
        """Content, ending and the name of the layer."""
        if wfs.is_meant(self.address) and asked_of(self.address, "request").lower() != "getfeature":
            return self._wfs(layer)
        try:
            return self._whatever(self._get(self.address), layer)
        except CannotRead as refusal:
            # A WFS without parameters answers with an error or with a page about itself.
            if refusal.code not in ("service_error", "web_page", "no_places", "no_answer"):
                raise
            try:
                return self._wfs(layer)
            except CannotRead as second:
                raise (second if second.code in ("several_layers", "no_such_layer") else refusal) from refusal

    def _whatever(self, answer: Answer, layer: str) -> tuple[bytes, str, str]:
        content = answer.content
        if content.startswith(SIGN):
            return content, ".gpkg", layer
        start = content.lstrip(b"\xef\xbb\xbf \r\n\t")
        if start[:1] == b"{":
            return self._json(answer, layer)
        if wfs.is_capabilities(start):
            return self._wfs(layer)
        if wfs.is_web_page(start):
            return self._again_as_json(answer, layer)
        if start[:1] == b"<":
            wfs.refuse_exception(content)
            return self._gml_pages(answer), ".gml", layer
        raise CannotRead("no_places")

    def _again_as_json(self, answer: Answer, layer: str) -> tuple[bytes, str, str]:
        """OGC APIs show a page to browsers and data to those who say f=json."""
        if asked_of(answer.url, "f"):
            raise CannotRead("web_page")
        try:
            second = self._get(with_query(self.address, {"f": "json"}))
        except CannotRead as refusal:
            raise CannotRead("web_page") from refusal
        if second.content.lstrip()[:1] != b"{":
            raise CannotRead("web_page")
        return self._json(second, layer)

    def _json(self, answer: Answer, layer: str) -> tuple[bytes, str, str]:
        said = _parsed(answer.content)
        if said.get("type") in ("FeatureCollection", "Feature"):
            return self._pages(answer, said), ".geojson", layer
        if isinstance(said.get("collections"), list):
            return self._collection(answer.url, said["collections"], layer)
        if items := _link(said, _ITEMS, answer.url):
            return self._items(items), ".geojson", str(said.get("id") or layer)
        if data := _link(said, _DATA, answer.url):
            inner = self._get(data)
            collections = _parsed(inner.content).get("collections")
            if isinstance(collections, list):
                return self._collection(inner.url, collections, layer)
        raise CannotRead("no_places")

    def _collection(self, base: str, collections: list[Any], layer: str) -> tuple[bytes, str, str]:
        known = {str(one["id"]): one for one in collections if isinstance(one, dict) and one.get("id")}
        titles = {str(one.get("title")): name for name, one in known.items()}
        name = _chosen(list(known), layer, titles)
        items = _link(known[name], _ITEMS, base)
        if not items:
            items = f"{base.partition('?')[0].rstrip('/')}/{name}/items"
        return self._items(items), ".geojson", name

    def _items(self, address: str) -> bytes:
        asked = address if asked_of(address, "limit") else with_query(address, {"limit": str(A_PAGE)})
        answer = self._get(asked)
        if answer.content.lstrip()[:1] != b"{":
            answer = self._get(with_query(asked, {"f": "json"}))
        return self._pages(answer, _parsed(answer.content))

    def _pages(self, answer: Answer, first: dict[str, Any]) -> bytes:
        """The collection with the features of all pages, by their `next` links."""
        url, page = answer.url, first
        if not _link(page, {"next"}, url):
            _refuse_less(page.get("numberMatched"), len(page.get("features") or []))
            return answer.content
        features, seen = list(page.get("features") or []), {url}
        while following := _link(page, {"next"}, url):
            if following in seen or len(seen) > MOST_PAGES:
                raise CannotRead("endless")
            seen.add(following)
            page, url = _parsed(self._get(following).content), following
            features.extend(page.get("features") or [])
        return json.dumps({**first, "features": features, "links": []}).encode()

    def _wfs(self, layer: str) -> tuple[bytes, str, str]:
        question = wfs.capabilities_address(self.address)
        offer = wfs.offer_of(self._get(question, limit=LARGEST_DOCUMENT).content)
        name = _chosen(
            [one.name for one in offer.layers], layer, {one.title: one.name for one in offer.layers}
        )
        answer = self._get(wfs.features_address(self.address, offer, name))
        if answer.content.lstrip()[:1] == b"{":
            said = _parsed(answer.content)
            return self._pages(answer, said), ".geojson", name
        wfs.refuse_exception(answer.content)
        return self._gml_pages(answer), ".gml", name

    def _gml_pages(self, answer: Answer) -> bytes:
        """The first page with the features of those that its `next` names (WFS 2.0)."""
        pages, url, seen = [answer.content], answer.url, {answer.url}
        while following := wfs.next_page(pages[-1]):
            url = urljoin(url, following)
            if url in seen or len(seen) > MOST_PAGES:
                raise CannotRead("endless")
            seen.add(url)
            pages.append(self._get(url).content)
        if len(pages) > 1:
            return wfs.joined(pages)
        if less := wfs.left_out(pages[0]):
            raise CannotRead("incomplete", less)
        return pages[0]

    def _get(self, url: str, *, limit: int = 0) -> Answer:
        if time.monotonic() > self.ends_at:
            raise CannotRead("no_answer", "too_slow")
        try:
            answer = self.client.get(url, limit=min(limit or self.left, self.left))
        except CannotFetch as refusal:
            raise _refused(refusal) from refusal
        self.left -= len(answer.content)
        if not answer.content.strip():
            raise CannotRead("no_places")
        return answer


def _chosen(names: list[str], wanted: str, titles: dict[str, str]) -> str:
    """The layer of that name, title, or name without its prefix; the only one there is where none is wanted."""
    if not names:
        raise CannotRead("no_places")
    if not wanted and len(names) == 1:
        return names[0]
    if not wanted:
        raise CannotRead("several_layers", " | ".join(names[:60]))
    short = {name.rpartition(":")[2]: name for name in names}
    found = wanted if wanted in names else titles.get(wanted) or short.get(wanted)
    if not found:
        raise CannotRead("no_such_layer", wanted[:120])
    return found


def _refuse_less(matched: Any, count: int) -> None:
    """A service that keeps some back and does not say where they are would lose them without a word."""
    if isinstance(matched, int) and matched > count:
        raise CannotRead("incomplete", f"{count}/{matched}")


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise CannotRead("broken", "json") from error
    if not isinstance(said, dict):
        raise CannotRead("no_places")
    return said


def _link(said: dict[str, Any], relations: frozenset[str] | set[str], base: str) -> str:
    """The address of a link of that relation, as JSON where there is a choice; empty without one."""
    links = said.get("links")
    found = [
        one
        for one in (links if isinstance(links, list) else [])
        if isinstance(one, dict) and one.get("rel") in relations and isinstance(one.get("href"), str)
    ]
    found.sort(key=lambda one: "json" not in str(one.get("type", "json")))
    return urljoin(base, found[0]["href"]) if found else ""


def _refused(refusal: CannotFetch) -> CannotRead:
    if refusal.status in _LOGIN:
        return CannotRead("no_access", str(refusal.status))
    if refusal.status in _GONE:
        return CannotRead("nothing_there", f"HTTP {refusal.status}")
    if refusal.status is not None:
        said = wfs.exception_words(refusal.content)
        return (
            CannotRead("service_error", said) if said else CannotRead("no_answer", f"HTTP {refusal.status}")
        )
    if refusal.code == "too_large":
        return CannotRead("service_too_large")
    if refusal.code in ("not_public", "of_the_machine"):
        return CannotRead("not_public", refusal.detail)
    return CannotRead("no_answer", refusal.code)
