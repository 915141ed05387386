"""Resolutions and papers as public data, under /api/v1/. Reading only, without login."""

from typing import Annotated, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _
from ninja import Field, Router

from dreiklang.core.errors import NotFound
from dreiklang.papers.queries.papers.data import paper_data, papers_data
from dreiklang.papers.queries.resolutions import resolution_data, resolutions_data

resolutions, papers = Router(), Router()

MOST = 1000


@resolutions.get("", summary=_("Alle öffentlichen Beschlüsse, und was daraus wurde"), url_name="resolutions")
def all_resolutions(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Field(ge=0)] = 0,
) -> HttpResponse:
    """Public resolutions, newest first; `count` says how many there are."""
    return _json(resolutions_data(today=localdate(), limit=limit, offset=offset))


@resolutions.get("/{path:number}", summary=_("Ein Beschluss mit allen Berichten"), url_name="resolution")
def one_resolution(request: HttpRequest, number: str) -> HttpResponse:
    """One resolution by its number."""
    try:
        return _json(resolution_data(number=number, today=localdate()))
    except NotFound as missing:
        raise Http404 from missing


@papers.get("", summary=_("Alle öffentlichen Vorlagen mit ihrer Beratungsfolge"), url_name="papers")
def all_papers(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Field(ge=0)] = 0,
) -> HttpResponse:
    """Public papers, newest first; `count` says how many there are."""
    return _json(papers_data(today=localdate(), limit=limit, offset=offset))


@papers.get("/{key}", summary=_("Eine Vorlage mit dem, was sie berührt"), url_name="paper")
def one_paper(request: HttpRequest, key: str) -> HttpResponse:
    """One paper by the key of its address."""
    try:
        return _json(paper_data(key=key, today=localdate()))
    except NotFound as missing:
        raise Http404 from missing


def _json(data: Any) -> HttpResponse:
    # Written at once: ninja would copy and check every value first.
    return HttpResponse(orjson.dumps(data), content_type="application/json")
