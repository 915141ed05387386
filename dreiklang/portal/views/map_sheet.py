"""The map on paper: A3, true to scale, with its legend and the list of what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from shapely.geometry import Point

from dreiklang.core import text
from dreiklang.core.documents.sheet import LegendLine, Sheet, SheetTable, as_sheet
from dreiklang.core.metres import in_metres
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import PUBLIC
from dreiklang.places import queries as places
from dreiklang.places.rules.placed import Placed
from dreiklang.portal.forms import SheetForm
from dreiklang.portal.queries.map import Layer, map_frame
from dreiklang.portal.queries.map_page import LayerSums, MapWords, map_words
from dreiklang.portal.rules.sheet import (
    SheetFrame,
    SheetLayer,
    drawing,
    has_outlines,
    sheet_frame,
    shown,
)
from dreiklang.portal.rules.sheet_signs import outline_picture, sign_picture
from dreiklang.portal.views.map_asked import Asked, asked_of, without_view
from dreiklang.ui.downloads import as_file
from dreiklang.ui.filters import active_chips

WIDTH_MM, HEIGHT_MM = 300.0, 242.0
MOST_LISTED = 1_000
# More districts are counted.
MOST_NAMED = 3


@dataclass(frozen=True)
class Drawn:
    """The layers as they lie on the paper."""

    frame: SheetFrame
    layers: tuple[tuple[Layer, Sequence[Placed]], ...]

    @property
    def picture(self) -> str:
        """The SVG."""
        found = [
            SheetLayer(one.drawing, records, {code: sign.tone.value for code, sign in one.signs.items()})
            for one, records in self.layers
        ]
        return drawing(found, self.frame)


@require_safe
def map_sheet(request: ViewerRequest) -> HttpResponse:
    """Choices for the print, with what will come out."""
    asked, form = asked_of(request), SheetForm(request.GET)
    drawn = _drawn(request, asked, form)
    context = {
        "form": form,
        "frame": drawn.frame,
        "scale": text.number(drawn.frame.scale),
        "chips": active_chips(asked.form, without_view(request.GET)),
        "kept": [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in form.fields
        ],
        "stand": asked.wish.today,
    }
    return render(request, "portal/map_sheet.html", context)


@require_safe
def map_drawing(request: ViewerRequest) -> HttpResponse:
    """The map as a picture by the server: the preview of the print, and the map where no script runs.

    With `eingebettet` what everybody may see: in a frame on a site of the same city browsers send the sign-in along.
    """
    if "eingebettet" in request.GET:
        request.viewer = PUBLIC
    asked = asked_of(request)
    return HttpResponse(_drawn(request, asked, SheetForm(request.GET)).picture, content_type="image/svg+xml")


@require_safe
def map_pdf(request: ViewerRequest) -> HttpResponse:
    """The sheet to print."""
    asked, form = asked_of(request), SheetForm(request.GET)
    drawn = _drawn(request, asked, form)
    words = map_words(request.viewer, asked.wish, layers=asked.layers)
    chips = [str(one.label) for one in active_chips(asked.form, without_view(request.GET))]
    sheet = _sheet(request, asked, form.title, drawn, words, chips)
    return as_file(as_sheet(sheet), f"karte-{timezone.localdate():%Y-%m-%d}.pdf", "application/pdf")


def _drawn(request: ViewerRequest, asked: Asked, form: SheetForm) -> Drawn:
    whole = map_frame(request.viewer)
    middle = None
    if place := form.middle:
        point = in_metres([Point(*place)], srid=whole.srid)[0]
        middle = (float(point.x), float(point.y))
    frame = sheet_frame(whole, width=WIDTH_MM, height=HEIGHT_MM, middle=middle, scale=form.scale)
    layers = tuple((one, one.shapes(request.viewer, asked.wish, None)) for one in asked.layers)
    return Drawn(frame, layers)


def _sheet(
    request: ViewerRequest, asked: Asked, title: str, drawn: Drawn, words: MapWords, chips: Sequence[str]
) -> Sheet:
    frame, city = drawn.frame, places.municipality()
    scale = _("Maßstab 1 : %(n)s") % {"n": text.number(frame.scale)}
    return Sheet(
        title=title or _("%(city)s: Was wo geschieht") % {"city": city.name},
        lines=(_said(words, asked), _("Filter: %(filters)s") % {"filters": " · ".join(chips) or _("keiner")}),
        picture=drawn.picture,
        picture_words=_("Karte im %(scale)s. Das Verzeichnis dahinter nennt alles, was sie zeigt.")
        % {"scale": scale},
        width_mm=frame.width,
        height_mm=frame.height,
        scale_words=scale,
        bar_mm=frame.bar_mm,
        bar_words=_length(frame.bar_metres),
        north_words=_("Norden ist oben (Gitternord, EPSG:%(srid)s)") % {"srid": frame.srid},
        legend_title=_("Zeichen"),
        legend=_legend(drawn),
        facts=_facts(request, asked, words),
        foot=_("%(city)s · Stand %(day)s") % {"city": city.name, "day": text.day(asked.wish.today)},
        language="en" if get_language() == "en" else "de",
        dated_on=asked.wish.today,
        tables=tuple(
            _table(one, records, frame) for one, records in drawn.layers if one.is_counted and records
        )
        + tuple(_unplaced(one) for one in words.layers if one.sums.unplaced),
    )


def _said(words: MapWords, asked: Asked) -> str:
    """The first sentence: how many, and how many of them the map shows."""
    if not words.layers:
        return ""
    year = str(asked.wish.year) if asked.wish.year else _("alle Jahre")
    return " ".join(
        _(
            "%(label)s (%(year)s): %(total)s, auf der Karte %(on)s, nur mit Stadtteil %(areas)s, ohne Ort %(none)s."
        )
        % {
            "label": one.layer.label,
            "year": year,
            "total": text.number(one.sums.total),
            "on": text.number(one.sums.on_map),
            "areas": text.number(one.sums.in_areas),
            "none": text.number(one.sums.nowhere),
        }
        for one in words.layers
    )


def _legend(drawn: Drawn) -> tuple[LegendLine, ...]:
    """The signs that lie on the paper, with their number there."""
    found: list[LegendLine] = []
    for layer, records in drawn.layers:
        on_paper = shown(records, drawn.frame)
        if layer.drawing == "marks":
            for code, sign in layer.signs.items():
                number = sum(one.state == code for one in on_paper)
                if number:
                    found.append(
                        LegendLine(sign_picture(sign.tone.value), str(sign.label), text.number(number))
                    )
            if has_outlines(on_paper, drawn.frame):
                found.append(
                    LegendLine(outline_picture(drawing="marks"), _("Umriss, wo die Fläche groß genug ist"))
                )
        elif on_paper:
            picture = outline_picture(drawing=layer.drawing)
            found.append(LegendLine(picture, str(layer.label), text.number(len(on_paper))))
    return tuple(found)


def _facts(request: ViewerRequest, asked: Asked, words: MapWords) -> tuple[tuple[str, str], ...]:
    unplaced = sum(one.sums.unplaced for one in words.layers)
    sources = "; ".join(places.attributions(request.viewer))
    facts = [
        (_("Stand"), text.day(asked.wish.today)),
        (_("Ohne Ort auf der Karte"), text.number(unplaced)),
        (_("Grenzen"), sources or _("nicht angegeben")),
        (_("Im Netz"), request.get_host() + reverse("portal:map")),
    ]
    if request.viewer.is_internal:
        facts.append((_("Hinweis"), _("Zeigt auch, was nicht öffentlich ist. Nur für die Verwaltung.")))
    return tuple(facts)


def _table(layer: Layer, records: Sequence[Placed], frame: SheetFrame) -> SheetTable:
    found = shown(records, frame)
    stages = layer.stages()
    note = ""
    if len(found) > MOST_LISTED:
        note = _("Die ersten %(n)s von %(all)s; alle stehen in der Tabelle im Netz.") % {
            "n": text.number(MOST_LISTED),
            "all": text.number(len(found)),
        }
    return SheetTable(
        title=_("Verzeichnis: %(label)s auf diesem Blatt") % {"label": layer.label},
        head=(_("Nummer"), _("Titel"), _("Stand"), _("Phase"), _("Jahre")),
        rows=[_line(layer, one, stages) for one in found[:MOST_LISTED]],
        widths=(1.1, 4.6, 2.0, 1.6, 1.4),
        note=note,
    )


def _line(layer: Layer, one: Placed, stages: Any) -> tuple[str, ...]:
    sign = layer.signs.get(one.state)
    stage = stages.get(one.stage, _("unbekannt")) if stages else "–"
    return one.key, one.title, str(sign.label) if sign else "–", stage, _years(one)


def _unplaced(one: LayerSums) -> SheetTable:
    """What belongs to the map and has no place on it: those with districts first."""
    records = (*one.in_areas, *one.nowhere)
    note = ""
    if len(records) < one.sums.unplaced:
        note = _("Die ersten %(n)s von %(all)s; alle stehen in der Tabelle im Netz.") % {
            "n": text.number(len(records)),
            "all": text.number(one.sums.unplaced),
        }
    rows = []
    for record in records:
        sign = one.layer.signs.get(record.state)
        rows.append(
            (record.key, record.title, str(sign.label) if sign else "–", _where(record), _years(record))
        )
    return SheetTable(
        title=_("Verzeichnis: %(label)s ohne Ort auf der Karte") % {"label": one.layer.label},
        head=(_("Nummer"), _("Titel"), _("Stand"), _("Stadtteile"), _("Jahre")),
        rows=rows,
        widths=(1.1, 3.6, 2.0, 2.7, 1.3),
        note=note,
    )


def _where(one: Placed) -> str:
    if len(one.areas) > MOST_NAMED:
        return _("in %(n)s Stadtteilen") % {"n": text.number(len(one.areas))}
    return ", ".join(one.areas) or _("ohne Ort")


def _years(one: Placed) -> str:
    if one.is_never_begun:
        return _("nicht begonnen")
    begin, end = one.first_year or "", one.last_year or ""
    return f"{begin}–{end}" if begin or end else _("unbekannt")


def _length(metres: int) -> str:
    return f"{text.number(metres // 1000)} km" if metres >= 1000 else f"{metres} m"
