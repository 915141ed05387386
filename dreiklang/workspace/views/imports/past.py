"""Looking back: the list of runs, one run with its report, its problems as a file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dreiklang.core.enums import RunState
from dreiklang.core.imports.contract import Importer
from dreiklang.core.imports.registry import NoSuchKind, importer
from dreiklang.core.models import Run, Upload
from dreiklang.core.tables.write import Column
from dreiklang.monitoring.queries import catalogue_wording
from dreiklang.monitoring.queries import wording as statistics
from dreiklang.monitoring.queries.catalogue_sources import address_of_harvest
from dreiklang.papers.queries import sources as council
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import csv_file
from dreiklang.ui.rules import PAGE_KEY
from dreiklang.workspace.permissions import IMPORT
from dreiklang.workspace.queries import imports as queries
from dreiklang.workspace.services import imports
from dreiklang.workspace.views.imports.found import run_of
from dreiklang.workspace.views.imports.report import report_context

RUNS_A_PAGE = 50
# What is read on ways of its own.
_OTHER_TITLES = {
    council.KIND: council.TITLE,
    catalogue_wording.KIND: catalogue_wording.TITLE,
    **statistics.TITLES,
}


@require_safe
def runs(request: ViewerRequest) -> HttpResponse:
    """All runs, latest first; dry runs on wish."""
    require(request.viewer, IMPORT)
    imports.tidy_up()
    with_trials = request.GET.get("probelaeufe") == "ja"
    found = Paginator(queries.runs(request.viewer, with_trials=with_trials), RUNS_A_PAGE)
    page = found.get_page(request.GET.get(PAGE_KEY, "1"))
    rows = [(run, _title(run, _importer(run))) for run in page]
    return render(
        request, "workspace/imports/runs.html", {"page": page, "runs": rows, "with_trials": with_trials}
    )


@require_safe
def run(request: ViewerRequest, pk: int) -> HttpResponse:
    """What one run did. A dry run that can still be taken over, and a council system, have pages of their own."""
    imports.tidy_up()
    found = run_of(request, pk)
    for address_of in (council.address_of_run, address_of_harvest):
        if elsewhere := address_of(request.viewer, run=found):
            return redirect(elsewhere)
    waiting = _upload_of(request, found)
    if waiting is not None and found.is_dry_run and found.state == RunState.DONE:
        return redirect("workspace:import_trial", pk=waiting.pk)
    chosen = _importer(found)
    context = {"importer": chosen, "title": _title(found, chosen)}
    return render(
        request, "workspace/imports/run.html", {**context, **report_context(request, found, chosen)}
    )


@require_safe
def run_progress(request: ViewerRequest, pk: int) -> HttpResponse:
    """The progress of a run under way; when it is over, the page loads anew."""
    found = run_of(request, pk)
    response = render(request, "workspace/imports/progress.html", {"run": found})
    if found.state != RunState.RUNNING:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def problems_csv(request: ViewerRequest, pk: int) -> HttpResponse:
    """All problems of a run for the people who keep the list."""
    found = run_of(request, pk)
    heads, *rows = queries.csv_rows(request.viewer, found, _importer(found))
    return csv_file([Column(head) for head in heads], rows, name=f"hinweise-{pk}")


def _importer(found: Run) -> Importer | None:
    try:
        return importer(kind=found.source.kind)
    except NoSuchKind:
        return None


def _title(found: Run, chosen: Importer | None) -> str:
    """What the run read, in words; a kind that is gone stands under its code."""
    if chosen is not None:
        return chosen.title
    return _OTHER_TITLES.get(found.source.kind, found.source.kind)


def _upload_of(request: ViewerRequest, found: Run) -> Upload | None:
    return next(
        (one for one in queries.uploads(request.viewer) if one.choices.get("trial") == found.pk), None
    )
