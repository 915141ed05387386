"""The comparison of everything: how far it is, what came of earlier ones, and the button for a new one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from dreiklang.conflicts import queries, services
from dreiklang.conflicts.permissions import COMPARE, SEE
from dreiklang.core import text
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.ui.messages import tell


def run_of(viewer: Viewer) -> dict[str, Any]:
    """The latest comparison as templates read it."""
    state = queries.comparison_state(viewer)
    if state is None:
        return {"has_run": False, "is_running": False, "is_finished": True, "waiting_count": 0}
    return {
        "has_run": True,
        "is_running": state.is_running,
        "is_finished": not state.is_running,
        "is_broken": not state.is_running and state.finished_at is None,
        "lacks_texts": state.finished_at is not None and bool(state.problem),
        "started_at": state.started_at,
        "finished_at": state.finished_at,
        "done_count": state.done,
        "total_count": max(state.total, 1),
        "claim_count": state.claim_count,
        "candidate_count": state.candidate_count,
        "waiting_count": state.waiting_count,
        "by_name": state.by_name,
    }


@login_required
def comparison(request: ViewerRequest) -> HttpResponse:
    """How far it is; a POST begins anew or goes on where a broken one stopped."""
    require(request.viewer, COMPARE if request.method == "POST" else SEE)
    if request.method == "POST":
        services.start_comparison(by=request.viewer, now=timezone.now())
        tell(request, text=_("Der Vergleich läuft. Sie können diese Seite verlassen."))
        return redirect("conflicts:comparison")
    run = run_of(request.viewer)
    context = {"run": run, "sentence": _sentence(run), "may_compare": may(request.viewer, COMPARE)}
    return render(request, "conflicts/comparison.html", context)


def _sentence(run: dict[str, Any]) -> str:
    if not run["has_run"]:
        return _("Noch wurde nicht alles verglichen.")
    if run["is_running"]:
        return _("Gerade wird alles verglichen.")
    if not run["finished_at"]:
        return _("Der letzte Vergleich wurde nicht fertig. Er lässt sich fortsetzen.")
    said = {
        "claims": text.number(run["claim_count"]),
        "found": text.count(
            run["candidate_count"],
            pgettext("Zielkonflikte zählen", "Hinweis"),
            pgettext("Zielkonflikte zählen", "Hinweise"),
        ),
    }
    return _("Aus %(claims)s Maßnahmen, Konzepten und Entwürfen wurden %(found)s.") % said


@login_required
@require_safe
def progress(request: ViewerRequest) -> HttpResponse:
    """How far it is, asked for again and again while it runs; at the end the page loads itself anew."""
    require(request.viewer, SEE)
    run = run_of(request.viewer)
    answer = render(request, "conflicts/parts/progress.html", {"run": run})
    if run["is_finished"]:
        answer["HX-Refresh"] = "true"
    return answer
