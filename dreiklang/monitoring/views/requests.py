"""Data requests: the list, one of them."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.core.tables.write import Column as Written
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.requests import RequestFilterForm
from dreiklang.monitoring.models import DataRequest
from dreiklang.monitoring.models.requests import REQUEST_STATE_LABELS, REQUEST_WAY_LABELS
from dreiklang.monitoring.queries import requests as queries
from dreiklang.monitoring.rules.requests import RequestState, RequestWay, can_become, is_late
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import MOST_EXPORTED, csv_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Sign, Table, Tone, table_query

PER_PAGE = 50
COLUMNS = (
    Column("frage", gettext_lazy("Frage"), is_sortable=True, is_optional=False),
    Column("amt", gettext_lazy("Amt"), is_sortable=True),
    Column("frist", gettext_lazy("Frist"), is_sortable=True),
    Column("stand", gettext_lazy("Stand"), is_sortable=True),
    Column("reihe", gettext_lazy("Indikator")),
)
TONES = {
    RequestState.OPEN: Tone.NEUTRAL,
    RequestState.ANSWERED: Tone.GOOD,
    RequestState.SERIES: Tone.GOOD,
    RequestState.DROPPED: Tone.NEUTRAL,
}


@require_safe
def request_list(request: ViewerRequest) -> HttpResponse:
    """What was asked for, by deadline."""
    require(request.viewer, permissions.SEE_INSIDE)
    today, form = timezone.localdate(), RequestFilterForm(request.GET)
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="frist")
    rows = queries.request_list(
        request.viewer, wanted=wanted, sort=asked.sort, is_descending=asked.is_descending
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    counts = queries.request_counts(request.viewer, today=today)
    context = {
        "form": form,
        "counts": counts,
        "found": page.paginator.count,
        "page": page,
        "today": today,
        "may_ask": may(request.viewer, permissions.ASK),
        "table": Table(
            id="anforderungen-tabelle",
            caption=_("Datenanforderungen"),
            columns=COLUMNS,
            rows=[_row(one, today) for one in page],
            query=asked,
            csv_href=f"{reverse('monitoring:requests-csv')}?{request.GET.urlencode()}",
            empty_text=_("Keine Anforderung passt zu diesen Filtern."),
        ),
    }
    return render(request, "monitoring/requests/list.html", context)


@require_safe
def request_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV."""
    require(request.viewer, permissions.SEE_INSIDE)
    wanted = RequestFilterForm(request.GET).wanted()
    rows = queries.request_list(request.viewer, wanted=wanted)[:MOST_EXPORTED]
    heads = (
        _("Frage"),
        _("Welche Werte"),
        _("Wozu"),
        _("Amt"),
        _("Frist"),
        _("Gefragt am"),
        _("Wie"),
        _("Räumliche Ebene"),
        _("Rhythmus"),
        _("Einheit"),
        _("Indikator"),
        _("Stand"),
        _("Antwort"),
        _("Beantwortet am"),
    )
    return csv_file([Written(head) for head in heads], map(_exported, rows), name="datenanforderungen")


@require_safe
def request_page(request: ViewerRequest, pk: int) -> HttpResponse:
    """One request with its answer and what may be done with it."""
    require(request.viewer, permissions.SEE_INSIDE)
    try:
        one = queries.request_page(request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing
    today = timezone.localdate()
    state = RequestState(one.state)
    may_edit = may(request.viewer, permissions.EDIT_REQUEST, one)
    context: dict[str, Any] = {
        "one": one,
        "today": today,
        "sign": state_sign(one, today),
        "way": REQUEST_WAY_LABELS[RequestWay(one.way)],
        "is_upload": one.way == RequestWay.UPLOAD,
        "values_url": reverse("monitoring:values"),
        "may_edit": may_edit,
        "may_answer": can_become(state, RequestState.ANSWERED)
        and may(request.viewer, permissions.ANSWER_REQUEST, one),
        "may_make_series": may_edit and can_become(state, RequestState.SERIES),
        "may_drop": may_edit and can_become(state, RequestState.DROPPED),
        "may_reopen": may_edit and can_become(state, RequestState.OPEN),
    }
    return render(request, "monitoring/requests/request.html", context)


def state_sign(one: DataRequest, today: date) -> Sign:
    """How far it is, in a word and a sign."""
    state = RequestState(one.state)
    if is_late(state, due_on=one.due_on, today=today):
        return Sign("late", _("überfällig"), Tone.BAD)
    return Sign(state.value, REQUEST_STATE_LABELS[state], TONES[state])


def _row(one: DataRequest, today: date) -> Row:
    href = queries.address(one.pk)
    return Row(
        href=href,
        is_muted=one.state == RequestState.DROPPED,
        cells={
            "frage": Cell(one.question, href=href),
            "amt": Cell(one.department.name, note=one.responsible.name if one.responsible else ""),
            "frist": text.day_short(one.due_on),
            "stand": state_sign(one, today),
            "reihe": one.indicator.name if one.indicator else "–",
        },
    )


def _exported(one: DataRequest) -> tuple[Any, ...]:
    return (
        one.question,
        one.values_words,
        one.reason,
        one.department.key,
        one.due_on,
        one.asked_on,
        str(REQUEST_WAY_LABELS[RequestWay(one.way)]),
        one.level.plural if one.level else "",
        one.rhythm,
        one.unit,
        one.indicator.key if one.indicator else "",
        str(REQUEST_STATE_LABELS[RequestState(one.state)]),
        one.answer or one.dropped_reason,
        one.answered_on,
    )
