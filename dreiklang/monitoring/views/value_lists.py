"""Bringing a list of values: where it begins, which column is what, the dry run, the delivery."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dreiklang.core.imports import wording as files
from dreiklang.core.models import Problem, RowResult, Run, Upload
from dreiklang.core.tables import CannotRead
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.value_plans import chosen_plan
from dreiklang.monitoring.imports import value_uploads as uploads
from dreiklang.monitoring.imports.observations import ENDINGS, CannotUse
from dreiklang.monitoring.queries import bringing
from dreiklang.monitoring.queries import deliveries as queries
from dreiklang.monitoring.queries.told_numbers import problems_told, rows_told
from dreiklang.monitoring.queries.wording import sentence
from dreiklang.monitoring.rules.plausible import DoubtCode
from dreiklang.monitoring.views.delivery_words import signed_lines
from dreiklang.monitoring.views.value_plan_words import plan_context
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import PAGE_KEY, Step, StepState, Tone

ROWS_A_PAGE = 50
LATEST = 8
TAB_KEY = "zeigen"
DOUBTS = {str(code) for code in DoubtCode}


@require_safe
def start(request: ViewerRequest) -> HttpResponse:
    """Where values are brought: a list, a single value; what was begun, what came lately, what waits."""
    require(request.viewer, permissions.SEE_INSIDE)
    return _start(request)


@require_POST
@transaction.non_atomic_requests
def receive(request: ViewerRequest) -> HttpResponse:
    """The upload of a list."""
    require(request.viewer, permissions.SEE_INSIDE)
    file = request.FILES.get("file")
    if file is None:
        return _start(request, [_("Bitte wählen Sie zuerst eine Datei.")])
    try:
        upload = uploads.receive(by=request.viewer, file_name=file.name or "", file=file, size=file.size or 0)
    except (CannotRead, CannotUse) as refusal:
        return _start(request, refusal_words(refusal))
    return redirect("monitoring:value-columns", pk=upload.pk)


@transaction.non_atomic_requests
def columns(request: ViewerRequest, pk: int) -> HttpResponse:
    """Which column is what. Saving leads to the dry run; reading again or another plan stays here."""
    upload = _upload(request, pk)
    choices = uploads.choices_of(upload)
    if request.method != "POST":
        return _columns(request, upload, choices)
    deed = request.POST.get("deed", "try")
    try:
        choices = _chosen(request.POST, choices, deed)
        uploads.list_in(upload, choices)
        uploads.choose(
            by=request.viewer,
            upload=upload,
            choices=choices,
            save_as=request.POST.get("save_as", "").strip()[:80] if deed == "try" else "",
        )
        if deed != "try":
            return redirect("monitoring:value-columns", pk=pk)
        uploads.try_out(by=request.viewer, upload=upload, now=timezone.now(), today=timezone.localdate())
    except (CannotRead, CannotUse) as refusal:
        kept = uploads.choices_of(Upload.objects.get(pk=upload.pk))
        return _columns(request, upload, replace(choices, place=kept.place), refusal_words(refusal))
    return redirect("monitoring:value-trial", pk=pk)


@require_safe
def trial(request: ViewerRequest, pk: int) -> HttpResponse:
    """What would happen, what is wrong, what seems wrong; and the button that delivers."""
    upload = _upload(request, pk)
    choices = uploads.choices_of(upload)
    if choices.trial is None:
        return redirect("monitoring:value-columns", pk=pk)
    run = Run.objects.select_related("source").get(pk=choices.trial)
    doubt_count = run.file_facts.get("doubt_count", 0)
    context = {
        "upload": upload,
        "steps": steps(3, reverse("monitoring:values"), reverse("monitoring:value-columns", args=[pk])),
        "doubt_count": doubt_count,
        "can_deliver": bool(run.new_count or run.changed_count),
        "area_names": bringing.area_names(choices.plan.areas),
        "corrections": list(choices.plan.area_words.items()),
        **report_context(request, run),
    }
    return render(request, "monitoring/values/trial.html", context)


@require_POST
@transaction.non_atomic_requests
def correct(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say which area was meant, or take that back; then the list is tried again."""
    upload = _upload(request, pk)
    choices = uploads.choices_of(upload)
    words, meant = request.POST.get("words", ""), request.POST.get("meant", "")
    known = {one: area for one, area in choices.plan.area_words.items() if one != words}
    plan = replace(choices.plan, area_words={**known, words: meant} if meant else known)
    uploads.choose(by=request.viewer, upload=upload, choices=replace(choices, plan=plan))
    uploads.try_out(by=request.viewer, upload=upload, now=timezone.now(), today=timezone.localdate())
    return redirect("monitoring:value-trial", pk=pk)


@require_POST
@transaction.non_atomic_requests
def take_over(request: ViewerRequest, pk: int) -> HttpResponse:
    """The delivery itself, of a list that was tried."""
    upload = _upload(request, pk)
    if uploads.choices_of(upload).trial is None:
        return redirect("monitoring:value-columns", pk=pk)
    done = uploads.take_over(
        by=request.viewer,
        upload=upload,
        reason=request.POST.get("reason", "").strip()[:300],
        has_looked=bool(request.POST.get("has_looked")),
        now=timezone.now(),
        today=timezone.localdate(),
    )
    assert done.delivery is not None  # noqa: S101  # only a dry run has none
    return redirect("monitoring:value-delivery", pk=done.delivery.pk)


@require_POST
def discard(request: ViewerRequest, pk: int) -> HttpResponse:
    """Throw the file away."""
    uploads.give_up(by=request.viewer, upload=_upload(request, pk))
    tell(request, text=_("Die Datei ist verworfen. Eingelesen wurde nichts."), tone=Tone.NEUTRAL)
    return redirect("monitoring:values")


def refusal_words(refusal: CannotRead | CannotUse) -> list[str]:
    """Why a file or a plan cannot be used, in sentences."""
    if isinstance(refusal, CannotUse):
        return [sentence(one.code, value=one.words) for one in refusal.refused]
    return [
        files.worded_file(
            code=refusal.code,
            detail=refusal.detail,
            line=refusal.line,
            column=refusal.column,
            endings=ENDINGS,
            limit_bytes=settings.LIST_LIMIT_BYTES,
        )
    ]


def report_context(request: ViewerRequest, run: Run) -> dict[str, Any]:
    """The report of a run: counts, and the tab asked for."""
    found = Problem.objects.filter(run=run).order_by("weight", "row", "pk")
    results = RowResult.objects.filter(run=run)
    counts = {
        "probleme": found.count(),
        "geaendert": results.filter(outcome="changed").count(),
        "neu": results.filter(outcome="new").count(),
    }
    labels = {"probleme": _("Hinweise"), "geaendert": _("Geändert"), "neu": _("Neu")}
    asked = request.GET.get(TAB_KEY, "")
    shown = asked if asked in counts else next((name for name in counts if counts[name]), "probleme")
    context: dict[str, Any] = {
        "run": run,
        "tabs": [(name, labels[name], counts[name]) for name in counts],
        "shown": shown,
        "tab_key": TAB_KEY,
        "refused_count": run.refused_count,
        "notes": [files.note_sentence(note) for note in run.file_facts.get("notes", [])[:20]],
    }
    number = request.GET.get(PAGE_KEY, "1")
    if shown == "probleme":
        page = Paginator(found, ROWS_A_PAGE).get_page(number)
        told = problems_told(request.viewer, run=run, found=page)
        return {**context, "page": page, "problems": [(one, _said(one)) for one in told]}
    outcome = {"geaendert": "changed", "neu": "new"}[shown]
    rows = Paginator(results.filter(outcome=outcome).order_by("row", "pk"), ROWS_A_PAGE).get_page(number)
    rows.object_list = rows_told(request.viewer, run=run, found=rows)
    return {**context, "page": rows, "rows": rows}


def steps(current: int, *hrefs: str) -> list[Step]:
    """The way of a list; steps done lead back."""
    labels = (_("Datei wählen"), _("Spalten zuordnen"), _("Probelauf ansehen"), _("Übernehmen"))
    return [
        Step(
            label,
            StepState.DONE if at < current else StepState.CURRENT if at == current else StepState.OPEN,
            href=hrefs[at - 1] if at < current and at <= len(hrefs) else "",
        )
        for at, label in enumerate(labels, start=1)
    ]


def _start(request: ViewerRequest, errors: list[str] | None = None) -> HttpResponse:
    viewer = request.viewer
    context = {
        "errors": errors or [],
        "accept": ",".join(ENDINGS),
        "limit_mb": settings.LIST_LIMIT_BYTES // 1_000_000,
        "indicators": bringing.indicators_to_bring(viewer),
        "may_keep_series": may(viewer, permissions.DELIVER),
        "uploads": bringing.own_uploads(viewer),
        "signed": signed_lines(list(queries.deliveries(viewer)[:LATEST])),
        "waiting_count": len(queries.waiting(viewer)),
    }
    return render(request, "monitoring/values/start.html", context, status=422 if errors else 200)


def _upload(request: ViewerRequest, pk: int) -> Upload:
    require(request.viewer, permissions.SEE_INSIDE)
    found = bringing.own_upload(request.viewer, pk)
    if found is None:
        raise Http404
    return found


def _chosen(posted: Mapping[str, Any], choices: uploads.ListChoices, deed: str) -> uploads.ListChoices:
    """The choices as the form sends them; with `use`, those of a plan kept under a name."""
    if deed == "use":
        kept = next((one for one in bringing.kept_plans() if one.name == posted.get("mapping")), None)
        return uploads.with_mapping(choices, kept) if kept else choices
    place = {name: str(posted.get(name, "")) for name in uploads.PLACE}
    return replace(
        choices,
        plan=chosen_plan(posted, before=choices.plan),
        name=str(posted.get("name", "")).strip()[:200] or choices.name,
        place={name: value for name, value in place.items() if value},
        trial=None,
    )


def _columns(
    request: ViewerRequest, upload: Upload, choices: uploads.ListChoices, errors: list[str] | None = None
) -> HttpResponse:
    found = uploads.list_in(upload, choices)
    context = {
        "upload": upload,
        "choices": choices,
        "plan": choices.plan,
        "errors": errors or [],
        "steps": steps(2, reverse("monitoring:values")),
        "mappings": bringing.kept_plans(),
        **plan_context(request.viewer, found, choices.plan),
    }
    return render(request, "monitoring/values/columns.html", context, status=422 if errors else 200)


def _said(one: Problem) -> str:
    return sentence(one.code, value=one.value)
