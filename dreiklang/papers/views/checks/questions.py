"""The questions of a check: answered stage by stage by the office, read at a stretch by everybody else."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.papers.forms.checks import AnswerForm, CommentForm, RelevanceForm, answer_forms
from dreiklang.papers.queries.checks import AskedAbout, CheckPage
from dreiklang.papers.rules.checklist import RELEVANCE, Given, Stage
from dreiklang.papers.services import checks as services
from dreiklang.papers.views.checks.found import around, found_page, moved_on
from dreiklang.papers.views.checks.words import worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

FIRST_STAGE = 1


@login_required
def questions(request: ViewerRequest, number: str) -> HttpResponse:
    """One stage of questions at a time; all answers as a text for whoever only reads them."""
    page = found_page(request, number)
    # What somebody sent after the check had moved on is shown again, so that it is not lost.
    if not page.is_editable and request.method == "GET":
        return _reading(request, page)
    stage = _stage(request, page)
    return _relevance(request, page) if stage == FIRST_STAGE else _answers(request, page, stage)


@login_required
@require_POST
def depth(request: ViewerRequest, number: str) -> HttpResponse:
    """The questions that the answers typed so far call up, for the page to show at once. Nothing is saved."""
    page = found_page(request, number)
    stage = next((one for one in page.content.stages if str(one.number) == request.GET.get("stufe")), None)
    if stage is None or not page.is_editable:
        raise Http404
    typed = _typed(_bound(page.asked(stage), request.POST))
    there = _typed(_bound(_sent_beyond(page, stage, request.POST), request.POST))
    opened = _bound(page.opened(stage, [*typed, *there]), request.POST)
    return render(
        request, "papers/checks/parts/depth.html", {"page": page, "check": page.record, "opened": opened}
    )


def _reading(request: ViewerRequest, page: CheckPage) -> HttpResponse:
    context = around(request, page, "questions") | {
        "stages": [(stage, page.asked(stage)) for stage in page.content.stages],
        "relevance": RELEVANCE,
        "relevance_remarks": page.remarks(RELEVANCE),
        "reads": page.record.reader_id is not None and page.record.reader_id == request.viewer.account_id,
        "comment_form": CommentForm(),
    }
    return render(request, "papers/checks/reading.html", context)


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
            request.session["draft_saved"] = _draft_key(page, FIRST_STAGE)
            to = reverse("papers:check_questions", args=[check.number])
            return redirect(
                f"{to}?stufe=2" if made.is_relevant else reverse("papers:check", args=[made.number])
            )
    context = around(request, page, "questions") | {
        "form": form,
        "stage_number": FIRST_STAGE,
        "draft_key": _draft_key(page, FIRST_STAGE),
        "relevance_remarks": page.remarks(RELEVANCE),
        "remarks": page.remarks(RELEVANCE),
    }
    return render(request, "papers/checks/questions.html", context)


def _answers(request: ViewerRequest, page: CheckPage, number: int) -> HttpResponse:
    stage = page.content.stages[number - 2]
    asked = page.asked(stage)
    forms = answer_forms(asked, request.POST or None)
    # Depth that opened on the page is saved along with what opened it.
    opened = _bound(page.opened(stage), QueryDict())
    problem = ""
    if request.method == "POST":
        opened = _bound(_sent_beyond(page, stage, request.POST), request.POST)
        sent = [*forms, *opened]
        if sum(not one.is_valid() for one in sent) == 0:
            problem = _saved(request, page, [one.given() for one in sent])
            if not problem:
                request.session["draft_saved"] = _draft_key(page, number)
                return _after_answers(request, page.record.number, number)
    context = around(request, page, "questions") | {
        "stage": stage,
        "stage_number": number,
        "forms": forms,
        "opened": opened,
        "problem": problem,
        "draft_key": _draft_key(page, number),
        "remarks": [one for about in (*asked, *page.opened(stage)) for one in about.comments],
    }
    return render(request, "papers/checks/questions.html", context)


def _saved(request: ViewerRequest, page: CheckPage, given: Sequence[Given]) -> str:
    """Empty once the answers are written; else what stands against it, in words."""
    version = request.POST.get("version", "")
    try:
        services.answer(
            by=request.viewer,
            number=page.record.number,
            version=int(version) if version.isdecimal() else 0,
            given=given,
        )
    except ChangedMeanwhile:
        return moved_on()
    except services.CannotAnswer as refusal:
        return worded(refusal)
    return ""


def _sent_beyond(page: CheckPage, stage: Stage, data: QueryDict) -> list[AskedAbout]:
    """The questions sent along that the stage itself does not ask: those that had opened on the page."""
    here = {one.name for one in page.asked(stage)}
    later = page.about([one for one in page.content.questions if one.stage >= stage.number])
    return [one for one in later if one.name not in here and _is_sent(one, data)]


def _is_sent(asked: AskedAbout, data: QueryDict) -> bool:
    # Radio buttons that nobody chose send nothing; the field beside them always does.
    return f"{asked.name}-reason" in data or f"{asked.name}-text" in data


def _bound(asked: Sequence[AskedAbout], data: QueryDict) -> list[AnswerForm]:
    """Forms with what was sent; where nothing was, with what is stored."""
    return [AnswerForm(data if _is_sent(one, data) else None, asked=one) for one in asked]


def _typed(forms: Sequence[AnswerForm]) -> list[Given]:
    return [one.given() for one in forms if one.is_bound and one.is_valid()]


def _draft_key(page: CheckPage, stage_number: int) -> str:
    return f"pruefung-{page.record.pk}-{stage_number}"


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
