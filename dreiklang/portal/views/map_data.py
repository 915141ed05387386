"""What the map draws, as small as it can be said, and not sent again while nothing has changed."""

import hashlib
from collections.abc import Callable
from datetime import date

import orjson
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from shapely.geometry import box

from dreiklang.core.kept import state_name
from dreiklang.core.metres import in_degrees
from dreiklang.measures import queries as measures
from dreiklang.people.requests import ViewerRequest
from dreiklang.portal.forms import MapForm
from dreiklang.portal.queries.map import MEASURES, Layer, layer_of, map_frame
from dreiklang.portal.rules import Bounds, MapFrame, coarsest_for, compact

JSON = "application/json"
AROUND = 100_000.0  # metres
# Filters by numbers of records whose tables no state stands for.
UNWATCHED = ("aufgabe", "ziel")


@require_safe
@gzip_page
def layer_data(request: ViewerRequest, code: str) -> HttpResponse:
    """A layer: all its rows, and the shapes that show at the asked resolution (`aufloesung`, metres a pixel).

    With `ausschnitt` (metres: west,south,east,north) only the shapes of that part, for whoever comes nearer.
    """
    layer = layer_of(code)
    if layer is None:
        raise Http404
    today = timezone.localdate()
    frame = map_frame(request.viewer)
    resolution = coarsest_for(_number(request.GET.get("aufloesung", "")) or 16.0)
    part = _part(request.GET.get("ausschnitt", ""), frame)

    def written() -> bytes:
        wish = MapForm(request.GET, viewer=request.viewer, today=today).wish()
        bounds = _degrees(part, frame) if part else None
        records = layer.shapes(request.viewer, wish, bounds)
        found = compact(records, frame=frame, resolution=resolution)
        rows = [] if part else found.rows
        return orjson.dumps(
            {"rows": rows, "shapes": found.shapes, "step": found.step, "resolution": resolution}
        )

    return _answered(request, _name(request, layer, frame, today), written)


def _answered(request: ViewerRequest, name: str, write: Callable[[], bytes]) -> HttpResponse:
    """The answer, or 304 where the browser's copy still holds: known by its name before anything is asked."""
    if name and (unchanged := get_conditional_response(request, etag=quote_etag(name))):
        return _unshared(request, unchanged)
    content = write()
    etag = quote_etag(name or hashlib.sha256(content).hexdigest()[:32])
    answer = HttpResponse(content, content_type=JSON, headers={"ETag": etag})
    return _unshared(request, get_conditional_response(request, etag=etag, response=answer) or answer)


def _unshared(request: ViewerRequest, answer: HttpResponse) -> HttpResponse:
    """Kept by the browser that asks each time whether it still holds; what staff see in no other place."""
    patch_cache_control(answer, no_cache=True, **({"private": True} if request.viewer.is_logged_in else {}))
    return answer


def _name(request: ViewerRequest, layer: Layer, frame: MapFrame, today: date) -> str:
    """The name of the answer by the state of the data; empty where tables are read that no state stands for."""
    is_named = layer.code == MEASURES and not any(request.GET.get(name) for name in UNWATCHED)
    state = state_name() if is_named else ""
    if not state:
        return ""
    terms = measures.terms_of(today=today)
    said = (
        state,
        terms,
        frame,
        request.viewer.account_id,
        request.viewer.is_internal,
        request.GET.urlencode(),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None


def _part(text: str, frame: MapFrame) -> Bounds | None:
    """The four edges, no further from the city than maps reach; None where the text names no part."""
    try:
        west, south, east, north = (float(one) for one in text.split(","))
    except ValueError:
        return None
    least, lowest, most, highest = frame.bounds
    west, south = max(west, least - AROUND), max(south, lowest - AROUND)
    east, north = min(east, most + AROUND), min(north, highest + AROUND)
    return (west, south, east, north) if west < east and south < north else None


def _degrees(part: Bounds, frame: MapFrame) -> Bounds:
    west, south, east, north = in_degrees([box(*part)], srid=frame.srid)[0].bounds
    return (west, south, east, north)
