"""The city's catalogue as DCAT-AP.de 3.0, page by page, and each dataset of it: RDF/XML, Turtle, JSON-LD."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from dreiklang.core.errors import NotFound
from dreiklang.core.rdf import Triple, as_jsonld, as_rdfxml, as_turtle
from dreiklang.monitoring.queries.catalogue_export import (
    ExportPage,
    export_page,
    triples_of_dataset,
    triples_of_page,
)
from dreiklang.monitoring.rules.dcat.vocabulary import PREFIXES
from dreiklang.opendata.views.links import origin

_FORMS: Mapping[str, tuple[str, Callable[..., Iterator[str]]]] = {
    "rdf": ("application/rdf+xml", as_rdfxml),
    "ttl": ("text/turtle", as_turtle),
    "jsonld": ("application/ld+json", as_jsonld),
}


@require_safe
def catalog(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One page of the catalogue. What the public may see, whoever asks."""
    try:
        page = export_page(number=_number(request))
    except NotFound as missing:
        raise Http404 from missing
    address = f"{origin()}{reverse('opendata:catalog', args=[_known(kind)])}"
    tag = _tag(page, kind)
    unchanged = get_conditional_response(request, etag=tag)
    answer = unchanged or _answer(kind, triples_of_page(page, address=address))
    answer["ETag"] = tag
    if links := _links(page, address, _FORMS[kind][0]):
        answer["Link"] = links
    return _open(answer)


@require_safe
def dataset(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """One dataset of the catalogue."""
    try:
        triples = list(triples_of_dataset(pk))
    except NotFound as missing:
        raise Http404 from missing
    _media_type, write = _FORMS[_known(kind)]
    body = "".join(write(triples, prefixes=PREFIXES)).encode()
    answer = HttpResponse(body, content_type=f"{_FORMS[kind][0]}; charset=utf-8")
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    answer["ETag"] = tag
    checked = get_conditional_response(request, etag=tag, response=answer)
    return _open(checked or answer)


def _answer(kind: str, triples: Iterable[Triple]) -> HttpResponseBase:
    """Written while it is read, so that a page never lies in memory whole."""
    media_type, write = _FORMS[kind]
    pieces = (piece.encode() for piece in write(triples, prefixes=PREFIXES))
    return StreamingHttpResponse(pieces, content_type=f"{media_type}; charset=utf-8")


def _known(kind: str) -> str:
    if kind not in _FORMS:
        raise Http404
    return kind


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 8):
        raise Http404
    return int(asked)


def _tag(page: ExportPage, kind: str) -> str:
    return f'W/"{hashlib.blake2b(f"{page.state}-{kind}".encode(), digest_size=12).hexdigest()}"'


def _links(page: ExportPage, address: str, media_type: str) -> str:
    """First, previous, next and last page, as RFC 8288 says them."""
    numbers = {"first": 1, "last": page.count}
    if page.number > 1:
        numbers["prev"] = page.number - 1
    if page.number < page.count:
        numbers["next"] = page.number + 1
    return ", ".join(
        f'<{address}?page={number}>; rel="{rel}"; type="{media_type}"' for rel, number in numbers.items()
    )


def _open(answer: HttpResponseBase) -> HttpResponseBase:
    """Any page on the web may read it: it depends on no cookie."""
    answer["Cache-Control"] = "public, no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Link"
    return answer
