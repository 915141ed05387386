"""Grant sheets: the list, one of them, its workbooks; the layouts."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core.errors import NotFound
from dreiklang.core.tables.write import Column as Written
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import GrantSheet
from dreiklang.monitoring.queries import grants as queries
from dreiklang.monitoring.queries.sheets_told import sheet_of
from dreiklang.monitoring.rules.sheets import FilledRow
from dreiklang.monitoring.views.grant_words import (
    ROLES,
    gap_words,
    gaps_sentence,
    shown_parts,
    unit_words,
)
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import xlsx_file


@require_safe
def sheet_list(request: ViewerRequest) -> HttpResponse:
    """The sheets, the newest first, and with which layouts they can be filled."""
    require(request.viewer, permissions.SEE_INSIDE)
    context = {
        "lines": queries.sheet_lines(request.viewer),
        "layouts": queries.layouts().values(),
        "own": queries.own_layouts(request.viewer),
        "may_fill": may(request.viewer, permissions.FILL_SHEET),
        "may_edit_layouts": may(request.viewer, permissions.EDIT_LAYOUTS),
    }
    return render(request, "monitoring/grants/list.html", context)


@require_safe
def sheet_page(request: ViewerRequest, pk: int) -> HttpResponse:
    """One sheet with every value, what it rests on, and every gap with its reason."""
    one = found(request, pk)
    sheet = sheet_of(request.viewer, one)
    may_fill = one.sent_on is None and may(request.viewer, permissions.FILL_SHEET, one)
    has_layout = (one.layout_key, one.layout_edition) in queries.layouts()
    context = {
        "one": one,
        "layout": sheet.layout,
        "parts": shown_parts(sheet),
        "sentence": gaps_sentence(len(sheet.gaps), len(sheet.rows)),
        "estimates": sum(row.is_estimate for row in sheet.rows),
        "may_send": may_fill,
        "may_fill": may_fill and has_layout,
        "roles": ROLES,
    }
    return render(request, "monitoring/grants/sheet.html", context)


@require_safe
def sheet_rows_xlsx(request: ViewerRequest, pk: int) -> HttpResponse:
    """The sheet as a list, a row each, with what it rests on."""
    one = found(request, pk)
    sheet = sheet_of(request.viewer, one)
    titles = {part.key: part.title for part in sheet.layout.parts}
    heads = (
        _("Teil"),
        _("Zeile"),
        _("Art"),
        _("Wert"),
        _("Einheit"),
        _("geschätzt"),
        _("beruht auf"),
        _("warum kein Wert"),
        _("Grundlage"),
    )
    rows = (
        (
            titles[row.part],
            row.row.title,
            str(ROLES[row.row.role]),
            _written(row),
            unit_words(row.row.unit),
            _("ja") if row.is_estimate else "",
            row.rests_on,
            gap_words(row.value) if isinstance(row.value, Unknown) else "",
            row.row.basis,
        )
        for row in sheet.rows
    )
    return xlsx_file([Written(head) for head in heads], rows, name=_name(one), title=_("Bogen"))


@require_safe
def sheet_wide_xlsx(request: ViewerRequest, pk: int) -> HttpResponse:
    """The sheet as one row under a head for each row: to be put below those of other areas and years."""
    one = found(request, pk)
    sheet = sheet_of(request.viewer, one)
    heads = [Written(_("Gebiet")), Written(_("Jahr")), *(Written(_head(row)) for row in sheet.rows)]
    line: tuple[Any, ...] = (one.area_words, one.year, *(_written(row) for row in sheet.rows))
    return xlsx_file(heads, [line], name=f"{_name(one)}-breit", title=_("Bogen"))


def found(request: ViewerRequest, pk: int) -> GrantSheet:
    """The sheet, for the administration."""
    require(request.viewer, permissions.SEE_INSIDE)
    try:
        return queries.sheet_page(request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing


def _written(row: FilledRow) -> Decimal | str | None:
    """The exact value; a gap is an empty cell and never a 0."""
    return None if isinstance(row.value, Unknown) else row.value


def _head(row: FilledRow) -> str:
    unit = unit_words(row.row.unit)
    return f"{row.part} {row.row.title} ({unit})" if unit else f"{row.part} {row.row.title}"


def _name(one: GrantSheet) -> str:
    return f"foerderbogen-{one.layout_key}-{one.pk}-{one.year}"
