"""Meetings: the list and one with its agenda."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
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
from dreiklang.papers.forms.meetings import MeetingFilterForm
from dreiklang.papers.models.labels import CONSULTATION_ROLE_LABELS, TRACKED_KIND_LABELS
from dreiklang.papers.permissions.papers import MEETINGS
from dreiklang.papers.permissions.resolutions import CREATE
from dreiklang.papers.queries import meetings as queries
from dreiklang.papers.queries.papers.signs import meeting_sign, result_sign
from dreiklang.papers.queries.resolutions import fate_sign, resolutions_of_meeting
from dreiklang.papers.rules.meetings import ItemRow, MeetingFilter, MeetingLine, agenda
from dreiklang.papers.rules.papers import MOST_COUNTED
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import MOST_EXPORTED, csv_file, xlsx_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Table, table_query

PER_PAGE = 50
COLUMNS = (
    Column("beginn", gettext_lazy("Tag"), is_sortable=True, is_optional=False),
    Column("name", gettext_lazy("Sitzung"), is_sortable=True, is_optional=False),
    # Most meetings are named after their committee; the others say it below their name.
    Column("gremium", gettext_lazy("Gremium"), is_sortable=True, is_hidden=True),
    Column("stand", gettext_lazy("Stand")),
    Column("ort", gettext_lazy("Ort")),
)


@require_safe
def meeting_list(request: ViewerRequest) -> HttpResponse:
    """One page of what the filters leave, and the next meetings."""
    form = MeetingFilterForm(request.GET, committees=queries.committees_with_meetings(request.viewer))
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="-beginn")
    found = queries.meeting_total(request.viewer, wanted=wanted)
    page: Page[Any] = Paginator(range(found.number), PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    lines = queries.meeting_lines(
        request.viewer,
        wanted=wanted,
        sort=asked.sort,
        is_descending=asked.is_descending,
        start=(page.number - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    coming = queries.coming_meetings(request.viewer, today=timezone.localdate(), limit=1)
    context = {
        "form": form,
        "found": found,
        "most": MOST_COUNTED,
        "page": page,
        "coming": coming[0] if coming else None,
        "is_filtered": wanted != MeetingFilter(),
        "may_edit": may(request.viewer, MEETINGS),
        "xlsx_href": f"{reverse('papers:meetings_xlsx')}?{request.GET.urlencode()}",
        "table": Table(
            id="sitzungen-tabelle",
            caption=_("Sitzungen"),
            columns=COLUMNS,
            rows=[_row(line) for line in lines],
            query=asked,
            csv_href=f"{reverse('papers:meetings_csv')}?{request.GET.urlencode()}",
            empty_text=_("Keine Sitzung passt zu diesen Filtern."),
        ),
    }
    return render(request, "papers/meetings.html", context)


@require_safe
def meeting(request: ViewerRequest, key: str) -> HttpResponse:
    """One meeting with its agenda, its files and its neighbours."""
    try:
        page = queries.meeting_page(request.viewer, key=key)
    except NotFound:
        raise Http404 from None
    today = timezone.localdate()
    promised = resolutions_of_meeting(request.viewer, meeting=page.line.id, today=today)
    is_ahead = page.line.starts_at is not None and timezone.localdate(page.line.starts_at) > today
    context = {
        "page": page,
        "promised": [(one, TRACKED_KIND_LABELS[one.kind], fate_sign(one.fate)) for one in promised],
        "draft_saved": request.session.pop("draft_saved", "") if page.inside else "",
        "may_promise": page.inside is not None and not is_ahead and may(request.viewer, CREATE),
        "sign": meeting_sign(page.line.state),
        "items": [_shown(item) for item in page.items],
        "agenda": agenda(page.items),
        "is_over": page.line.starts_at is not None and page.line.starts_at < timezone.now(),
        "may_edit": page.inside is not None and may(request.viewer, MEETINGS),
    }
    return render(request, "papers/meeting.html", context)


@require_safe
def meeting_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV."""
    columns, rows = _export(request)
    return csv_file(columns, rows, name="sitzungen")


@require_safe
def meeting_xlsx(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as a workbook."""
    columns, rows = _export(request)
    return xlsx_file(columns, rows, name="sitzungen", title=_("Sitzungen"))


def _shown(item: ItemRow) -> dict[str, Any]:
    papers = [(one, CONSULTATION_ROLE_LABELS[one.role]) for one in item.papers]
    return {"item": item, "sign": result_sign(item.result), "papers": papers}


def _row(line: MeetingLine) -> Row:
    said = _("zurückgezogen") if line.is_withdrawn else _("intern") if line.is_internal else ""
    committee = "" if line.committee in line.name else line.committee
    note = " · ".join(filter(None, [committee, said]))
    time = text.time_of_day(line.starts_at) if line.starts_at else ""
    return Row(
        href=line.url,
        is_muted=line.is_withdrawn,
        cells={
            "beginn": Cell(
                text.day_short(line.starts_at) if line.starts_at else _("Tag unbekannt"), note=time
            ),
            "name": Cell(line.name, href=line.url, note=note),
            "gremium": Cell(line.committee, href=line.committee_url) if line.committee else "–",
            "stand": meeting_sign(line.state),
            "ort": line.place or "–",
        },
    )


def _export(request: ViewerRequest) -> tuple[list[Written], Iterable[tuple[Any, ...]]]:
    form = MeetingFilterForm(request.GET, committees=queries.committees_with_meetings(request.viewer))
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="-beginn")
    lines = queries.meeting_lines(
        request.viewer,
        wanted=form.wanted(),
        sort=asked.sort,
        is_descending=asked.is_descending,
        limit=MOST_EXPORTED,
    )
    heads = [_("Tag"), _("Uhrzeit"), _("Sitzung"), _("Gremium"), _("Stand"), _("Ort"), _("Adresse")]
    if not request.viewer.is_internal:
        return [Written(head) for head in heads], (_exported(line) for line in lines)
    inside = [*heads, _("Sichtbarkeit")]
    return [Written(head) for head in inside], ((*_exported(line), _visibility(line)) for line in lines)


def _exported(line: MeetingLine) -> tuple[Any, ...]:
    begin = timezone.localtime(line.starts_at) if line.starts_at else None
    return (
        begin.date() if begin else None,
        f"{begin:%H:%M}" if begin else "",
        line.name,
        line.committee,
        _("zurückgezogen") if line.is_withdrawn else str(meeting_sign(line.state).label),
        line.place,
        line.url,
    )


def _visibility(line: MeetingLine) -> str:
    return _("intern") if line.is_internal else _("öffentlich")
