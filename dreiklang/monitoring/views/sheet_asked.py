"""Which area a data sheet is about, as the address says: a concept, a check of a draft, districts, or one drawn."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import shapely
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from dreiklang.concepts import queries as concepts
from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.core.place_form import CannotPlace, place_of, refusal_words
from dreiklang.core.tables import CannotRead
from dreiklang.monitoring.forms.data_sheet import MOST_LETTERS
from dreiklang.papers.queries.checks import check_page
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import Viewer
from dreiklang.places import queries as places

# In a title more districts than this are counted.
MOST_NAMED = 4
# What papers call the districts they touch.
AREA = "area"


@dataclass(frozen=True)
class AskedArea:
    """The area with its name and the page it comes from; without a geometry `why_not` says why.

    A drawn one has no name of its own: its title only says that it was drawn.
    """

    title: str
    url: str = ""
    geometry: BaseGeometry | None = None
    why_not: str = ""
    is_drawn: bool = False


def asked_area(request: ViewerRequest) -> AskedArea | None:
    """The area that is asked for; None where nobody asks for any. Raises: Http404 for a record nobody may know of."""
    said = request.GET
    if number := said.get("konzept"):
        return _of_concept(request.viewer, number)
    if number := said.get("vorlage-pruefung"):
        return _of_check(request.viewer, number)
    if slugs := [one for one in said.getlist("gebiete") if one]:
        return _of_areas(request.viewer, slugs)
    if written := said.get("flaeche", "").strip():
        return _drawn(written)
    return None


def _of_concept(viewer: Viewer, number: str) -> AskedArea:
    page = concepts.concept(viewer, number=number)
    if page is None:
        raise Http404
    title = f"{page.line.number} {page.line.title}"
    if page.geometry is not None:
        return AskedArea(title, page.line.url, page.geometry)
    why = _("Dieses Konzept hat noch keinen räumlichen Schwerpunkt.")
    return _united(viewer, title, page.line.url, page.area_ids, why)


def _of_check(viewer: Viewer, number: str) -> AskedArea:
    if not viewer.is_internal:
        raise Http404
    try:
        page = check_page(viewer, number=number, today=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    named = {ref.key or ref.title for kind, refs in page.touched.items() if kind == AREA for ref in refs}
    ids = [row.pk for row in places.areas(viewer) if row.slug in named]
    why = _("Bei dieser Prüfung hat noch niemand bestätigt, welche Stadtteile die Vorlage berührt.")
    title = _("Prüfung %(number)s") % {"number": number}
    return _united(viewer, title, reverse("papers:check", args=[number]), ids, why)


def _of_areas(viewer: Viewer, slugs: Collection[str]) -> AskedArea:
    rows = [row for row in places.areas(viewer) if f"{row.level_key}:{row.slug}" in slugs]
    if not rows:
        return AskedArea(_("Gewählte Gebiete"), why_not=_("Diese Gebiete gibt es hier nicht."))
    names = [row.name for row in rows]
    title = text.listing(names) if len(names) <= MOST_NAMED else _("%(n)s Gebiete") % {"n": len(names)}
    return _united(viewer, title, "", [row.pk for row in rows], _("Für diese Gebiete fehlen die Grenzen."))


def _drawn(written: str) -> AskedArea:
    title = _("Gezeichnete Fläche")
    if len(written) > MOST_LETTERS:
        return AskedArea(title, why_not=_("Die Fläche hat zu viele Punkte. Bitte zeichnen Sie sie gröber."))
    try:
        found = place_of(written.encode())
    except CannotRead as refusal:
        return AskedArea(title, why_not=refusal_words(refusal))
    except CannotPlace as refusal:
        return AskedArea(title, why_not=str(refusal.words))
    return AskedArea(title, geometry=found, is_drawn=True)


def _united(viewer: Viewer, title: str, url: str, ids: Collection[int], why: str) -> AskedArea:
    shapes: Any = [one.geometry for one in _shapes(viewer, ids)]
    return AskedArea(title, url, shapely.union_all(shapes)) if shapes else AskedArea(title, url, why_not=why)


def _shapes(viewer: Viewer, ids: Collection[int]) -> list[places.AreaShape]:
    wanted = set(ids)
    return [one for one in places.area_shapes(viewer, ids=wanted) if one.pk in wanted] if wanted else []
