"""Links of the documents: every one absolute, with what it is (`rel`) and in which form (`type`)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from dreiklang.opendata.queries import Collection
from dreiklang.opendata.views.answers import GEOJSON, HTML, JSON

Link = dict[str, str]


def origin() -> str:
    """Where the site is known: the configured address, never what a request claims."""
    return str(settings.SITE_URL)


def link(path: str, rel: str, kind: str, title: Any = "", **parameters: Any) -> Link:
    """One link; `parameters` go behind the path."""
    tail = f"?{urlencode(parameters)}" if parameters else ""
    made = {"href": f"{origin()}{path}{tail}", "rel": rel, "type": kind}
    return made | ({"title": str(title)} if title else {})


def both(request: HttpRequest, kind: str, **changed: Any) -> list[Link]:
    """This document itself and the same as a page; `changed` parameters instead of those asked."""
    path = quote(request.path, safe="/~:@!$&'()*+,;=")
    asked = _asked(request, changed)
    return [
        link(path, "self", kind, **asked),
        link(path, "alternate", HTML, **{**asked, "f": "html"}),
    ]


def here(request: HttpRequest, **changed: Any) -> str:
    """This document with other parameters, as a page links to it."""
    return f"?{urlencode(_asked(request, changed))}"


def steps(
    request: HttpRequest, *, kind: str, before: int | None, after: int | None, limit: int
) -> list[Link]:
    """The stretch before and the one after, where there is one."""
    found = []
    for rel, offset in (("prev", before), ("next", after)):
        if offset is not None:
            asked = _asked(request, {"limit": limit, "offset": offset})
            found.append(link(request.path, rel, kind, **asked))
    return found


def of_collection(of: Collection) -> list[Link]:
    """A collection's own links: itself, its features in both forms, its licence."""
    path = reverse("opendata:collection", args=[of.id])
    items = reverse("opendata:items", args=[of.id])
    return [
        link(path, "self", JSON, of.title, f="json"),
        link(path, "alternate", HTML, of.title, f="html"),
        link(items, "items", GEOJSON, of.title, f="json"),
        link(items, "items", HTML, of.title, f="html"),
        link(reverse("portal:data"), "license", HTML),
    ]


def item_path(of: Collection, key: str | int) -> str:
    """The path of one feature."""
    return reverse("opendata:item", args=[of.id, str(key)])


def _asked(request: HttpRequest, changed: Mapping[str, Any]) -> dict[str, Any]:
    return {**request.GET.dict(), **changed}
