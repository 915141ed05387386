"""Asking an address what maps it offers: as WMS, as WMTS, or as the document it is."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings

from dreiklang.core.fetching import Answer, CannotFetch, Client, Patience
from dreiklang.places.imports.map_services import wms, wmts
from dreiklang.places.imports.map_services.records import CannotUse
from dreiklang.places.imports.map_services.xml import LONGEST, read_xml, tag
from dreiklang.places.rules.map_offers import Offer
from dreiklang.places.rules.map_services import bare_address, with_parameters
from dreiklang.ui.middleware import origin

# Somebody waits before the screen.
PATIENCE = Patience(connect=5, piece=10, whole=15)
LARGEST_DOCUMENT = 10_000_000
LOGIN = (401, 403, 407)
EXCEPTIONS = ("ServiceExceptionReport", "ExceptionReport", "WMTException")
# After these the same address may still answer to the other kind of question.
NOT_THIS_KIND = frozenset({"service_exception", "other_service", "html", "not_a_map", "http"})
# No name of a server holds a space or these.
_NO_HOST = re.compile(r"""[\s<>"'`{}|\\^]""")
_CODES = {"not_public": "inside", "elsewhere": "not_an_address"}


def offer_at(address: str, *, client: Client | None = None) -> Offer:
    """What maps the address offers. Raises: CannotUse."""
    bare = settled(address)
    asking = client or new_client(bare)
    first: CannotUse | None = None
    for question in _questions(address.strip(), bare):
        try:
            answer = fetched(asking, question, limit=LARGEST_DOCUMENT)
            return _offer(read_xml(answer.content), bare)
        except CannotUse as refusal:
            first = first or refusal
            if refusal.code not in NOT_THIS_KIND:
                raise
    raise first or CannotUse("not_a_map")


def settled(address: str) -> str:
    """The address as it is kept. Raises: CannotUse if visitors' browsers could not, or must not, ask it."""
    try:
        parts = urlsplit(address.strip())
        has_host = bool(parts.hostname) and not _NO_HOST.search(parts.netloc) and (parts.port or 1) > 0
    except ValueError as broken:
        raise CannotUse("not_an_address", address[:LONGEST]) from broken
    if parts.scheme not in ("http", "https") or not has_host:
        raise CannotUse("not_an_address", address[:LONGEST])
    if parts.username or parts.password:
        raise CannotUse("credentials")
    if not origin(address.strip()):
        # The grammar of a policy knows no such host: browsers pass it over and would show no picture of it.
        raise CannotUse("host_no_policy_names", parts.netloc[:LONGEST])
    if parts.scheme == "http" and settings.SITE_URL.startswith("https://"):
        raise CannotUse("mixed_content", address[:LONGEST])
    return bare_address(address)


def new_client(address: str) -> Client:
    """One that reaches public addresses, and this one wherever it is, because somebody entered it."""
    client = Client(tries=1, patience=PATIENCE)
    client.reach.enter(address)
    return client


def fetched(client: Client, address: str, *, limit: int) -> Answer:
    """What the address gives. Raises: CannotUse."""
    try:
        return client.get(address, limit=limit)
    except CannotFetch as refusal:
        if refusal.status in LOGIN:
            raise CannotUse("login", str(refusal.status)) from refusal
        if refusal.status is None:
            raise CannotUse(_CODES.get(refusal.code, refusal.code), refusal.detail) from refusal
        refuse_exception(refusal.content)
        raise CannotUse("http", str(refusal.status)) from refusal


def refuse_exception(content: bytes) -> None:
    """Say what the service says, if it says why it refuses. Raises: CannotUse."""
    try:
        root = read_xml(content)
    except CannotUse:
        return
    if tag(root) in EXCEPTIONS:
        raise CannotUse("service_exception", _said(root))


def _said(root: Element) -> str:
    codes = [value for one in root.iter() for name in ("code", "exceptionCode") if (value := one.get(name))]
    texts = [" ".join(text.split()) for one in root.iter() if (text := one.text) and text.strip()]
    return " ".join(dict.fromkeys((*codes, *texts)))[:LONGEST]


def _questions(address: str, bare: str) -> Iterator[str]:
    if urlsplit(address).path.lower().endswith(".xml"):
        yield address
        return
    asked = [
        with_parameters(bare, {"SERVICE": "WMS", "VERSION": "1.3.0", "REQUEST": "GetCapabilities"}),
        with_parameters(bare, {"SERVICE": "WMTS", "VERSION": "1.0.0", "REQUEST": "GetCapabilities"}),
    ]
    yield from reversed(asked) if "wmts" in address.lower() else asked


def _offer(root: Element, bare: str) -> Offer:
    name = tag(root)
    if name in EXCEPTIONS:
        raise CannotUse("service_exception", _said(root))
    if name in wms.ROOTS:
        found = wms.wms_offer(root, asked=bare, address=bare)
    elif name == wmts.ROOT and "wmts" in root.tag.lower():
        found = wmts.wmts_offer(root, asked=bare, address=bare)
    elif name == wmts.ROOT or name.endswith("_Capabilities"):
        raise CannotUse("other_service", root.tag.rpartition("}")[0].strip("{") or name)
    else:
        raise CannotUse("not_a_map", name[:LONGEST])
    if not found.layers:
        raise CannotUse("no_layers")
    return found
