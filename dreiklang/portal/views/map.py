"""The thematic map: a page whose words the server says and whose picture the script draws; the table is its twin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import PUBLIC
from dreiklang.places import queries as places
from dreiklang.places.rules.placed import LineWish, Placing
from dreiklang.portal.queries.map import LAYERS, Layer, MapWish, layer_of
from dreiklang.portal.queries.map_page import LayerSums, map_words
from dreiklang.portal.views.map_asked import asked_of, filters_of, without_view
from dreiklang.portal.views.map_config import map_config
from dreiklang.ui.filters import active_chips
from dreiklang.ui.policy import embeddable, shows_map
from dreiklang.ui.rules import Sign


@require_safe
@shows_map
def show_map(request: ViewerRequest) -> HttpResponse:
    """The map with its filters, its list and everything that has no place on it."""
    return render(request, "portal/map.html", _context(request, is_embedded=False))


@require_safe
@shows_map
@embeddable
def embedded(request: ViewerRequest) -> HttpResponse:
    """The map alone, for a frame in somebody else's page: what everybody may see, whoever looks."""
    request.viewer = PUBLIC
    return render(request, "portal/map_embedded.html", _context(request, is_embedded=True))


@require_safe
def card(request: ViewerRequest, code: str, key: str) -> HttpResponse:
    """What is said in short about a record of a layer: a part of a page, fetched by the script."""
    layer = layer_of(code)
    if layer is None:
        raise Http404
    wish = MapWish(today=timezone.localdate())
    found = layer.lines(request.viewer, wish, LineWish(keys=(key,)))
    if not found:
        raise Http404
    one = found[0]
    context = {
        "layer": layer,
        "one": one,
        "sign": layer.signs.get(one.state),
        "stage": layer.stages().get(one.stage, ""),
        # The script shows the districts of what has no place of its own.
        "area_names": orjson.dumps(one.areas).decode() if one.placing is Placing.AREAS else "",
    }
    return render(request, "portal/parts/map_card.html", context)


def _context(request: ViewerRequest, *, is_embedded: bool) -> Mapping[str, Any]:
    asked = asked_of(request)
    words = map_words(request.viewer, asked.wish, layers=asked.layers)
    asked.form.offer_years([bar.year for bar in words.years])
    filters = filters_of(request.GET)
    return {
        "asked": asked,
        "form": asked.form,
        "words": words,
        "layers": [Choice(one, one in asked.layers, words.sums_of(one)) for one in LAYERS],
        "config": map_config(
            request, layers=LAYERS, on=asked.layers, words=words, filters=filters, is_embedded=is_embedded
        ),
        "chips": active_chips(asked.form, without_view(request.GET)),
        "filters": filters,
        "embed_code": _embed_code(request),
        "attributions": places.attributions(request.viewer),
        "stand": asked.wish.today,
    }


@dataclass(frozen=True)
class Choice:
    """A layer in the legend: whether it is on, and how many of each state lie on the map."""

    layer: Layer
    is_on: bool
    sums: LayerSums | None

    @property
    def signs(self) -> list[tuple[Sign, int]]:
        """The signs that are there, in the order of the layer."""
        states = self.sums.sums.states if self.sums else {}
        return [(sign, states[code]) for code, sign in self.layer.signs.items() if states.get(code)]


def _embed_code(request: ViewerRequest) -> str:
    """The frame for somebody else's page, with what the address says now."""
    query = request.GET.urlencode()
    address = request.build_absolute_uri(reverse("portal:map_embedded") + (f"?{query}" if query else ""))
    # A city's name may hold a quotation mark.
    title = escape(_("Karte der Stadtentwicklung: %(city)s") % {"city": places.municipality().name})
    return f'<iframe src="{address}" title="{title}" width="100%" height="560" loading="lazy"></iframe>'
