"""Who meets whom, two by two: goals, concepts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dreiklang.conflicts import queries
from dreiklang.conflicts.forms.typed import typed_id
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries import Cell, Matrix
from dreiklang.conflicts.queries.counts import lines_by_id
from dreiklang.conflicts.queries.names import parties_of
from dreiklang.conflicts.views.lines import row_of
from dreiklang.core import text
from dreiklang.core.records import Ref
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require

CONCEPTS = "konzepte"


@login_required
@require_safe
def matrix(request: ViewerRequest) -> HttpResponse:
    """The table of all pairs; with `?paar=12-15` what lies behind one of them."""
    require(request.viewer, SEE)
    by_concepts = request.GET.get("nach") == CONCEPTS
    found = queries.concept_matrix(request.viewer) if by_concepts else queries.goal_matrix(request.viewer)
    names = dict(zip(found.head_ids, found.heads, strict=True))
    cells = {(one.row, one.column): one for one in found.cells}
    chosen = _chosen(request.GET.get("paar", ""), cells)
    context = {
        "by": CONCEPTS if by_concepts else "",
        "heads": [names[pk] for pk in found.head_ids],
        "rows": _rows(found, names, cells, prefix=f"?nach={CONCEPTS}&paar=" if by_concepts else "?paar="),
        "sentence": _sentence(found, names),
        "chosen": chosen,
        "chosen_names": [names[chosen.row], names[chosen.column]] if chosen else [],
        "chosen_rows": [row_of(one) for one in lines_by_id(request.viewer, chosen.ids)] if chosen else [],
        "chosen_parties": parties_of(request.viewer, chosen.keys).values() if chosen else [],
    }
    return render(request, "conflicts/matrix.html", context)


def _chosen(given: str, cells: dict[tuple[int, int], Cell]) -> Cell | None:
    row, _sign, column = given.partition("-")
    pair = typed_id(row), typed_id(column)
    return next((cell for known, cell in cells.items() if known == pair), None)


def _rows(
    found: Matrix, names: dict[int, Ref], cells: dict[tuple[int, int], Cell], *, prefix: str
) -> list[tuple[Ref, list[dict[str, Any]]]]:
    """Each row with all its cells: a pair stands on both sides of the diagonal."""
    rows = []
    for one in found.head_ids:
        line = []
        for other in found.head_ids:
            cell = cells.get((one, other)) or cells.get((other, one))
            line.append(_cell(cell, names[one], names[other], prefix=prefix, is_self=one == other))
        rows.append((names[one], line))
    return rows


def _cell(cell: Cell | None, one: Ref, other: Ref, *, prefix: str, is_self: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": f"{other.key} {other.title}", "is_self": is_self and cell is None}
    if cell is None:
        return shown
    return shown | {
        "count": cell.conflicts + cell.synergies,
        "conflicts": cell.conflicts,
        "synergies": cell.synergies,
        "href": f"{prefix}{cell.row}-{cell.column}#paar",
        "words": _("%(one)s und %(other)s: %(counts)s")
        % {"one": one.key, "other": other.key, "counts": _counted(cell)},
    }


def _counted(cell: Cell) -> str:
    """What the numbers of a cell count: open candidates between concepts, or what acts on two goals."""
    if cell.ids:
        return counted(cell.conflicts, cell.synergies)
    if cell.row == cell.column:
        return ngettext(
            "dafür und dagegen wirkt je mindestens ein Vorhaben",
            "dafür und dagegen wirken je mindestens %(n)s Vorhaben",
            cell.conflicts,
        ) % {"n": text.number(cell.conflicts)}
    said = [
        ngettext(
            "ein Vorhaben hilft dem einen und erschwert das andere",
            "%(n)s Vorhaben helfen dem einen und erschweren das andere",
            cell.conflicts,
        )
        % {"n": text.number(cell.conflicts)},
        ngettext("ein Vorhaben hilft beiden", "%(n)s Vorhaben helfen beiden", cell.synergies)
        % {"n": text.number(cell.synergies)},
    ]
    counts = (cell.conflicts, cell.synergies)
    return text.listing([words for words, n in zip(said, counts, strict=True) if n])


def counted(conflicts: int, synergies: int) -> str:
    """Both counts in words, without those that are nought."""
    said = [
        ngettext("ein Konflikt", "%(n)s Konflikte", conflicts) % {"n": text.number(conflicts)},
        ngettext("eine Synergie", "%(n)s Synergien", synergies) % {"n": text.number(synergies)},
    ]
    return text.listing([words for words, n in zip(said, (conflicts, synergies), strict=True) if n])


def _sentence(found: Matrix, names: dict[int, Ref]) -> str:
    if not found.cells:
        return _("Noch begegnet sich nichts.")
    most = max(found.cells, key=lambda one: (one.conflicts, one.synergies))
    said = {
        "one": f"{names[most.row].key} {names[most.row].title}",
        "other": f"{names[most.column].key} {names[most.column].title}",
        "counts": _counted(most),
    }
    if most.row == most.column:
        return _("Am meisten gerungen wird um „%(one)s“: %(counts)s.") % said
    return _("Am häufigsten treffen „%(one)s“ und „%(other)s“ aufeinander: %(counts)s.") % said
