"""Observations of the frame: the list, one of them."""

from collections.abc import Iterable
from datetime import timedelta
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
from dreiklang.monitoring.forms.frame import FrameFilterForm
from dreiklang.monitoring.models import FrameChange, FrameMeaning
from dreiklang.monitoring.models.frame import FRAME_FIELD_LABELS, FRAME_SIDE_LABELS, FRAME_SIGN_LABELS
from dreiklang.monitoring.queries import frame as queries
from dreiklang.monitoring.rules.frame import FrameField, FrameSide, FrameSign
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import MOST_EXPORTED, csv_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Sign, Table, Tone, table_query

PER_PAGE = 50
YEAR = timedelta(days=365)
COLUMNS = (
    Column("titel", gettext_lazy("Was geschah"), is_sortable=True, is_optional=False),
    Column("datum", gettext_lazy("Datum"), is_sortable=True),
    Column("feld", gettext_lazy("Feld"), is_sortable=True),
    Column("woher", gettext_lazy("Woher"), is_sortable=True),
    Column("ziele", gettext_lazy("Ziele")),
)
TONES = {FrameSign.SUPPORTS: Tone.GOOD, FrameSign.HINDERS: Tone.BAD, FrameSign.OPEN: Tone.UNKNOWN}
MARKS = {FrameSign.SUPPORTS: "+", FrameSign.HINDERS: "−", FrameSign.OPEN: "?"}


@require_safe
def change_list(request: ViewerRequest) -> HttpResponse:
    """What happened around and inside the administration, newest first."""
    today, form = timezone.localdate(), FrameFilterForm(request.GET, viewer=request.viewer)
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="-datum")
    rows = queries.change_list(
        request.viewer, wanted=wanted, sort=asked.sort, is_descending=asked.is_descending
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    context = {
        "form": form,
        "counts": queries.change_counts(request.viewer, since=today - YEAR),
        "found": page.paginator.count,
        "page": page,
        "today": today,
        "may_observe": may(request.viewer, permissions.EDIT_FRAME),
        "may_see_inside": may(request.viewer, permissions.SEE_INSIDE),
        "table": Table(
            id="rahmen-tabelle",
            caption=_("Beobachtungen des Rahmens"),
            columns=COLUMNS,
            rows=[_row(one) for one in page],
            query=asked,
            csv_href=f"{reverse('monitoring:frame-csv')}?{request.GET.urlencode()}",
            empty_text=_("Keine Beobachtung passt zu diesen Filtern."),
        ),
    }
    return render(request, "monitoring/frame/list.html", context)


@require_safe
def change_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV; read again by the import of the same list."""
    wanted = FrameFilterForm(request.GET, viewer=request.viewer).wanted()
    rows = queries.change_list(request.viewer, wanted=wanted)[:MOST_EXPORTED]
    heads = (
        _("Kurzname"),
        _("Was geschah"),
        _("Datum"),
        _("Woher"),
        _("Feld"),
        _("Näheres"),
        _("Quelle"),
        _("Adresse der Quelle"),
        _("Gebiet"),
        _("Amt"),
        _("Bedeutung für Ziele"),
    )
    return csv_file([Written(head) for head in heads], map(_exported, rows), name="rahmen")


@require_safe
def change_page(request: ViewerRequest, key: str) -> HttpResponse:
    """One observation: what happened, what it means for goals, what it led to."""
    try:
        page = queries.change_page(request.viewer, key=key)
    except NotFound as missing:
        raise Http404 from missing
    one = page.record
    may_edit = may(request.viewer, permissions.EDIT_FRAME, one)
    context = {
        "page": page,
        "one": one,
        "field": FRAME_FIELD_LABELS[FrameField(one.field)],
        "side": FRAME_SIDE_LABELS[FrameSide(one.side)],
        "meanings": [(meaning, sign_of(meaning.sign)) for meaning in page.meanings],
        "counts": {sign.value: sum(meaning.sign == sign for meaning in page.meanings) for sign in FrameSign},
        "may_edit": may_edit,
        "may_lead": may_edit and page.led_to is None and may(request.viewer, permissions.LEAD_TO_PRIORITY),
    }
    return render(request, "monitoring/frame/change.html", context)


def sign_of(code: str) -> Sign:
    """Whether it helps or hinders, in a word and a sign."""
    sign = FrameSign(code)
    return Sign(sign.value, FRAME_SIGN_LABELS[sign], TONES[sign])


def _row(one: FrameChange) -> Row:
    href = queries.address(one.key)
    notes = [_("intern")] if one.visibility != "public" else []
    return Row(
        href=href,
        cells={
            "titel": Cell(one.title, href=href, note=" · ".join(notes)),
            "datum": text.day_short(one.noticed_on),
            "feld": FRAME_FIELD_LABELS[FrameField(one.field)],
            "woher": FRAME_SIDE_LABELS[FrameSide(one.side)],
            "ziele": ", ".join(_short(meaning) for meaning in _in_order(one)) or "–",
        },
    )


def _in_order(one: FrameChange) -> Iterable[FrameMeaning]:
    return sorted(one.meanings.all(), key=lambda meaning: meaning.goal.number)


def _short(meaning: FrameMeaning) -> str:
    return f"{meaning.goal.number} {FRAME_SIGN_LABELS[FrameSign(meaning.sign)]}"


def _exported(one: FrameChange) -> tuple[Any, ...]:
    return (
        one.key,
        one.title,
        one.noticed_on,
        str(FRAME_SIDE_LABELS[FrameSide(one.side)]),
        str(FRAME_FIELD_LABELS[FrameField(one.field)]),
        one.text,
        one.source,
        one.source_url,
        one.area.name if one.area else "",
        one.department.key if one.department else "",
        " | ".join(_written(meaning) for meaning in _in_order(one)),
    )


def _written(meaning: FrameMeaning) -> str:
    said = f": {' '.join(meaning.text.split())}" if meaning.text else ""
    return f"{meaning.goal.number} {MARKS[FrameSign(meaning.sign)]}{said}".replace("|", "/")
