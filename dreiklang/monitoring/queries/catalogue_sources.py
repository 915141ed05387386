"""The catalogues that are read: how each stands, and what its harvests did. For those who run them only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from dreiklang.core.enums import Outcome
from dreiklang.core.errors import NotFound
from dreiklang.core.models import Problem, RowResult, Run
from dreiklang.monitoring.models import Catalogue
from dreiklang.monitoring.permissions import RUN_CATALOGUE
from dreiklang.monitoring.queries.catalogue_wording import KIND
from dreiklang.monitoring.rules.harvests import HarvestState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class CatalogueLine:
    """A catalogue as the list shows it. `harvested_at` is None before it was read to its end once."""

    id: int
    title: str
    address: str
    is_ours: bool
    is_active: bool
    state: HarvestState
    harvested_at: datetime | None
    progress: Mapping[str, Any]
    version: int
    dataset_count: int
    missing_count: int
    internal_count: int


@dataclass(frozen=True)
class CataloguePage:
    """A catalogue with one of its runs, the latest unless another is asked for."""

    line: CatalogueLine
    description: str
    publisher: str
    runs: Sequence[Run]
    run: Run | None
    problems: Sequence[Problem]
    problem_count: int
    results: Sequence[RowResult]
    result_count: int


def catalogue_lines(viewer: Viewer) -> list[CatalogueLine]:
    """All catalogues by name; none for those who may not run them. One statement."""
    if not may(viewer, RUN_CATALOGUE):
        return []
    return [_line(one) for one in _counted().order_by("title", "pk")]


def catalogue_line(viewer: Viewer, *, catalogue_id: int) -> CatalogueLine:
    """One catalogue. Raises: NotFound, also for those who may not run it."""
    found = _counted().filter(pk=catalogue_id).first() if may(viewer, RUN_CATALOGUE) else None
    if found is None:
        raise NotFound("catalogue")
    return _line(found)


def catalogue_page(
    viewer: Viewer, *, catalogue_id: int, run_id: int | None = None, most: int = 200
) -> CataloguePage:
    """One catalogue with one run; at most so many problems and results. Raises: NotFound."""
    line = catalogue_line(viewer, catalogue_id=catalogue_id)
    said = Catalogue.objects.values_list("description", "publisher_name").get(pk=catalogue_id)
    runs = _runs(line.title)
    chosen = runs.first() if run_id is None else runs.filter(pk=run_id).first()
    if run_id is not None and chosen is None:
        raise NotFound("run")
    problems = Problem.objects.filter(run=chosen).order_by("weight", "pk")
    results = RowResult.objects.filter(run=chosen).exclude(outcome=Outcome.NEW).order_by("outcome", "pk")
    return CataloguePage(
        line=line,
        description=said[0],
        publisher=said[1],
        runs=list(runs[:20]),
        run=chosen,
        problems=list(problems[:most]),
        problem_count=problems.count(),
        results=list(results[:most]),
        result_count=results.count(),
    )


def address_of_harvest(viewer: Viewer, *, run: Run) -> str:
    """The page of a catalogue with this run; "" for other runs and for those who may not see it."""
    if run.source.kind != KIND or not may(viewer, RUN_CATALOGUE):
        return ""
    found = Catalogue.objects.filter(title=run.source.name).values_list("pk", flat=True).first()
    return f"{reverse('monitoring:harvest', args=[found])}?lauf={run.pk}" if found else ""


def _counted() -> QuerySet[Catalogue]:
    return Catalogue.objects.defer("statements").annotate(
        dataset_count=Count("entries"),
        missing_count=Count("entries", filter=Q(entries__missing_since__isnull=False)),
        internal_count=Count("entries", filter=Q(entries__dataset__visibility="internal")),
    )


def _line(one: Any) -> CatalogueLine:
    return CatalogueLine(
        id=one.pk,
        title=one.title,
        address=one.address,
        is_ours=one.is_ours,
        is_active=one.is_active,
        state=HarvestState(one.state),
        harvested_at=one.harvested_at,
        progress=one.progress or {},
        version=one.version,
        dataset_count=one.dataset_count,
        missing_count=one.missing_count,
        internal_count=one.internal_count,
    )


def _runs(title: str) -> QuerySet[Run]:
    found = Run.objects.filter(source__kind=KIND, source__name=title[:200]).select_related("source")
    return found.order_by("-started_at", "-pk")
