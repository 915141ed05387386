"""What the page of a dry run and the page of a run have in common: counts, tabs, rows, problems."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from dreiklang.core.enums import Outcome, RunState
from dreiklang.core.imports import wording
from dreiklang.core.imports.contract import Importer
from dreiklang.core.models import Run
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.rules import PAGE_KEY
from dreiklang.workspace.queries import imports as queries
from dreiklang.workspace.services import imports

TAB_KEY = "zeigen"
PROBLEMS = "probleme"
ROWS_A_PAGE = 50


def report_context(request: ViewerRequest, run: Run, chosen: Importer | None) -> dict[str, Any]:
    """The report, as far as it is there: a run under way has only its progress."""
    counts = {outcome.value: getattr(run, f"{outcome.value}_count") for outcome in Outcome}
    found = queries.problems(run)
    problem_count = found.count()
    tabs = _tabs(counts, problem_count)
    shown = _shown(request.GET.get(TAB_KEY, ""), tabs)
    context: dict[str, Any] = {
        "run": run,
        "counts": counts,
        "counts_said": wording.counts_sentence(counts, is_dry_run=run.is_dry_run),
        "tabs": tabs,
        "shown": shown,
        "tab_key": TAB_KEY,
        "problem_count": problem_count,
        "is_running": run.state == RunState.RUNNING,
        "refusal": queries.refusal_sentence(run, chosen, limit_bytes=imports.limit_bytes())
        if run.state in (RunState.REFUSED, RunState.FAILED)
        else "",
        "notes": [wording.note_sentence(note) for note in run.file_facts.get("notes", [])[:20]],
        "row_word": _(chosen.row_word) if chosen else _("Zeile"),
    }
    number = request.GET.get(PAGE_KEY, "1")
    if shown == PROBLEMS:
        listed = Paginator(found, ROWS_A_PAGE).get_page(number)
        return {**context, "page": listed, "problems": queries.worded(request.viewer, run, chosen, listed)}
    page = Paginator(queries.results(request.viewer, run, shown), ROWS_A_PAGE).get_page(number)
    return {**context, "page": page, "rows": queries.result_rows(request.viewer, run, chosen, list(page))}


def _tabs(counts: dict[str, int], problem_count: int) -> list[tuple[str, str, int]]:
    labels = {
        "new": _("Neu"),
        "changed": _("Geändert"),
        "unchanged": _("Unverändert"),
        "refused": _("Abgelehnt"),
        "missing": _("Nicht mehr in der Liste"),
    }
    tabs = [(name, label, counts[name]) for name, label in labels.items()]
    return [*tabs, (PROBLEMS, _("Alle Hinweise"), problem_count)]


def _shown(asked: str, tabs: list[tuple[str, str, int]]) -> str:
    """The tab asked for, else refused rows if there are any, else the first that has rows."""
    names = {name: count for name, _, count in tabs}
    if asked in names:
        return asked
    order = ("refused", "changed", "new", PROBLEMS, "missing", "unchanged")
    return next((name for name in order if names[name]), "new")
