"""What the script of the map needs to know, as data: layers, services, words. It knows no layer by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dreiklang.people.requests import ViewerRequest
from dreiklang.places import queries as places
from dreiklang.places.queries.maps import MapServiceRow
from dreiklang.places.rules import TileGrid
from dreiklang.places.rules.map_services import resolutions
from dreiklang.portal.forms import EARLIEST, LATEST
from dreiklang.portal.queries.map import Layer, map_frame
from dreiklang.portal.queries.map_page import MapWords


def map_config(
    request: ViewerRequest,
    *,
    layers: Sequence[Layer],
    on: Sequence[Layer],
    words: MapWords,
    filters: str,
    is_embedded: bool,
) -> Mapping[str, Any]:
    """Everything as plain values; the template writes it as a block of JSON."""
    frame = map_frame(request.viewer)
    return {
        "srid": frame.srid,
        "bounds": frame.bounds,
        "origin": frame.origin,
        "isEmbedded": is_embedded,
        "filters": filters,
        "layers": [_layer(one, is_on=one in on) for one in layers],
        "yearSpan": [EARLIEST, LATEST],
        "years": [bar.year for bar in words.years],
        "services": [_service(one) for one in places.map_services(request.viewer)],
        "attribution": "; ".join(places.attributions(request.viewer)),
        "words": _words(),
    }


def _layer(layer: Layer, *, is_on: bool) -> Mapping[str, Any]:
    return {
        "code": layer.code,
        "drawing": layer.drawing,
        "isOn": is_on,
        "isUsual": layer.is_on,
        "data": reverse("portal:map_data", args=[layer.code]),
        "card": reverse("portal:map_card", args=[layer.code, "0"]).removesuffix("0/"),
        "signs": {
            code: {"label": str(sign.label), "tone": sign.tone.value} for code, sign in layer.signs.items()
        },
    }


def _service(row: MapServiceRow) -> Mapping[str, Any]:
    finest, coarsest = resolutions(row.min_zoom, row.max_zoom)
    return {
        "id": str(row.pk),
        "kind": row.kind.value,
        "isBase": row.is_base,
        "isTemplate": row.is_template,
        "title": row.title,
        "url": row.url,
        "layers": list(row.layers),
        "crs": row.crs,
        "systems": list(row.systems),
        "format": row.image_format,
        "version": row.version,
        "style": row.style,
        "attribution": row.attribution,
        "attributionUrl": row.attribution_url,
        "minResolution": finest,
        "maxResolution": coarsest,
        "grid": row.grid and _grid(row.grid),
    }


def _grid(grid: TileGrid) -> Mapping[str, Any]:
    return {
        "set": grid.matrix_set,
        "ids": grid.ids,
        "resolutions": grid.resolutions,
        "origins": grid.origins,
        "tileSizes": grid.tile_sizes,
        "sizes": grid.sizes,
    }


def _words() -> Mapping[str, str]:
    """What the script says itself."""
    return {
        "zoomIn": _("Vergrößern"),
        "zoomOut": _("Verkleinern"),
        "whole": _("Ganze Stadt"),
        "plain": _("Stadtteile, ohne fremde Karte"),
        "attributions": _("Quellen der Karte"),
        "inView": _("%(n)s im Ausschnitt"),
        "oneInView": _("1 im Ausschnitt"),
        "noneInView": _("Nichts im Ausschnitt. Verkleinern Sie die Karte oder heben Sie Filter auf."),
        "more": _("und %(n)s weitere. Vergrößern Sie die Karte, oder lesen Sie alle in der Tabelle."),
        "failed": _("Die Karte konnte nicht geladen werden. Die Tabelle zeigt dieselben Angaben."),
        "serviceFailed": _("Der Hintergrund „%(title)s“ antwortet nicht."),
        "internal": _("intern"),
        "allYears": _("alle Jahre"),
        "loading": _("Die Karte wird geladen …"),
        "offered": _(
            "Zu diesem Link gehört noch eine Karte von %(hosts)s: %(titles)s. "
            "Laden Sie sie, erfährt der Server Ihre Internet-Adresse."
        ),
    }
