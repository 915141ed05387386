"""The features of a collection, and one of them."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from dreiklang.opendata.queries import (
    Collection,
    Feature,
    FeaturePage,
    OneFeature,
    collection_of,
    feature,
    feature_page,
)
from dreiklang.opendata.rules import CRS84, LONGEST, Wanted, neighbours, system_of, wanted
from dreiklang.opendata.views.answers import (
    FEATURES,
    GEOJSON,
    HTML,
    JSON,
    asked_of,
    data_answer,
    interface,
    page_answer,
)
from dreiklang.opendata.views.links import Link, both, here, item_path, link, origin, steps
from dreiklang.opendata.views.words import PROPERTIES
from dreiklang.people.rules import PUBLIC
from dreiklang.places.queries import area_shapes

OF_ITEMS = ("limit", "offset", "bbox", "bbox-crs", "datetime", "crs")


@interface(FEATURES)
def items(request: HttpRequest, *, form: str, collection_id: str) -> HttpResponse:
    """A stretch of the features asked for."""
    of = collection_of(collection_id)
    said = asked_of(request, *OF_ITEMS, *of.filters)
    asked = wanted(said, filters=of.filters, zone=timezone.get_default_timezone())
    page = feature_page(of, asked=asked, today=timezone.localdate(), origin=origin())
    before, after = neighbours(offset=asked.offset, limit=asked.limit, matched=page.matched)
    if form == "html":
        return page_answer(request, "opendata/items.html", _shown(request, of, page, asked, before, after))
    data = {
        "type": "FeatureCollection",
        "features": page.features,
        "numberMatched": page.matched,
        "numberReturned": len(page.features),
        "links": [
            *both(request, GEOJSON),
            *steps(request, kind=GEOJSON, before=before, after=after, limit=asked.limit),
            *_up(of),
        ],
    }
    headers = {"Content-Crs": f"<{asked.system.uri}>"} | _saved(form, of.id)
    return data_answer(request, data, kind=GEOJSON, last=_time(), headers=headers)


@interface(FEATURES)
def item(request: HttpRequest, *, form: str, collection_id: str, feature_id: str) -> HttpResponse:
    """One feature."""
    of = collection_of(collection_id)
    said = asked_of(request, "crs")
    system = system_of(said["crs"], name="crs") if "crs" in said else CRS84
    today = timezone.localdate()
    found = feature(of, key=feature_id, today=today, origin=origin(), system=system)
    if form == "html":
        return page_answer(request, "opendata/item.html", _described(request, of, found))
    data = {**found.feature, "links": [*both(request, GEOJSON), *_up(of)]}
    headers = {"Content-Crs": f"<{system.uri}>"} | _saved(form, feature_id)
    return data_answer(request, data, kind=GEOJSON, headers=headers)


def _up(of: Collection) -> list[Link]:
    """The collection, in both forms."""
    path = reverse("opendata:collection", args=[of.id])
    return [
        link(path, "collection", JSON, of.title, f="json"),
        link(path, "collection", HTML, of.title, f="html"),
    ]


def _saved(form: str, name: str) -> dict[str, str]:
    """As a file to keep, for `f=geojson`."""
    if form != "geojson":
        return {}
    kept = "".join(one if one.isascii() and one.isalnum() else "-" for one in name)
    return {"Content-Disposition": f'attachment; filename="{kept}.geojson"'}


def _time() -> bytes:
    return f',"timeStamp":"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"'.encode()


def _shown(
    request: HttpRequest,
    of: Collection,
    page: FeaturePage,
    asked: Wanted,
    before: int | None,
    after: int | None,
) -> dict[str, Any]:
    """What the page of features shows; its links lead on with the same selection."""
    return {
        "of": of,
        "rows": [_row(of, one) for one in page.features],
        "matched": page.matched,
        "first": asked.offset + 1,
        "last": asked.offset + len(page.features),
        "previous": "" if before is None else here(request, f="html", offset=before),
        "next": "" if after is None else here(request, f="html", offset=after),
        "data_href": here(request, f="json"),
        "file_href": here(request, f="geojson", limit=LONGEST, offset=0),
    }


def _row(of: Collection, one: Feature) -> dict[str, Any]:
    properties = one["properties"]
    return {
        "key": properties.get("number") or properties.get("key") or one["id"],
        "title": properties.get("title") or properties.get("name"),
        "has_place": one["geometry"] is not None,
        "path": f"{item_path(of, one['id'])}?f=html",
    }


def _described(request: HttpRequest, of: Collection, found: OneFeature) -> dict[str, Any]:
    properties = found.feature["properties"]
    return {
        "of": of,
        "row": _row(of, found.feature),
        "properties": [(name, PROPERTIES[name], _as_read(value)) for name, value in properties.items()],
        "url": properties["url"].removeprefix(origin()),
        "geometry": found.geometry,
        "shapes": area_shapes(PUBLIC) if found.geometry is not None else (),
        "data_href": here(request, f="json"),
        "file_href": here(request, f="geojson"),
    }


def _as_read(value: Any) -> str:
    """A value as programs read it, without the signs of JSON; empty where it is null or empty."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)
