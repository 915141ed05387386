"""The pages of one check: overview, questions, history, and the deeds on them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.papers.forms.checks import CommentForm, RelevanceForm, answer_forms
from dreiklang.papers.models.labels import TARGET_KIND_LABELS
from dreiklang.papers.queries.checks import CheckPage
from dreiklang.papers.queries.checks.course import course_of
from dreiklang.papers.rules.checks import Step
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.services import checks as services
from dreiklang.papers.views.checks.found import around, found_page, moved_on
from dreiklang.papers.views.checks.words import worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

FIRST_STAGE = 1


@login_required
def overview(request: ViewerRequest, number: str) -> HttpResponse:
    """How far it is, whose turn, and what was found."""
    page = found_page(request, number)
    context = around(page, "overview") | {
        "comment_form": CommentForm(),
        # Goals stand above, with their effects.
        "touched_lists": [
            (TARGET_KIND_LABELS[kind], refs)
            for kind, refs in page.touched.items()
            if kind is not TargetKind.GOAL
        ],
        "draft_saved": request.session.pop("draft_saved", ""),
    }
    return render(request, "papers/checks/overview.html", context)


@login_required
def questions(request: ViewerRequest, number: str) -> HttpResponse:
    """One stage of questions at a time."""
    page = found_page(request, number)
    stage = _stage(request, page)
    return _relevance(request, page) if stage == FIRST_STAGE else _answers(request, page, stage)


def _stage(request: ViewerRequest, page: CheckPage) -> int:
    """The stage asked for, if it is open; the first one with something missing otherwise."""
    last = 1 + len(page.content.stages) if page.record.is_relevant else FIRST_STAGE
    asked = request.GET.get("stufe", "")
    if asked.isdecimal() and FIRST_STAGE <= int(asked) <= last:
        return int(asked)
    if page.record.is_relevant is None:
        return FIRST_STAGE
    lacking = {one.question for one in page.gaps}
    open_ones = [one.number for one in page.content.stages if any(q.id in lacking for q in one.questions)]
    return min(open_ones[0], last) if open_ones else last


def _relevance(request: ViewerRequest, page: CheckPage) -> HttpResponse:
    check = page.record
    said = {None: "", True: "ja", False: "nein"}[check.is_relevant]
    initial = {"is_relevant": said, "reason": check.relevance_reason, "version": check.version}
    form = RelevanceForm(request.POST or None, initial=initial)
    form.fields["reason"].label = page.content.relevance.reason_label or form.fields["reason"].label
    if request.method == "POST" and form.is_valid():
        try:
            made = services.answer_relevance(
                by=request.viewer,
                number=check.number,
                version=form.seen_version,
                is_relevant=form.cleaned_data["is_relevant"],
                reason=form.cleaned_data["reason"],
            )
        except ChangedMeanwhile as refusal:
            form.take_version(refusal.version)
            form.add_error(None, moved_on())
        except services.CannotAnswer as refusal:
            form.add_error(None, worded(refusal))
        else:
            tell(request, text=_("Antwort gespeichert."))
            to = reverse("papers:check_questions", args=[check.number])
            return redirect(
                f"{to}?stufe=2" if made.is_relevant else reverse("papers:check", args=[made.number])
            )
    context = around(page, "questions") | {"form": form, "stage_number": FIRST_STAGE}
    return render(request, "papers/checks/questions.html", context)


def _answers(request: ViewerRequest, page: CheckPage, number: int) -> HttpResponse:
    stage = page.content.stages[number - 2]
    forms = answer_forms(page.asked(stage), request.POST or None)
    problem = ""
    if request.method == "POST" and sum(not one.is_valid() for one in forms) == 0:
        version = request.POST.get("version", "")
        try:
            services.answer(
                by=request.viewer,
                number=page.record.number,
                version=int(version) if version.isdecimal() else 0,
                given=[one.given() for one in forms],
            )
        except ChangedMeanwhile:
            problem = moved_on()
        except services.CannotAnswer as refusal:
            problem = worded(refusal)
        else:
            request.session["draft_saved"] = f"pruefung-{page.record.pk}-{number}"
            return _after_answers(request, page.record.number, number)
    context = around(page, "questions") | {
        "stage": stage,
        "stage_number": number,
        "forms": forms,
        "problem": problem,
        "draft_saved": request.session.pop("draft_saved", "") if request.method == "GET" else "",
    }
    return render(request, "papers/checks/questions.html", context)


def _after_answers(request: ViewerRequest, number: str, stage_number: int) -> HttpResponse:
    """On to the next stage with something missing, or to the overview when all is said."""
    page = found_page(request, number)
    here = {one.id for one in page.content.stages[stage_number - 2].questions}
    lacking = [one for one in page.gaps if one.question in here]
    to = reverse("papers:check_questions", args=[number])
    if lacking:
        tell(
            request,
            text=_("Gespeichert. In dieser Stufe fehlt noch etwas: %(n)s.") % {"n": len(lacking)},
            tone=Tone.WARN,
        )
        return redirect(f"{to}?stufe={stage_number}")
    tell(request, text=_("Gespeichert."))
    return redirect(to if page.gaps else reverse("papers:check", args=[number]))


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
    facts = {} if step == Step.HAND_IN else {"reason": request.POST.get("reason", "")}
    try:
        deeds[step](
            by=request.viewer,
            now=timezone.now(),
            number=number,
            version=int(version) if version.isdecimal() else 0,
            **facts,
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
@require_POST
def comment(request: ViewerRequest, number: str) -> HttpResponse:
    """A remark."""
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            services.comment(by=request.viewer, number=number, **form.cleaned_data)
        except NotFound as missing:
            raise Http404 from missing
        except services.CannotComment as refusal:
            tell(request, text=worded(refusal), tone=Tone.WARN)
        else:
            tell(request, text=_("Anmerkung gespeichert."))
    else:
        tell(request, text=_("Es steht noch kein Text da."), tone=Tone.WARN)
    return redirect(f"{reverse('papers:check', args=[number])}#anmerkungen")


@login_required
@require_POST
def settle(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """A remark is dealt with."""
    try:
        services.settle_comment(by=request.viewer, now=timezone.now(), number=number, comment_id=pk)
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Anmerkung erledigt."))
    return redirect(f"{reverse('papers:check', args=[number])}#anmerkungen")


@login_required
def history(request: ViewerRequest, number: str) -> HttpResponse:
    """What happened to the check, newest first, and the versions of its text."""
    page = found_page(request, number)
    context = around(page, "history") | {"course": course_of(page.record)}
    return render(request, "papers/checks/history.html", context)
