"""The pages of one check: overview and history, and the steps of the whole check."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.conflicts.queries import panel_of
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.papers.forms.checks import CommentForm
from dreiklang.papers.models.labels import TARGET_KIND_LABELS
from dreiklang.papers.queries.checks.course import course_of
from dreiklang.papers.queries.checks.texts import newest_text, replaced_since_return, text_change
from dreiklang.papers.rules.checks import Step
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.services import checks as services
from dreiklang.papers.views.checks.found import around, found_page
from dreiklang.papers.views.checks.words import left_out, worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
def overview(request: ViewerRequest, number: str) -> HttpResponse:
    """How far it is, whose turn, and what was found."""
    page = found_page(request, number)
    context = around(request, page, "overview") | {
        "meets": panel_of(request.viewer, key=f"check:{page.record.pk}"),
        "meets_key": f"check:{page.record.pk}",
        "comment_form": CommentForm(),
        "left_out": left_out(newest_text(page.record)),
        "replaced": replaced_since_return(page.record),
        # Goals stand above, with their effects.
        "touched_lists": [
            (TARGET_KIND_LABELS[kind], refs)
            for kind, refs in page.touched.items()
            if kind is not TargetKind.GOAL
        ],
    }
    return render(request, "papers/checks/overview.html", context)


@login_required
@require_POST
def step(request: ViewerRequest, number: str, step: str) -> HttpResponse:
    """A deed on the whole check."""
    deeds: dict[str, Callable[..., Any]] = {
        Step.HAND_IN: services.hand_in,
        Step.FORWARD: services.forward,
        Step.RETURN: services.return_check,
        Step.RELEASE: services.release,
        Step.TAKE_BACK: services.take_back_release,
        Step.GIVE_UP: services.give_up,
    }
    if step not in deeds:
        raise Http404
    version = request.POST.get("version", "")
    try:
        deeds[step](
            by=request.viewer,
            now=timezone.now(),
            number=number,
            version=int(version) if version.isdecimal() else 0,
            reason=request.POST.get("reason", ""),
        )
    except NotFound as missing:
        raise Http404 from missing
    except ChangedMeanwhile:
        tell(
            request,
            text=_("Inzwischen hat jemand diese Prüfung geändert. Bitte sehen Sie sie noch einmal an."),
            tone=Tone.WARN,
        )
    except services.CannotGoOn as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        tell(request, text=_SAID[Step(step)]())
    return redirect("papers:check", number=number)


_SAID = {
    Step.HAND_IN: lambda: _("Die Prüfung liegt jetzt bei der Zweitprüfung."),
    Step.FORWARD: lambda: _("Zweitprüfung abgeschlossen. Die Fristen der Mitzeichnung laufen."),
    Step.RETURN: lambda: _("Zurückgegeben. Das Amt bekommt Ihren Grund."),
    Step.RELEASE: lambda: _("Freigegeben. Der Block „Bezug zum INSEK“ trägt jetzt Nummer und Datum."),
    Step.TAKE_BACK: lambda: _("Freigabe zurückgenommen."),
    Step.GIVE_UP: lambda: _("Prüfung eingestellt. Sie bleibt lesbar."),
}


@login_required
def history(request: ViewerRequest, number: str) -> HttpResponse:
    """What happened to the check, newest first, and the versions of its text."""
    page = found_page(request, number)
    course = course_of(page.record)
    change = text_change(
        page.record, before=_number(request.GET.get("von")), after=_number(request.GET.get("mit"))
    )
    context = around(request, page, "history") | {
        "course": course,
        "texts": [(one, left_out(one)) for one in course.texts],
        "change": change,
    }
    return render(request, "papers/checks/history.html", context)


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) < 5 else None
