"""The list of resolutions and the page of one: what became of it."""

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
from dreiklang.core.values import Unknown
from dreiklang.papers.forms.resolutions import ResolutionFilterForm
from dreiklang.papers.models.labels import RESOLUTION_STATE_LABELS, RESULT_LABELS, TRACKED_KIND_LABELS
from dreiklang.papers.permissions.resolutions import CREATE, EDIT, RELEASE, REPORT
from dreiklang.papers.queries import resolutions as queries
from dreiklang.papers.queries.decisions import open_decision_count
from dreiklang.papers.rules.kinds import TrackedKind
from dreiklang.papers.rules.resolutions import Fate, Funding, ResolutionFilter, ResolutionLine
from dreiklang.papers.views.fates import fate_sentence, money_words, unfunded_sentence
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import csv_file, xlsx_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, RailItem, Row, Sign, Table, Tone, table_query

PER_PAGE = 50
# Counted no further, and listed no further on the page that takes them over.
MOST_OFFERED = 500
COLUMNS = (
    Column("nummer", gettext_lazy("Nummer"), is_sortable=True, is_optional=False),
    Column("titel", gettext_lazy("Beschluss"), is_sortable=True, is_optional=False),
    Column("beschlossen", gettext_lazy("Beschlossen"), is_sortable=True),
    Column("stand", gettext_lazy("Stand"), is_sortable=True),
    Column("frist", gettext_lazy("Zu erledigen bis"), is_sortable=True),
    Column("amt", gettext_lazy("Zuständiges Amt"), is_sortable=True),
    Column("gremium", gettext_lazy("Gremium"), is_sortable=True, is_hidden=True),
    Column("mittel", gettext_lazy("Mittel"), is_sortable=True),
)


@require_safe
def resolution_list(request: ViewerRequest) -> HttpResponse:
    """One page of what the filters leave."""
    today, form = timezone.localdate(), _form(request)
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="-beschlossen")
    counts = queries.resolution_counts(request.viewer, wanted=wanted, today=today)
    page: Page[Any] = Paginator(range(counts.total), PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    lines = queries.resolution_lines(
        request.viewer,
        wanted=wanted,
        today=today,
        sort=asked.sort,
        is_descending=asked.is_descending,
        start=(page.number - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    context = {
        "form": form,
        "counts": counts,
        "sentence": fate_sentence(counts),
        "unfunded": unfunded_sentence(counts),
        "parts": queries.fate_parts(counts, href=lambda fate: _narrowed(request, fate)),
        "page": page,
        "is_filtered": wanted != ResolutionFilter(),
        "asked": form.asked(),
        "today": today,
        "stand": today,
        "xlsx_href": f"{reverse('papers:resolutions_xlsx')}?{request.GET.urlencode()}",
        "may_create": may(request.viewer, CREATE),
        "offered": open_decision_count(request.viewer, most=MOST_OFFERED),
        "most_offered": MOST_OFFERED,
        "table": Table(
            id="beschluesse-tabelle",
            caption=_("Beschlüsse"),
            columns=COLUMNS,
            rows=[_row(line) for line in lines],
            query=asked,
            csv_href=f"{reverse('papers:resolutions_csv')}?{request.GET.urlencode()}",
            empty_text=_("Kein Beschluss passt zu diesen Filtern."),
        ),
    }
    return render(request, "papers/resolutions/list.html", context)


@require_safe
def resolution(request: ViewerRequest, number: str) -> HttpResponse:
    """One resolution: what was decided, and what became of it."""
    today = timezone.localdate()
    try:
        page = queries.resolution_page(request.viewer, number=number, today=today)
    except NotFound:
        raise Http404 from None
    record = page.inside.record if page.inside else None
    context = {
        "page": page,
        "line": page.line,
        "today": today,
        "sign": queries.fate_sign(page.line.fate),
        "kind_label": TRACKED_KIND_LABELS[page.line.kind],
        "result_label": RESULT_LABELS[page.line.result],
        "is_missing_money": page.line.funding is Funding.MISSING,
        "needs_no_money": page.line.funding is Funding.NOT_NEEDED and isinstance(page.line.money, Unknown),
        "reports": [
            (one, RESOLUTION_STATE_LABELS[one.state], _state_tone(one.state)) for one in page.reports
        ],
        "may_edit": record is not None and may(request.viewer, EDIT, record),
        "may_report": record is not None and may(request.viewer, REPORT, record),
        "may_release": record is not None and may(request.viewer, RELEASE, record),
        "draft_saved": request.session.pop("draft_saved", ""),
        "rail_items": _rail(page),
    }
    return render(request, "papers/resolutions/resolution.html", context)


@require_safe
def resolution_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV."""
    columns, rows = _export(request)
    return csv_file(columns, rows, name="beschluesse")


@require_safe
def resolution_xlsx(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as a workbook."""
    columns, rows = _export(request)
    return xlsx_file(columns, rows, name="beschluesse", title=_("Beschlüsse"))


def heads() -> list[Written]:
    """The columns of every download of resolutions."""
    names = (
        _("Nummer"),
        _("Art"),
        _("Titel"),
        _("Beschlossen am"),
        _("Gremium"),
        _("Ergebnis"),
        _("Stand"),
        _("Stand vom"),
        _("Zu erledigen bis"),
        _("Zuständiges Amt"),
        _("Mittel in Euro"),
        _("Mittel in Worten"),
    )
    return [Written(name) for name in names]


def exported(line: ResolutionLine) -> tuple[Any, ...]:
    """A resolution as a row of a download."""
    is_known = not isinstance(line.money, Unknown)
    return (
        line.number,
        str(TRACKED_KIND_LABELS[line.kind]),
        line.title,
        line.decided_on,
        line.committee,
        str(RESULT_LABELS[line.result]),
        str(queries.fate_sign(line.fate).label),
        line.state_on,
        line.due_on,
        line.department,
        line.money if is_known else None,
        "" if is_known else money_words(line),
    )


def _form(request: ViewerRequest) -> ResolutionFilterForm:
    return ResolutionFilterForm(request.GET, lists=queries.resolution_lists(request.viewer))


def _narrowed(request: ViewerRequest, fate: Fate) -> str:
    params = request.GET.copy()
    params.pop(PAGE_KEY, None)
    params["stand"] = fate.value
    return f"?{params.urlencode()}"


def _row(line: ResolutionLine) -> Row:
    notes = [] if line.kind is TrackedKind.RESOLUTION else [str(TRACKED_KIND_LABELS[line.kind])]
    notes += [_("intern")] if line.is_internal else []
    is_missing = line.funding is Funding.MISSING
    return Row(
        href=line.url,
        cells={
            "beschlossen": text.day_short(line.decided_on) if line.decided_on else "–",
            "nummer": line.number,
            "titel": Cell(line.title, href=line.url, note=" · ".join(notes)),
            "stand": queries.fate_sign(line.fate),
            "frist": text.day_short(line.due_on) if line.due_on else _("ohne Frist"),
            "amt": line.department or _("noch kein Amt"),
            "gremium": line.committee or "–",
            "mittel": Sign("unfunded", _("ohne Mittel"), Tone.WARN) if is_missing else money_words(line),
        },
    )


def _export(request: ViewerRequest) -> tuple[list[Written], Iterable[tuple[Any, ...]]]:
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="-beschlossen")
    lines = queries.resolution_lines(
        request.viewer,
        wanted=_form(request).wanted(),
        today=timezone.localdate(),
        sort=asked.sort,
        is_descending=asked.is_descending,
        limit=None,
    )
    return heads(), (exported(line) for line in lines)


def _state_tone(state: str) -> Tone:
    return queries.fate_sign(Fate(state)).tone


def _rail(page: queries.ResolutionPage) -> list[RailItem]:
    kind = TRACKED_KIND_LABELS[page.line.kind]
    paper = [RailItem(_("Vorlage"), page.paper.key, page.paper.url)] if page.paper else []
    count = text.number(len(page.measures))
    return [
        *paper,
        RailItem(kind, page.line.number, is_current=True),
        *([RailItem(_("Maßnahmen"), "", "#massnahmen", count)] if page.measures else []),
    ]
