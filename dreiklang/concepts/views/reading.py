"""Reading the register."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.concepts import permissions, queries
from dreiklang.concepts.forms import FilterForm
from dreiklang.concepts.queries import ConceptFilter, ConceptLine, ConceptPage
from dreiklang.concepts.rules import ConceptKind, validity
from dreiklang.conflicts.queries import panel_of
from dreiklang.core import text
from dreiklang.core.tables.write import Column as Written
from dreiklang.core.values import Unknown
from dreiklang.measures import queries as measures
from dreiklang.papers.queries import council_of_concept
from dreiklang.papers.queries.checks import checks_of_concept
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.places.queries import area_shapes
from dreiklang.ui.downloads import csv_file, xlsx_file
from dreiklang.ui.rules import Cell, Column, RailItem, Row, Table, TableQuery, table_query

PER_PAGE = 50
SHOWN = 20


def concept_list(request: ViewerRequest) -> HttpResponse:
    """The register: filtered, sorted, as page, CSV or XLSX."""
    columns = _columns()
    query = table_query(dict(request.GET.lists()), columns=columns, default_sort="number")
    form = FilterForm(request.GET, viewer=request.viewer)
    asked = form.asked(sort=query.sort, is_descending=query.is_descending)
    wanted = request.GET.get("format", "")
    if wanted in {"csv", "xlsx"}:
        return _download(queries.concept_lines(request.viewer, asked=asked), form=wanted)
    return render(request, "concepts/list.html", _listed(request, form, asked, columns, query))


def _listed(
    request: ViewerRequest,
    form: FilterForm,
    asked: ConceptFilter,
    columns: tuple[Column, ...],
    query: TableQuery,
) -> dict[str, Any]:
    found = queries.concept_total(request.viewer, asked=asked)
    pages = Paginator(range(found), PER_PAGE)
    page = pages.get_page(request.GET.get("seite"))
    lines = queries.concept_lines(
        request.viewer, asked=asked, offset=page.start_index() - 1 if found else 0, limit=PER_PAGE
    )
    params = request.GET.copy()
    params.pop("seite", None)
    params["format"] = "csv"
    csv_address = f"?{params.urlencode()}"
    params["format"] = "xlsx"
    return {
        "form": form,
        "found": found,
        "total": queries.concept_total(request.viewer),
        "page": page,
        "asked_kind": asked.kinds[0] if asked.kinds else "",
        "only_formal": asked.kinds == (ConceptKind.FORMAL_PLAN,),
        "table": Table(
            id="konzepte-tabelle",
            caption=_("Konzepte"),
            columns=columns,
            rows=[_row(line) for line in lines],
            query=query,
            csv_href=csv_address,
            empty_text=_("Kein Konzept passt zu diesen Filtern. Heben Sie einen auf."),
        ),
        "xlsx_address": f"?{params.urlencode()}",
        "may_create": may(request.viewer, permissions.CREATE),
    }


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", _("Nummer"), is_sortable=True, is_optional=False),
        Column("title", _("Titel"), is_sortable=True, is_optional=False),
        Column("status", _("Stand"), is_sortable=True),
        Column("department", _("Federführung"), is_sortable=True),
        Column("main_goal", _("Hauptziel")),
        Column("valid_to", _("Gültig bis"), is_sortable=True, is_hidden=True),
        Column("resolution", _("Beschluss"), is_sortable=True, is_hidden=True),
        Column("cost", _("Gesamtkosten"), is_numeric=True, is_sortable=True),
    )


def _row(line: ConceptLine) -> Row:
    title_note = "" if not line.is_formal else line.kind_label
    if not line.is_public:
        title_note = " · ".join(filter(None, [title_note, _("intern")]))
    return Row(
        href=line.url,
        cells={
            "number": Cell(line.number),
            "title": Cell(line.title, href=line.url, note=title_note),
            "status": line.status_label,
            "department": line.department or "–",
            "main_goal": line.main_goal or "–",
            "valid_to": text.day_short(line.valid_to) if line.valid_to else "–",
            "resolution": line.resolution_reference or "–",
            "cost": _money(line.cost),
        },
    )


def _money(value: Any) -> str:
    return text.unknown(value) if isinstance(value, Unknown) else text.money_short(value)


def _heads() -> list[str]:
    """The columns of the downloads, in the reader's language."""
    return [
        _("Nummer"),
        _("Titel"),
        _("Art"),
        _("Status"),
        _("Gültig ab"),
        _("Gültig bis"),
        _("Federführung"),
        _("Beschluss"),
        _("Beschlussdatum"),
        _("Hauptziel"),
        _("Gesamtkosten"),
        _("Finanzierungslücke"),
    ]


def _exported(line: ConceptLine) -> tuple[Any, ...]:
    return (
        line.number,
        line.title,
        line.kind_label,
        line.status_label,
        line.valid_from,
        line.valid_to,
        line.department_key,
        line.resolution_reference,
        line.resolution_on,
        line.main_goal,
        line.cost,
        line.gap,
    )


def _download(lines: Iterable[ConceptLine], *, form: str) -> HttpResponse:
    columns, rows = [Written(head) for head in _heads()], map(_exported, lines)
    if form == "csv":
        return csv_file(columns, rows, name="konzepte")
    return xlsx_file(columns, rows, name="konzepte", title=_("Konzepte"))


def concept(request: ViewerRequest, number: str) -> HttpResponse:
    """One concept with everything that hangs on it."""
    page = queries.concept(request.viewer, number=number)
    if page is None:
        raise Http404
    today = timezone.localdate()
    terms = measures.terms_of(today=today)
    of: dict[str, Any] = {"today": today, "concept": page.line.pk, "terms": terms}
    spread = measures.distribution(request.viewer, **of)
    return render(
        request,
        "concepts/concept.html",
        {
            "page": page,
            "today": today,
            "stand": today,
            "validity": validity(valid_from=page.line.valid_from, valid_to=page.line.valid_to, today=today),
            "distribution": spread,
            "measures": measures.measures_of(request.viewer, limit=SHOWN, **of),
            "shapes": area_shapes(request.viewer, ids=page.area_ids)
            if page.area_ids or page.geometry
            else (),
            "meets": panel_of(request.viewer, key=f"concept:{page.line.pk}")
            if request.viewer.is_internal
            else (),
            "meets_key": f"concept:{page.line.pk}",
            "council": council_of_concept(request.viewer, concept=page.line.pk, today=today),
            "checks": checks_of_concept(
                request.viewer, concept_id=page.line.pk, title=page.line.title, today=today
            ),
            "may_edit": page.internal is not None and may(request.viewer, permissions.EDIT, page.internal),
            "rail_items": _rail(page, text.number(spread.total)),
        },
    )


def _rail(page: ConceptPage, measure_count: str) -> list[RailItem]:
    main = next((goal for goal in page.goals if goal.is_main), None)
    kind = _("Förmlicher Plan") if page.line.is_formal else _("Konzept")
    return [
        *(RailItem(_("Zukunftsaufgabe"), f"{t.key} {t.title}", t.url) for t in page.tasks[:1]),
        *([RailItem(_("Ziel"), f"{main.number} {main.title}", main.url)] if main else []),
        RailItem(kind, page.line.number, is_current=True),
        RailItem(_("Maßnahmen"), "", "#massnahmen", measure_count),
    ]
