"""Committees: the list, one of them with its meetings, the list as CSV."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.core.tables.write import Column as Written
from dreiklang.papers import queries as papers
from dreiklang.people import queries
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import csv_file
from dreiklang.ui.rules import Cell, Column, Row, Table

EDIT = "people.edit_committee"
_PUBLIC = (
    Column("name", gettext_lazy("Gremium"), is_optional=False),
    Column("kind", gettext_lazy("Art"), is_optional=False),
    Column("next", gettext_lazy("Nächste Sitzung"), is_optional=False),
)
_INSIDE = (Column("seats", gettext_lazy("Sitze"), is_optional=False),)


@require_safe
def committees(request: ViewerRequest) -> HttpResponse:
    """All committees that exist, on request also those that ended, each with its next meeting."""
    today = timezone.localdate()
    everything = queries.committees(request.viewer, with_ended=True, today=today)
    living = [one for one in everything if not one.has_ended]
    shows_ended = "beendet" in request.GET
    shown = everything if shows_ended else living
    coming = papers.next_of_each(request.viewer, today=today)
    first = min((coming[one.id] for one in living if one.id in coming), key=_begins, default=None)
    context = {
        "count": len(living),
        "ended_count": len(everything) - len(living),
        "shows_ended": shows_ended,
        "first": first,
        "may_edit": queries.may(request.viewer, EDIT),
        "table": Table(
            id="gremien-tabelle",
            caption=_("Gremien"),
            columns=(*_PUBLIC, *_INSIDE) if request.viewer.is_internal else _PUBLIC,
            rows=tuple(_row(one, coming) for one in shown),
            csv_href=reverse("people:committees_csv"),
        ),
    }
    return render(request, "people/committees.html", context)


@require_safe
def committee(request: ViewerRequest, key: str) -> HttpResponse:
    """One committee with its meetings; who sits there, for the administration."""
    today = timezone.localdate()
    try:
        page = queries.committee_page(request.viewer, key=key, today=today)
    except NotFound:
        raise Http404 from None
    work = papers.work_of_committee(request.viewer, committee=page.line.id, key=key, today=today)
    context = {
        "page": page,
        "today": today,
        "work": work,
        "coming": [(one, _note(one)) for one in work.coming],
        "last": [(one, _note(one)) for one in work.last],
        "may_edit": queries.may(request.viewer, EDIT),
    }
    return render(request, "people/committee.html", context)


@require_safe
def committees_csv(request: ViewerRequest) -> HttpResponse:
    """All committees, ended ones too. Whoever may change them gets the seats as the import reads them."""
    today = timezone.localdate()
    lines = queries.committees(request.viewer, with_ended=True, today=today)
    heads = [_("Kürzel"), _("Name"), _("Art"), _("Besteht bis")]
    seats = None
    if queries.may(request.viewer, EDIT):
        heads += [_("Mitglieder"), _("Stellvertretungen")]
        seats = queries.seated_mails()
    coming = papers.next_of_each(request.viewer, today=today)
    heads += [_("Nächste Sitzung"), _("Adresse")]
    rows = []
    for one in lines:
        said: list[Any] = [one.key, one.name, one.kind_label, one.ended_on]
        if seats is not None:
            said += [", ".join(seats.get((one.id, is_deputy), ())) for is_deputy in (False, True)]
        said += [timezone.localdate(_begins(coming[one.id])) if one.id in coming else None, one.url]
        rows.append(said)
    return csv_file([Written(head) for head in heads], map(tuple, rows), name="gremien")


def _note(meeting: Any) -> str:
    """What the day does not say: the name, unless it is the committee's, the place, and that it is closed."""
    name = "" if meeting.name.startswith(meeting.committee) else meeting.name
    return " · ".join(filter(None, (name, meeting.place, _("intern") if meeting.is_internal else "")))


def _begins(meeting: Any) -> Any:
    return meeting.starts_at


def _row(one: queries.CommitteeLine, coming: Any) -> Row:
    meeting = coming.get(one.id)
    ended = ""
    if one.ended_on and one.has_ended:
        ended = _("besteht seit dem %(day)s nicht mehr") % {"day": text.day_short(one.ended_on)}
    return Row(
        href=one.url,
        is_muted=one.has_ended,
        cells={
            "name": Cell(one.name, href=one.url, note=ended or one.key),
            "kind": one.kind_label,
            "next": Cell(text.day(meeting.starts_at), href=meeting.url, note=meeting.place)
            if meeting
            else "–",
            "seats": _seats(one),
        },
    )


def _seats(one: queries.CommitteeLine) -> Cell:
    if not one.seats and not one.deputies:
        return Cell("–")
    deputies = one.deputies or 0
    note = ngettext("eine Stellvertretung", "%(n)d Stellvertretungen", deputies) % {"n": deputies}
    return Cell(one.seats, note=note if deputies else "")
