"""What there is: landing page, conformance, description for programs, collections."""

import math
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.core.features import Extent
from dreiklang.opendata.queries import COLLECTIONS, Collection, collection_of
from dreiklang.opendata.rules import CRS84, LONGEST, SYSTEMS
from dreiklang.opendata.views.answers import (
    DESCRIPTION,
    HTML,
    JSON,
    OPENAPI,
    PAGES,
    asked_of,
    data_answer,
    interface,
    page_answer,
)
from dreiklang.opendata.views.description import description
from dreiklang.opendata.views.links import both, link, of_collection, origin
from dreiklang.opendata.views.words import PROPERTIES
from dreiklang.people.rules import PUBLIC
from dreiklang.places.queries import attributions, municipality

_FEATURES_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CONFORMS_TO = (
    f"{_FEATURES_1}core",
    f"{_FEATURES_1}geojson",
    f"{_FEATURES_1}oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
_CALENDAR = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_DEGREE_DIGITS = 7


@interface(PAGES)
def landing(request: HttpRequest, *, form: str) -> HttpResponse:
    """Where everything begins."""
    asked_of(request)
    city = municipality()
    data = {
        "title": _("%(city)s: Stadtentwicklung als Geodaten") % {"city": city.name},
        "description": _(
            "Maßnahmen, Fachkonzepte, förmliche Pläne und Gebiete nach OGC API – Features. "
            "Nur lesend, ohne Anmeldung: alles, was auf den Seiten öffentlich ist."
        ),
        "attribution": _attribution(),
        "links": [
            *both(request, JSON),
            link(reverse("opendata:api"), "service-desc", OPENAPI, _("Beschreibung für Programme"), f="json"),
            link(reverse("opendata:api"), "service-doc", HTML, _("Beschreibung für Menschen"), f="html"),
            link(reverse("opendata:conformance"), "conformance", JSON, _("Was davon erfüllt ist"), f="json"),
            link(reverse("opendata:collections"), "data", JSON, _("Die Sammlungen"), f="json"),
            link(reverse("portal:data"), "license", HTML, _("Lizenz und Quellen")),
        ],
    }
    if form == "html":
        return page_answer(
            request,
            "opendata/landing.html",
            {"data": data, "collections": COLLECTIONS, "root": f"{origin()}{request.path}"},
        )
    return data_answer(request, data)


@interface(PAGES)
def conformance(request: HttpRequest, *, form: str) -> HttpResponse:
    """Which classes of the standards are fulfilled."""
    asked_of(request)
    data = {"conformsTo": CONFORMS_TO, "links": both(request, JSON)}
    if form == "html":
        return page_answer(request, "opendata/conformance.html", {"data": data})
    return data_answer(request, data)


@interface(DESCRIPTION)
def api(request: HttpRequest, *, form: str) -> HttpResponse:
    """The description of all addresses: OpenAPI 3.0, and as a list."""
    asked_of(request)
    data = description(server=f"{origin()}{reverse('opendata:landing').rstrip('/')}")
    if form == "html":
        return page_answer(request, "opendata/api.html", {"rows": _operations(data), "data": data})
    return data_answer(request, data, kind=OPENAPI)


def _operations(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "path": path,
            "summary": operations["get"]["summary"],
            "parameters": [one["name"] for one in operations["get"]["parameters"]],
        }
        for path, operations in data["paths"].items()
    ]


@interface(PAGES)
def collections(request: HttpRequest, *, form: str) -> HttpResponse:
    """Every collection."""
    asked_of(request)
    data = {
        "links": both(request, JSON),
        "crs": [one.uri for one in SYSTEMS],
        "collections": [_described(one, one.extent()) for one in COLLECTIONS],
    }
    if form == "html":
        return page_answer(request, "opendata/collections.html", {"data": data})
    return data_answer(request, data)


@interface(PAGES)
def collection(request: HttpRequest, *, form: str, collection_id: str) -> HttpResponse:
    """One collection."""
    asked_of(request)
    of = collection_of(collection_id)
    extent = of.extent()
    data = _described(of, extent)
    if form == "html":
        return page_answer(
            request,
            "opendata/collection.html",
            {
                "data": data,
                "of": of,
                "extent": extent,
                "systems": SYSTEMS,
                "most": LONGEST,
                "properties": [(name, PROPERTIES[name], of.filters.get(name)) for name in of.properties],
            },
        )
    return data_answer(request, data)


def _described(of: Collection, extent: Extent) -> dict[str, Any]:
    held: dict[str, Any] = {}
    if extent.bounds is not None:
        held["spatial"] = {"bbox": [_outwards(extent.bounds)], "crs": CRS84.uri}
    if extent.is_dated:
        interval = [_instant(extent.begins_on, 0), _instant(extent.ends_on, 1)]
        held["temporal"] = {"interval": [interval], "trs": _CALENDAR}
    described: dict[str, Any] = {
        "id": of.id,
        "title": str(of.title),
        "description": str(of.description),
        "attribution": _attribution(),
        "links": of_collection(of),
        "itemType": "feature",
        "crs": [one.uri for one in SYSTEMS],
        "storageCrs": CRS84.uri,
    }
    return described | ({"extent": held} if held else {})


def _outwards(bounds: tuple[float, float, float, float]) -> list[float]:
    """Rounded as the features are, and still around all of them."""
    west, south, east, north = bounds
    step = 10**_DEGREE_DIGITS
    low = [math.floor(value * step) / step for value in (west, south)]
    return low + [math.ceil(value * step) / step for value in (east, north)]


def _instant(day: date | None, later: int) -> str | None:
    """The begin of the day in the city, or `later` days on its last second before."""
    if day is None:
        return None
    begin = datetime.combine(day + timedelta(days=later), time(), timezone.get_default_timezone())
    return f"{(begin - timedelta(seconds=later)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _attribution() -> str:
    """The city, and where its borders come from."""
    return "; ".join([municipality().name, *attributions(PUBLIC)])
