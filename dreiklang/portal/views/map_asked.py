"""What the address of the map asks for: filters, layers, and what only the script reads."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from dreiklang.people.requests import ViewerRequest
from dreiklang.portal.forms import MapForm, is_year
from dreiklang.portal.queries.map import LAYERS, Layer, MapWish

LAYER_KEY = "ebenen"
# What the script keeps in the address bar and no list asks about.
VIEW_KEYS = ("ort", "massstab", "auswahl", "grund", "karten", "titel", "ausschnitt", "druck", LAYER_KEY)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: filters, and the layers that are on."""

    form: MapForm
    wish: MapWish
    layers: tuple[Layer, ...]


def asked_of(request: ViewerRequest) -> Asked:
    """Reads the address; years that are none and layers that there are none of are passed over."""
    form = MapForm(_readable(request.GET), viewer=request.viewer, today=timezone.localdate())
    return Asked(form, form.wish(), _layers(request.GET))


def _readable(params: QueryDict) -> QueryDict:
    """Without a year that is none: it narrows nothing, so no page may call itself filtered by it."""
    if is_year(params.get("jahr", "")):
        return params
    kept = params.copy()
    kept.pop("jahr", None)
    return kept


def _layers(params: QueryDict) -> tuple[Layer, ...]:
    """The layers named; the usual ones where none is named or none of those named is known. All may be off."""
    named = {code for value in params.getlist(LAYER_KEY) for code in value.split(",") if code}
    known = tuple(one for one in LAYERS if one.code in named)
    if known or (LAYER_KEY in params and not named):
        return known
    return tuple(one for one in LAYERS if one.is_on)


def filters_of(params: QueryDict) -> str:
    """The filters alone as a query string, for the table, the print and the data."""
    kept = _readable(params).copy()
    for name in (*VIEW_KEYS, "ebene", "lage", "sortierung", "seite", "spalte"):
        kept.pop(name, None)
    for name, value in list(kept.items()):
        if not value:
            del kept[name]
    return kept.urlencode()


def without_view(params: QueryDict) -> QueryDict:
    """What filters, without what only moves the map."""
    kept = _readable(params).copy()
    for name in VIEW_KEYS:
        kept.pop(name, None)
    return kept
