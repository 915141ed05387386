"""The council systems that are read: how each stands, and what its runs did. For those who run it only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Outcome
from dreiklang.core.errors import NotFound
from dreiklang.core.models import Problem, RowResult, Run
from dreiklang.papers.models import OparlObject, OparlSource
from dreiklang.papers.permissions.oparl import SYNC
from dreiklang.papers.rules.kinds import SourceState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

KIND = "oparl"
TITLE = _("Ratsinformationssystem")


@dataclass(frozen=True)
class SourceLine:
    """A source as the list shows it. `last_success_at` is None before it was read to its end once."""

    id: int
    name: str
    address: str
    vendor: str
    is_active: bool
    with_persons: bool
    state: SourceState
    last_success_at: datetime | None
    has_cursor: bool
    version: int
    progress: Mapping[str, Any]
    last_run: Run | None


@dataclass(frozen=True)
class SourcePage:
    """A source with its objects counted by type, its runs, and what the latest run did."""

    line: SourceLine
    runs: Sequence[Run]
    run: Run | None
    problems: Sequence[Problem]
    problem_count: int
    results: Sequence[RowResult]
    result_count: int
    object_count: int


def sources(viewer: Viewer) -> list[SourceLine]:
    """All sources by name; none for those who may not read them."""
    if not may(viewer, SYNC):
        return []
    found = list(OparlSource.objects.order_by("name", "pk"))
    latest = _latest_runs([one.name for one in found])
    return [_line(one, latest.get(one.name)) for one in found]


def source(viewer: Viewer, *, source_id: int) -> SourceLine:
    """One source.

    Raises: NotFound, also for those who may not read it.
    """
    found = OparlSource.objects.filter(pk=source_id).first() if may(viewer, SYNC) else None
    if found is None:
        raise NotFound("source")
    return _line(found, _latest_runs([found.name]).get(found.name))


def source_page(viewer: Viewer, *, source_id: int, run_id: int | None = None, most: int = 200) -> SourcePage:
    """One source with one run, the latest unless another is named; at most so many problems and results.

    Raises: NotFound.
    """
    line = source(viewer, source_id=source_id)
    runs = list(_runs([line.name])[:20])
    chosen = line.last_run if run_id is None else _runs([line.name]).filter(pk=run_id).first()
    if run_id is not None and chosen is None:
        raise NotFound("run")
    problems = Problem.objects.filter(run=chosen).order_by("weight", "pk")
    results = RowResult.objects.filter(run=chosen).exclude(outcome=Outcome.NEW).order_by("pk")
    return SourcePage(
        line=line,
        runs=runs,
        run=chosen,
        problems=list(problems[:most]),
        problem_count=problems.count(),
        results=list(results[:most]),
        result_count=results.count(),
        object_count=OparlObject.objects.filter(source_id=source_id).count(),
    )


def address_of_run(viewer: Viewer, *, run: Run) -> str:
    """The page of a council system with this run; "" for other runs and for those who may not see it."""
    if run.source.kind != KIND or not may(viewer, SYNC):
        return ""
    found = OparlSource.objects.filter(name=run.source.name).values_list("pk", flat=True).first()
    return f"{reverse('papers:source', args=[found])}?lauf={run.pk}" if found else ""


def _line(found: OparlSource, last_run: Run | None) -> SourceLine:
    return SourceLine(
        id=found.pk,
        name=found.name,
        address=found.address,
        vendor=found.vendor,
        is_active=found.is_active,
        with_persons=found.with_persons,
        state=SourceState(found.state),
        last_success_at=found.last_success_at,
        has_cursor=bool(found.cursor),
        version=found.version,
        progress=found.progress or {},
        last_run=last_run,
    )


def _runs(names: Sequence[str]) -> QuerySet[Run]:
    found = Run.objects.filter(source__kind=KIND, source__name__in=names).select_related("source")
    return found.order_by("-started_at", "-pk")


def _latest_runs(names: Sequence[str]) -> dict[str, Run]:
    latest = Run.objects.filter(source__kind=KIND, source__name__in=names, is_dry_run=False)
    rows = latest.select_related("source").order_by("source_id", "-started_at", "-pk").distinct("source_id")
    return {run.source.name: run for run in rows}
