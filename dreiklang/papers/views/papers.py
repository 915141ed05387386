"""The list of papers and the page of one."""

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
from dreiklang.papers.forms.papers import PaperFilterForm
from dreiklang.papers.models.labels import (
    CHECK_STATE_LABELS,
    CONSULTATION_ROLE_LABELS,
    PAPER_KIND_LABELS,
    TARGET_KIND_LABELS,
)
from dreiklang.papers.permissions.papers import CREATE, EDIT, PUBLISH, SETTINGS
from dreiklang.papers.queries import papers as queries
from dreiklang.papers.queries.checks import checks_of_paper
from dreiklang.papers.queries.papers.signs import HEARING_LABELS, result_sign, standing_sign
from dreiklang.papers.queries.released import released_reference
from dreiklang.papers.rules.kinds import CheckState, ConsultationRole, Result, TargetKind
from dreiklang.papers.rules.papers import MOST_COUNTED, PaperFilter, PaperLine, RouteStep, Standing
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import MOST_EXPORTED, csv_file, xlsx_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, RailItem, Row, Table, table_query

PER_PAGE = 50
COLUMNS = (
    Column("nummer", gettext_lazy("Nummer"), is_sortable=True, is_optional=False),
    Column("titel", gettext_lazy("Vorlage"), is_sortable=True, is_optional=False),
    Column("stand", gettext_lazy("Stand")),
    Column("datum", gettext_lazy("Datum"), is_sortable=True),
    Column("art", gettext_lazy("Art"), is_sortable=True),
    Column("amt", gettext_lazy("Federführung"), is_sortable=True),
)
INSIDE_COLUMNS = (*COLUMNS, Column("pruefung", gettext_lazy("Prüfung")))


@require_safe
def paper_list(request: ViewerRequest) -> HttpResponse:
    """One page of what the filters leave."""
    form, columns = _form(request), _columns(request)
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=columns, default_sort="-datum")
    found = queries.paper_total(request.viewer, wanted=wanted)
    page: Page[Any] = Paginator(range(found.number), PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    lines = queries.paper_lines(
        request.viewer,
        wanted=wanted,
        today=timezone.localdate(),
        sort=asked.sort,
        is_descending=asked.is_descending,
        start=(page.number - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    context = {
        "form": form,
        "found": found,
        "most": MOST_COUNTED,
        "page": page,
        "newest": lines[0]
        if lines and asked.sort == "datum" and asked.is_descending and page.number == 1
        else None,
        "is_filtered": wanted != PaperFilter(),
        "asked": form.asked(),
        "xlsx_href": f"{reverse('papers:xlsx')}?{request.GET.urlencode()}",
        "may_create": may(request.viewer, CREATE),
        "may_rule": may(request.viewer, SETTINGS),
        "table": Table(
            id="vorlagen-tabelle",
            caption=_("Vorlagen"),
            columns=columns,
            rows=[_row(line) for line in lines],
            query=asked,
            csv_href=f"{reverse('papers:csv')}?{request.GET.urlencode()}",
            empty_text=_("Keine Vorlage passt zu diesen Filtern."),
        ),
    }
    return render(request, "papers/list.html", context)


@require_safe
def paper(request: ViewerRequest, key: str) -> HttpResponse:
    """One paper with its route, what it touches, and its files."""
    today = timezone.localdate()
    try:
        page = queries.paper_page(request.viewer, key=key, today=today)
    except NotFound:
        raise Http404 from None
    context = {
        "page": page,
        "today": today,
        "sign": standing_sign(page.line.standing),
        "kind_label": PAPER_KIND_LABELS[page.line.kind],
        "last_result": _last_result(page.line.standing),
        "hearing": HEARING_LABELS[page.hearing],
        "route": [(step, result_sign(step.result), role_words(step)) for step in page.route],
        "touched": _grouped(page.touched),
        "checks": checks_of_paper(request.viewer, paper_id=page.line.id, key=page.line.key, today=today),
        "reference": released_reference(request.viewer, paper_id=page.line.id),
        "may_edit": page.inside is not None and may(request.viewer, EDIT, page.inside),
        "may_publish": page.inside is not None and may(request.viewer, PUBLISH, page.inside),
        "rail_items": _rail(page),
    }
    return render(request, "papers/paper.html", context)


@require_safe
def paper_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV."""
    columns, rows = _export(request)
    return csv_file(columns, rows, name="vorlagen")


@require_safe
def paper_xlsx(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as a workbook."""
    columns, rows = _export(request)
    return xlsx_file(columns, rows, name="vorlagen", title=_("Vorlagen"))


def role_words(step: RouteStep) -> str:
    """What the committee does with the paper, in the source's own word where it says more; and whether it decides."""
    own = step.role is ConsultationRole.UNKNOWN and step.role_words
    said = own or str(CONSULTATION_ROLE_LABELS[step.role])
    if step.role is ConsultationRole.DECISION:
        return said
    return (
        _("%(role)s, entscheidet") % {"role": said}
        if step.is_deciding
        else _("%(role)s, berät") % {"role": said}
    )


def standing_words(standing: Standing) -> str:
    """The committee and day that tell where a paper stands: "Gemeinderat, 8. Dezember 2026"."""
    step = standing.step
    if step is None:
        return ""
    return ", ".join(filter(None, [step.committee, text.day_short(step.on) if step.on else ""]))


def _last_result(standing: Standing) -> str:
    """The result of the step that tells where the paper stands; empty while there is none."""
    step = standing.step
    if step is None or step.result is Result.OPEN:
        return ""
    return step.result_words or str(result_sign(step.result).label)


def _form(request: ViewerRequest) -> PaperFilterForm:
    return PaperFilterForm(request.GET, viewer=request.viewer, lists=queries.filter_lists(request.viewer))


def _columns(request: ViewerRequest) -> tuple[Column, ...]:
    return INSIDE_COLUMNS if request.viewer.is_internal else COLUMNS


def _row(line: PaperLine) -> Row:
    notes = [_("strategisch")] if line.is_strategic else []
    if line.is_internal:
        notes.append(_("intern"))
    check = CHECK_STATE_LABELS[CheckState(line.check_state)] if line.check_state else "–"
    return Row(
        href=line.url,
        is_muted=line.standing.where == "withdrawn",
        cells={
            "datum": text.day_short(line.dated_on) if line.dated_on else _("ohne Datum"),
            "nummer": line.number,
            "titel": Cell(line.title, href=line.url, note=" · ".join(notes)),
            "stand": Cell(standing_sign(line.standing), note=standing_words(line.standing)),
            "art": PAPER_KIND_LABELS[line.kind],
            "amt": line.department or "–",
            "pruefung": check,
        },
    )


def _grouped(touched: Iterable[queries.Touched]) -> list[tuple[Any, list[queries.Touched]]]:
    groups: dict[TargetKind, list[queries.Touched]] = {}
    for one in touched:
        groups.setdefault(one.kind, []).append(one)
    return [(TARGET_KIND_LABELS[kind], ones) for kind, ones in groups.items()]


def _rail(page: queries.PaperPage) -> list[RailItem]:
    first = {one.kind: one for one in reversed(page.touched)}
    chain = (TargetKind.TASK, TargetKind.GOAL, TargetKind.CONCEPT, TargetKind.MEASURE)
    items = [
        RailItem(
            TARGET_KIND_LABELS[kind], f"{first[kind].ref.key} {first[kind].ref.title}", first[kind].ref.url
        )
        for kind in chain
        if kind in first
    ]
    resolutions = page.resolutions
    after = [RailItem(_("Beschluss"), resolutions[0].key, resolutions[0].url)] if resolutions else []
    return [*items, RailItem(_("Vorlage"), page.line.number, is_current=True), *after]


def _export(request: ViewerRequest) -> tuple[list[Written], Iterable[tuple[Any, ...]]]:
    columns = _columns(request)
    asked = table_query(dict(request.GET.lists()), columns=columns, default_sort="-datum")
    lines = queries.paper_lines(
        request.viewer,
        wanted=_form(request).wanted(),
        today=timezone.localdate(),
        sort=asked.sort,
        is_descending=asked.is_descending,
        limit=MOST_EXPORTED,
    )
    heads = [_("Nummer"), _("Titel"), _("Datum"), _("Art"), _("Stand"), _("Gremium und Tag")]
    heads += [_("Federführung"), _("Adresse")]
    if not request.viewer.is_internal:
        return [Written(head) for head in heads], (_exported(line) for line in lines)
    inside = [*heads, _("Strategisch"), _("Sichtbarkeit")]
    return [Written(head) for head in inside], ((*_exported(line), *_exported_inside(line)) for line in lines)


def _exported(line: PaperLine) -> tuple[Any, ...]:
    return (
        line.number,
        line.title,
        line.dated_on,
        str(PAPER_KIND_LABELS[line.kind]),
        str(standing_sign(line.standing).label),
        standing_words(line.standing),
        line.department,
        line.url,
    )


def _exported_inside(line: PaperLine) -> tuple[Any, ...]:
    return line.is_strategic, _("intern") if line.is_internal else _("öffentlich")
