"""Data sheets: what the indicators say of a concept, a draft, some districts, or an area somebody draws."""

from collections.abc import Sequence
from typing import Any

import orjson
import shapely
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from shapely.geometry.base import BaseGeometry

from dreiklang.concepts import queries as concepts
from dreiklang.core.documents import as_pdf
from dreiklang.core.tables.write import Column as Written
from dreiklang.measures import queries as measures
from dreiklang.measures.rules import MeasureFilter
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.data_sheet import SheetForm
from dreiklang.monitoring.queries.data_sheets import DataSheet, data_sheet
from dreiklang.monitoring.views import sheet_words as words
from dreiklang.monitoring.views.profile_words import sources
from dreiklang.monitoring.views.sheet_asked import AskedArea, asked_area
from dreiklang.monitoring.views.sheet_document import how, sheet_document
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.places import queries as places
from dreiklang.places.rules.placed import Placed
from dreiklang.ui.downloads import as_file, csv_file, xlsx_file

NAME = "datenblatt"


@require_safe
def sheet(request: ViewerRequest) -> HttpResponse:
    """The sheet that is asked for, or the ways to one."""
    asked = asked_area(request)
    if asked is None or asked.geometry is None:
        return render(request, "monitoring/data_sheet_ways.html", _ways(request, asked))
    city = places.municipality()
    found = data_sheet(request.viewer, geometry=asked.geometry, ags=city.ags)
    if request.GET.get("format") in _FORMATS:
        return _FORMATS[request.GET["format"]](found, asked)
    return render(request, "monitoring/data_sheet.html", {"city": city} | _context(request, asked, found))


@require_safe
def sheet_pdf(request: ViewerRequest) -> HttpResponse:
    """The same to print."""
    asked = asked_area(request)
    if asked is None or asked.geometry is None:
        raise Http404
    city = places.municipality()
    found = data_sheet(request.viewer, geometry=asked.geometry, ags=city.ags)
    document = sheet_document(
        found,
        title=asked.title,
        city=city.name,
        running=_running(request, asked.geometry),
        today=timezone.localdate(),
        language="en" if get_language() == "en" else "de",
    )
    return as_file(as_pdf(document), f"{NAME}.pdf", "application/pdf")


def _ways(request: ViewerRequest, asked: AskedArea | None) -> dict[str, Any]:
    rows = places.areas(request.viewer)
    form = SheetForm(request.GET, viewer=request.viewer, areas=rows)
    shapes = places.area_shapes(request.viewer)
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": one.name},
                "geometry": orjson.loads(shapely.to_geojson(shapely.simplify(one.geometry, 0.0003))),
            }
            for one in shapes
            if one.is_ours
        ],
    }
    return {"form": form, "asked": asked, "ground": collection, "has_shapes": bool(shapes)}


def _context(request: ViewerRequest, asked: AskedArea, found: DataSheet) -> dict[str, Any]:
    params = request.GET.copy()
    params.pop("format", None)
    return {
        "asked": asked,
        "sheet": found,
        "sentence": words.sentence(found),
        "size": words.size_words(found),
        "lines": words.worded(found),
        "parts": words.parts_words(found),
        "running": _running(request, asked.geometry),
        "how": how(),
        "sources": sources(found.lines),
        "stand": timezone.localdate(),
        "marked": [one.area.pk for one in found.parts],
        "query": params.urlencode(),
        "grant": _grant_url(request, params.urlencode()),
        "pdf": f"{reverse('monitoring:data_sheet_pdf')}?{params.urlencode()}",
    }


def _grant_url(request: ViewerRequest, query: str) -> str:
    """Where a grant sheet of the same area is filled; nowhere for those who fill none."""
    if not may(request.viewer, permissions.FILL_SHEET):
        return ""
    return f"{reverse('monitoring:grant-sheet-new')}?{query}"


def _running(request: ViewerRequest, geometry: BaseGeometry | None) -> Sequence[Placed]:
    """Measures and concepts whose own place meets the area; those known by district only stand on its page."""
    if geometry is None:
        return ()
    today, bounds = timezone.localdate(), geometry.bounds
    terms = measures.terms_of(today=today)
    found = measures.placed_shapes(request.viewer, wanted=MeasureFilter(), terms=terms, bounds=bounds)
    found += concepts.placed_shapes(request.viewer, asked=concepts.ConceptFilter(), bounds=bounds)
    return [one for one in found if one.geometry is not None and one.geometry.intersects(geometry)]


def _as_csv(found: DataSheet, asked: AskedArea) -> HttpResponse:
    return csv_file([Written(head) for head in words.heads()], map(words.exported, found.lines), name=NAME)


def _as_xlsx(found: DataSheet, asked: AskedArea) -> HttpResponse:
    columns = [Written(head) for head in words.heads()]
    return xlsx_file(columns, map(words.exported, found.lines), name=NAME, title=asked.title)


_FORMATS = {"csv": _as_csv, "xlsx": _as_xlsx}
