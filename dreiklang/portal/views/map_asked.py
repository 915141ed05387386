"""What the address of the map asks for: filters, layers, and what only the script reads."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from dreiklang.people.requests import ViewerRequest
from dreiklang.portal.forms import MapForm
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
    """Reads the address; names of layers that there are none of are passed over."""
    form = MapForm(request.GET, viewer=request.viewer, today=timezone.localdate())
    return Asked(form, form.wish(), _layers(request.GET))


def _layers(params: QueryDict) -> tuple[Layer, ...]:
    if LAYER_KEY not in params:
        return tuple(one for one in LAYERS if one.is_on)
    named = {code for value in params.getlist(LAYER_KEY) for code in value.split(",")}
    return tuple(one for one in LAYERS if one.code in named)


def filters_of(params: QueryDict) -> str:
    """The filters alone as a query string, for the table, the print and the data."""
    kept = params.copy()
    for name in (*VIEW_KEYS, "ebene", "lage", "sortierung", "seite", "spalte"):
        kept.pop(name, None)
    for name, value in list(kept.items()):
        if not value:
            del kept[name]
    return kept.urlencode()


def without_view(params: QueryDict) -> QueryDict:
    kept = params.copy()
    for name in VIEW_KEYS:
        kept.pop(name, None)
    return kept
