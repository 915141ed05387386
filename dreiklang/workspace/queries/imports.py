"""What can be asked about imports: kinds, uploads under way, runs with their reports."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dreiklang.core.errors import NotFound
from dreiklang.core.imports import wording
from dreiklang.core.imports.contract import Importer
from dreiklang.core.imports.registry import importers
from dreiklang.core.imports.report import headers_of
from dreiklang.core.models import Mapping, Problem, RowResult, Run, Upload
from dreiklang.monitoring.queries import wording as statistics
from dreiklang.monitoring.queries.told_numbers import problems_told, rows_told
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer
from dreiklang.workspace.permissions import IMPORT


@dataclass(frozen=True)
class FieldChange:
    """A field of a row with what stood there before and what stands there after, for people."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ResultRow:
    """One row of a report."""

    row: int | None
    key: str
    label: str
    changes: tuple[FieldChange, ...]
    problems: tuple["ProblemRow", ...] = ()


@dataclass(frozen=True)
class ProblemRow:
    """A problem in words. `field` is our field, `header` the column in the file."""

    row: int | None
    key: str
    field: str
    header: str
    code: str
    value: str
    said: str
    is_error: bool
    proposals: tuple[str, ...]


@dataclass(frozen=True)
class Saved:
    """A mapping saved under a name."""

    pk: int
    name: str


def may_import(viewer: Viewer) -> bool:
    """Whether the viewer may import lists."""
    return may(viewer, IMPORT)


def kinds(viewer: Viewer) -> tuple[Importer, ...]:
    """All kinds of lists in the order in which a new city loads them."""
    return tuple(importers().values()) if may_import(viewer) else ()


def uploads(viewer: Viewer) -> list[Upload]:
    """Imports the viewer has begun and not finished, latest first. Without the files' content."""
    if not may_import(viewer):
        return []
    # Lists of values go a way of their own.
    found = Upload.objects.filter(Q(by_id=viewer.account_id), kind__in=importers()).defer("content")
    return list(found.order_by("-created_at", "-pk")[:10])


def upload(viewer: Viewer, pk: int) -> Upload:
    """A file the viewer has uploaded. Raises: NotFound, also for files of others."""
    rows = Upload.objects.filter(Q(by_id=viewer.account_id), kind__in=importers(), pk=pk)
    found = rows.first() if may_import(viewer) else None
    if found is None:
        raise NotFound("upload", key=pk)
    return found


def mappings(viewer: Viewer, kind: str) -> list[Mapping]:
    """The saved mappings of a kind by name."""
    return list(Mapping.objects.filter(kind=kind).order_by("name", "pk")) if may_import(viewer) else []


def runs(viewer: Viewer, *, with_trials: bool = False) -> QuerySet[Run]:
    """Runs, latest first; dry runs only if asked for."""
    if not may_import(viewer):
        return Run.objects.none()
    found = Run.objects.select_related("source").order_by("-started_at", "-pk")
    return found if with_trials else found.filter(is_dry_run=False)


def run(viewer: Viewer, pk: int) -> Run:
    """One run. Raises: NotFound."""
    found = Run.objects.select_related("source").filter(pk=pk).first() if may_import(viewer) else None
    if found is None:
        raise NotFound("run", key=pk)
    return found


def results(viewer: Viewer, found: Run, outcome: str) -> QuerySet[RowResult]:
    """The rows of a run with that outcome, in order of the file."""
    return RowResult.objects.filter(run=found, outcome=outcome).order_by("row", "pk")


def result_rows(
    viewer: Viewer, found: Run, chosen: Importer | None, page: Sequence[RowResult]
) -> list[ResultRow]:
    """Rows of a report in words, with their problems. Two statements at most."""
    labels = {one.name: _(one.label) for one in chosen.fields} if chosen else {}
    numbers = [one.row for one in page if one.row is not None]
    by_row: dict[int | None, list[ProblemRow]] = {}
    for problem in worded(viewer, found, chosen, Problem.objects.filter(run=found, row__in=numbers)):
        by_row.setdefault(problem.row, []).append(problem)
    return [
        ResultRow(
            one.row,
            one.key,
            one.label,
            tuple(_change(change, labels) for change in one.differences),
            tuple(by_row.get(one.row, ()) if one.row is not None else ()),
        )
        for one in rows_told(viewer, run=found, found=page)
    ]


def problems(found: Run) -> QuerySet[Problem]:
    """All problems of a run: refusals first, then hints, in order of the file."""
    return Problem.objects.filter(run=found).order_by("weight", "row", "pk")


def worded(viewer: Viewer, found: Run, chosen: Importer | None, page: Iterable[Problem]) -> list[ProblemRow]:
    """Problems in words; without numbers that the viewer may not read."""
    headers = headers_of(chosen, found.file_facts.get("columns", {})) if chosen else {}
    return [_worded(found, chosen, headers, one) for one in problems_told(viewer, run=found, found=page)]


def refusal_sentence(found: Run, chosen: Importer | None, *, limit_bytes: int) -> str:
    """Why a run ended without a result; empty for one that did not."""
    first = Problem.objects.filter(run=found, row=None, field="").order_by("pk").first()
    if first is None:
        return ""
    if not first.code.startswith("file_"):
        return wording.sentence(code=first.code, value=first.value)
    return wording.worded_file(
        code=first.code.removeprefix("file_"),
        detail=str(found.file_facts.get("detail") or ""),
        line=found.file_facts.get("line"),
        column=found.file_facts.get("column"),
        endings=chosen.endings if chosen else (),
        limit_bytes=limit_bytes,
    )


def csv_rows(viewer: Viewer, found: Run, chosen: Importer | None) -> Iterator[tuple[str, ...]]:
    """The problems as a table for correcting the list."""
    yield (
        str(_(chosen.row_word)) if chosen else _("Zeile"),
        _("Schlüssel"),
        _("Spalte"),
        _("Wert"),
        _("Art"),
        _("Was ist"),
        _("Vorschläge"),
    )
    for one in worded(viewer, found, chosen, problems(found).iterator()):
        kind = _("abgelehnt") if one.is_error else _("Hinweis")
        yield (str(one.row or ""), one.key, one.header, one.value, kind, one.said, " | ".join(one.proposals))


def _worded(found: Run, chosen: Importer | None, headers: dict[str, str], one: Problem) -> ProblemRow:
    header = headers.get(one.field, one.field)
    return ProblemRow(
        row=one.row,
        key=one.key,
        field=one.field,
        header=header,
        code=one.code,
        value="" if one.code == "changed_on_both_sides" else one.value,
        said=_said(found, chosen, header, one),
        is_error=one.weight == "error",
        proposals=tuple(one.proposals),
    )


def _said(found: Run, chosen: Importer | None, header: str, one: Problem) -> str:
    if found.source.kind in statistics.TITLES:
        return statistics.sentence(one.code, value=one.value)
    return wording.sentence(code=one.code, importer=chosen, field=header, value=one.value)


def _change(change: dict[str, Any], labels: dict[str, str]) -> FieldChange:
    return FieldChange(
        labels.get(change["field"], change["field"]),
        wording.shown_value(change["before"]),
        wording.shown_value(change["after"]),
    )
