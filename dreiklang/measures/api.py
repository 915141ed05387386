"""Measures as public data, under /api/v1/measures. Reading only, without login."""

from typing import Annotated, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _
from ninja import Field, Router

from dreiklang.core.errors import NotFound
from dreiklang.measures.queries.data import measure_data, measures_data

router = Router()

MOST = 1000


@router.get("", summary=_("Alle öffentlichen Maßnahmen mit Stand, Bezügen und Verlauf"), url_name="measures")
def measures(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Field(ge=0)] = 0,
) -> HttpResponse:
    """Public measures in the order of their numbers; `count` says how many there are."""
    return _json(measures_data(today=localdate(), limit=limit, offset=offset))


@router.get(
    "/{path:number}/reports",
    summary=_("Der Verlauf einer Maßnahme, neuester Bericht zuerst"),
    url_name="reports",
)
def reports(request: HttpRequest, number: str) -> HttpResponse:
    """The course of one measure."""
    return _json({"number": number, "reports": _one(number)["reports"]})


@router.get("/{path:number}", summary=_("Eine Maßnahme, mit ihrer Lage als GeoJSON"), url_name="measure")
def measure(request: HttpRequest, number: str) -> HttpResponse:
    """One measure."""
    return _json(_one(number))


def _one(number: str) -> dict[str, Any]:
    try:
        return measure_data(number=number, today=localdate())
    except NotFound as missing:
        raise Http404 from missing


def _json(data: Any) -> HttpResponse:
    # Written at once: ninja would copy and check every value first.
    return HttpResponse(orjson.dumps(data), content_type="application/json")
