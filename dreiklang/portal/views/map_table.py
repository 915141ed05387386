"""The twin of the map: the same records as a table that can be sorted and taken away."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dreiklang.core.tables.write import Column as Written
from dreiklang.people.requests import ViewerRequest
from dreiklang.places.rules.placed import LineWish, Placed, Placing
from dreiklang.portal.queries.map import LAYERS, Layer, layer_of
from dreiklang.portal.queries.map_page import map_words
from dreiklang.portal.rules import MapSums
from dreiklang.portal.views.map_asked import asked_of, filters_of
from dreiklang.ui.downloads import MOST_EXPORTED, csv_file
from dreiklang.ui.filters import active_chips
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Table, TableQuery, table_query

PER_PAGE = 50
LAYER_KEY, PLACING_KEY = "ebene", "lage"
COLUMNS = (
    Column("nummer", gettext_lazy("Nummer"), is_sortable=True, is_optional=False),
    Column("titel", gettext_lazy("Titel"), is_sortable=True, is_optional=False),
    Column("stand", gettext_lazy("Stand"), is_sortable=True),
    Column("phase", gettext_lazy("Phase"), is_sortable=True),
    Column("von", gettext_lazy("Von"), is_sortable=True),
    Column("bis", gettext_lazy("Bis"), is_sortable=True),
    Column("lage", gettext_lazy("Lage"), is_sortable=True),
    Column("stadtteile", gettext_lazy("Stadtteile")),
    Column("amt", gettext_lazy("Federführung"), is_sortable=True, is_hidden=True),
)
PLACING_WORDS = {
    Placing.ON_MAP: gettext_lazy("auf der Karte"),
    Placing.AREAS: gettext_lazy("nur Stadtteile"),
    Placing.NONE: gettext_lazy("ohne Ort"),
}


@require_safe
def map_table(request: ViewerRequest) -> HttpResponse:
    """One page of a layer, on the map or not."""
    asked, layer = asked_of(request), _layer(request)
    placing = _placing(request)
    words = map_words(request.viewer, asked.wish, layers=[layer])
    asked.form.offer_years([bar.year for bar in words.years])
    sums = words.layers[0].sums
    query = table_query(dict(request.GET.lists()), columns=_columns(layer), default_sort="nummer")
    total = sums.placings.get(placing, 0) if placing else sums.total
    page: Page[Any] = Paginator(range(total), PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    lines = layer.lines(request.viewer, asked.wish, _line_wish(query, placing, page.number))
    table = Table(
        caption=layer.label,
        columns=_columns(layer),
        rows=[_row(layer, line) for line in lines],
        query=query,
        csv_href=f"{reverse('portal:map_csv')}?{request.GET.urlencode()}",
        empty_text=_("Nichts passt zu diesen Filtern."),
    )
    context = {
        "asked": asked,
        "form": asked.form,
        "layer": layer,
        "tabs": _tabs(request, layer),
        "placings": _placings(request, sums, placing),
        "sums": sums,
        "table": table,
        "page": page,
        "chips": active_chips(asked.form, request.GET),
        "filters": filters_of(request.GET),
        "stand": asked.wish.today,
    }
    return render(request, "portal/map_table.html", context)


@require_safe
def map_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave of a layer, as CSV."""
    asked, layer = asked_of(request), _layer(request)
    query = table_query(dict(request.GET.lists()), columns=_columns(layer), default_sort="nummer")
    wanted = LineWish(
        placing=_placing(request), sort=query.sort, is_descending=query.is_descending, limit=MOST_EXPORTED
    )
    lines = layer.lines(request.viewer, asked.wish, wanted)
    columns = [Written(str(one.label)) for one in _columns(layer)]
    return csv_file(columns, _exported(layer, lines), name=f"karte-{layer.code}")


def _layer(request: ViewerRequest) -> Layer:
    """The asked layer if it is one with a table of its own, else the first."""
    found = layer_of(request.GET.get(LAYER_KEY, ""))
    return found if found and found.is_counted else LAYERS[0]


def _placing(request: ViewerRequest) -> Placing | None:
    asked = request.GET.get(PLACING_KEY, "")
    return Placing(asked) if asked in set(Placing) else None


def _columns(layer: Layer) -> tuple[Column, ...]:
    return tuple(one for one in COLUMNS if one.key != "phase" or layer.stages())


def _line_wish(query: TableQuery, placing: Placing | None, page: int) -> LineWish:
    return LineWish(
        placing=placing,
        sort=query.sort,
        is_descending=query.is_descending,
        start=(page - 1) * PER_PAGE,
        limit=PER_PAGE,
    )


def _row(layer: Layer, line: Placed) -> Row:
    mark = _map_link(layer, line)
    # Two words are one column wide.
    begin, end = _years(line)
    place = str(PLACING_WORDS[line.placing]).replace(" ", "\N{NO-BREAK SPACE}")
    cells = {
        "nummer": line.key,
        "titel": Cell(line.title, href=line.url, note="" if line.is_public else _("intern")),
        "stand": layer.signs.get(line.state, ""),
        "phase": layer.stages().get(line.stage, _("unbekannt")),
        "von": begin or "–",
        "bis": end or "–",
        "lage": Cell(place, href=mark) if mark else place,
        "stadtteile": ", ".join(line.areas) or "–",
        "amt": line.office or "–",
    }
    return Row(cells=cells, href=line.url)


def _years(line: Placed) -> tuple[int | str | None, int | None]:
    """First and last year; words in place of the first where there never was one."""
    return (_("nicht begonnen"), None) if line.is_never_begun else (line.first_year, line.last_year)


def _map_link(layer: Layer, line: Placed) -> str:
    if line.placing is not Placing.ON_MAP:
        return ""
    chosen = urlencode({"auswahl": f"{layer.code}:{line.key}"}, safe=":/")
    return f"{reverse('portal:map')}?{chosen}"


def _exported(layer: Layer, lines: Sequence[Placed]) -> Iterable[tuple[Any, ...]]:
    stages = layer.stages()
    for line in lines:
        sign = layer.signs.get(line.state)
        stage = (stages.get(line.stage, _("unbekannt")),) if stages else ()
        yield (
            line.key,
            line.title,
            str(sign.label) if sign else "",
            *stage,
            *_years(line),
            str(PLACING_WORDS[line.placing]),
            ", ".join(line.areas),
            line.office,
        )


def _tabs(request: ViewerRequest, shown: Layer) -> list[tuple[Any, str, bool]]:
    """The layers with a table, each with its address under the same filters, and whether it is the one shown."""
    kept = filters_of(request.GET)
    rest = f"&{kept}" if kept else ""
    return [(one.label, f"?{LAYER_KEY}={one.code}{rest}", one is shown) for one in LAYERS if one.is_counted]


def _placings(
    request: ViewerRequest, sums: MapSums, shown: Placing | None
) -> list[tuple[Any, int, str, bool]]:
    """How the records are placed: words, number, the address of exactly these, whether they are shown; all last."""
    counted = [(one.value, words, sums.placings.get(one, 0)) for one, words in PLACING_WORDS.items()]
    found = []
    for value, words, number in [*counted, ("", _("alle"), sums.total)]:
        params = request.GET.copy()
        params.pop(PAGE_KEY, None)
        params[PLACING_KEY] = value
        found.append((words, number, f"?{params.urlencode()}", value == (shown.value if shown else "")))
    return found
