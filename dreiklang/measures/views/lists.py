"""The list of measures: filters in the address bar, the sentence on top, downloads of what is shown."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dreiklang.core import text
from dreiklang.core.tables.write import Column as Written
from dreiklang.core.values import Unknown
from dreiklang.measures import queries
from dreiklang.measures.forms import FilterForm
from dreiklang.measures.models.labels import DURATION_LABELS, TASK_TYPE_LABELS
from dreiklang.measures.permissions import CREATE
from dreiklang.measures.queries import phase_label, standing_sign
from dreiklang.measures.rules import MeasureFilter, MeasureLine, Standing, Terms
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import csv_file, xlsx_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Table, table_query

PER_PAGE = 50
COLUMNS = (
    Column("nummer", gettext_lazy("Nummer"), is_sortable=True, is_optional=False),
    Column("titel", gettext_lazy("Maßnahme"), is_sortable=True, is_optional=False),
    Column("stand", gettext_lazy("Stand"), is_sortable=True),
    Column("phase", gettext_lazy("Phase"), is_sortable=True),
    Column("bericht", gettext_lazy("Bericht vom"), is_sortable=True),
    Column("ende", gettext_lazy("Ende"), is_sortable=True),
    Column("amt", gettext_lazy("Federführung"), is_sortable=True),
    Column("kosten", gettext_lazy("Kosten"), is_sortable=True, is_numeric=True, is_hidden=True),
    Column("art", gettext_lazy("Aufgabenart"), is_hidden=True),
    Column("dauer", gettext_lazy("Dauer"), is_hidden=True),
)


class Counted(Paginator):  # type: ignore[type-arg]  # generic for the checker only
    """Pages of a list whose length is known already."""

    def __init__(self, total: int) -> None:
        super().__init__(range(total), PER_PAGE)


@require_safe
def measure_list(request: ViewerRequest) -> HttpResponse:
    """One page of what the filters leave."""
    today = timezone.localdate()
    terms = queries.terms_of(today=today)
    form = FilterForm(request.GET, lists=queries.filter_lists(request.viewer))
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="nummer")
    spread = queries.spread(request.viewer, wanted, terms=terms)
    page: Page[Any] = Counted(spread.total).get_page(request.GET.get(PAGE_KEY))
    lines = queries.measure_lines(
        request.viewer,
        wanted=wanted,
        today=today,
        sort=asked.sort,
        is_descending=asked.is_descending,
        start=(page.number - 1) * PER_PAGE,
        limit=PER_PAGE,
        terms=terms,
    )
    table = Table(
        caption=_("Maßnahmen"),
        columns=COLUMNS,
        rows=[_row(line) for line in lines],
        query=asked,
        csv_href=f"{reverse('measures:csv')}?{request.GET.urlencode()}",
        empty_text=_("Keine Maßnahme passt zu diesen Filtern."),
    )
    context = {
        "form": form,
        "table": table,
        "page": page,
        "spread": spread,
        "parts": queries.standing_parts(spread, href=lambda one: _narrowed(request, one)),
        "xlsx_href": f"{reverse('measures:xlsx')}?{request.GET.urlencode()}",
        "is_filtered": wanted != MeasureFilter(),
        "may_create": may(request.viewer, CREATE),
        "stand": today,
    }
    return render(request, "measures/list.html", context)


def _narrowed(request: ViewerRequest, standing: Standing) -> str:
    params = request.GET.copy()
    params.pop(PAGE_KEY, None)
    params["stand"] = standing.value
    return f"?{params.urlencode()}"


def _row(line: MeasureLine) -> Row:
    end = text.month(line.end_on) if line.end_on else line.planned_end_words
    cells = {
        "nummer": line.number,
        "titel": Cell(line.title, href=line.url, note=line.teaser if len(line.teaser) < 90 else ""),
        "stand": standing_sign(line.standing, line.phase),
        "phase": phase_label(line.phase),
        "bericht": text.day_short(line.reported_on) if line.reported_on else _("noch keiner"),
        "ende": Cell(_("dauerhaft") if line.is_continuous else end, note=_slip(line)),
        "amt": line.department_name or "–",
        "kosten": _cost(line),
        "art": TASK_TYPE_LABELS[line.task_type],
        "dauer": DURATION_LABELS[line.duration],
    }
    return Row(cells=cells, href=line.url)


def _slip(line: MeasureLine) -> str:
    slip = line.slip_months
    if isinstance(slip, Unknown) or slip <= 0:
        return ""
    return _("+ %(months)s") % {"months": text.count(slip, _("Monat"), _("Monate"))}


def _cost(line: MeasureLine) -> str:
    if isinstance(line.cost, Unknown):
        return text.unknown(line.cost)
    shown = text.money_short(line.cost)
    return _("ca. %(amount)s") % {"amount": shown} if line.cost_is_approximate else shown


@require_safe
def measure_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV."""
    columns, rows = _export(request)
    return csv_file(columns, rows, name="massnahmen")


@require_safe
def measure_xlsx(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as a workbook."""
    columns, rows = _export(request)
    return xlsx_file(columns, rows, name="massnahmen", title=_("Maßnahmen"))


def _export(request: ViewerRequest) -> tuple[list[Written], Iterable[tuple[Any, ...]]]:
    today = timezone.localdate()
    form = FilterForm(request.GET, lists=queries.filter_lists(request.viewer))
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="nummer")
    terms: Terms = queries.terms_of(today=today)
    lines = queries.measure_lines(
        request.viewer,
        wanted=form.wanted(),
        today=today,
        sort=asked.sort,
        is_descending=asked.is_descending,
        limit=None,
        terms=terms,
    )
    heads = (
        _("Nummer"),
        _("Titel"),
        _("In einem Satz"),
        _("Stand"),
        _("Phase"),
        _("Bericht vom"),
        _("Geplantes Ende"),
        _("Voraussichtliches Ende"),
        _("Federführendes Amt"),
        _("Kosten"),
        _("Kosten geschätzt"),
        _("Aufgabenart"),
        _("Dauer"),
        _("Ort"),
    )
    return [Written(head) for head in heads], (_exported(line) for line in lines)


def _exported(line: MeasureLine) -> tuple[Any, ...]:
    return (
        line.number,
        line.title,
        line.teaser,
        str(standing_sign(line.standing, line.phase).label),
        phase_label(line.phase),
        line.reported_on,
        line.planned_end_on or line.planned_end_words,
        line.expected_end_on,
        line.department_name,
        line.cost,
        line.cost_is_approximate,
        str(TASK_TYPE_LABELS[line.task_type]),
        str(DURATION_LABELS[line.duration]),
        line.place_words,
    )
