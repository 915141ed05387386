"""Indicators as public data, under /api/v1/indicators. Reading only, without login: always what the public sees."""

from typing import Annotated, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Field, Router

from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.indicator_data import (
    indicator_facts,
    indicator_for_data,
    public_indicators,
    public_record,
)
from dreiklang.monitoring.queries.indicator_values import value_data, value_rows
from dreiklang.people.rules import PUBLIC

router = Router()

MOST = 1000


@router.get("", summary=_("Alle öffentlichen Indikatoren mit ihrer Festlegung"), url_name="indicators")
def indicators(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100,
    after: str = "",
) -> HttpResponse:
    """Public indicators in the order of their keys; `next` is the key to read on after, null at the end."""
    rows = public_indicators(after=after, limit=limit + 1)
    shown = rows[:limit]
    more = shown[-1].key if len(rows) > limit else None
    return _json({"indicators": [indicator_facts(one) for one in shown], "next": more})


@router.get(
    "/{slug:key}/observations",
    summary=_("Die freigegebenen Werte eines Indikators, alle Gebiete und Zeiten"),
    url_name="observations",
)
def observations(
    request: HttpRequest,
    key: str,
    limit: Annotated[int, Field(ge=1, le=MOST)] = MOST,
    after: Annotated[int, Field(ge=0)] = 0,
) -> HttpResponse:
    """Values in force; `next` is where to read on, null at the end."""
    indicator = _one(key)
    rows = list(value_rows(PUBLIC, indicator=indicator, after=after, limit=limit + 1))
    shown = rows[:limit]
    more = shown[-1].at if len(rows) > limit else None
    return _json(
        {"key": key, "unit": indicator.unit, "observations": [value_data(row) for row in shown], "next": more}
    )


@router.get(
    "/{slug:key}",
    summary=_("Ein Indikator mit Zielwerten, Brüchen, Fassungen und Bezügen"),
    url_name="indicator",
)
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator with all that hangs on it."""
    return _json(indicator_facts(_one(key)) | public_record(key=key))


def _one(key: str) -> Indicator:
    found = indicator_for_data(PUBLIC, key=key)
    if found is None:
        raise Http404
    return found


def _json(data: Any) -> HttpResponse:
    # Written at once: ninja would copy and check every value first.
    return HttpResponse(orjson.dumps(data), content_type="application/json")
