"""The dry run: what would happen, what is wrong, and the button that takes over."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dreiklang.core.enums import RunState
from dreiklang.core.imports import wording
from dreiklang.core.imports.contract import Importer
from dreiklang.core.imports.registry import importer
from dreiklang.core.models import RowResult, Run
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone
from dreiklang.workspace.services import imports
from dreiklang.workspace.views.imports.found import run_of, upload_of
from dreiklang.workspace.views.imports.report import report_context
from dreiklang.workspace.views.imports.steps import steps


@require_safe
def trial(request: ViewerRequest, pk: int) -> HttpResponse:
    """The report of the dry run."""
    upload = upload_of(request, pk)
    choices = imports.choices_of(upload)
    if choices.trial is None:
        return redirect("workspace:import_columns", pk=pk)
    run = run_of(request, choices.trial)
    chosen = importer(kind=upload.kind)
    context = {
        "upload": upload,
        "importer": chosen,
        "steps": steps(
            3,
            reverse("workspace:import_begin", args=[upload.kind]),
            reverse("workspace:import_columns", args=[pk]),
        ),
        "button": wording.button_words(new=run.new_count, changed=run.changed_count),
        "can_take_over": run.state == RunState.DONE and bool(run.new_count or run.changed_count),
        "ticks": _ticks(run, chosen, choices),
        "corrections": _corrections(chosen, choices),
        **report_context(request, run, chosen),
    }
    return render(request, "workspace/imports/trial.html", context)


@require_POST
@transaction.non_atomic_requests
def correct(request: ViewerRequest, pk: int) -> HttpResponse:
    """A proposal taken, a correction taken back, a side chosen, rows ticked: then tried again."""
    upload = upload_of(request, pk)
    chosen = importer(kind=upload.kind)
    choices = _corrected(request, chosen, imports.choices_of(upload))
    imports.choose(by=request.viewer, upload=upload, choices=replace(choices, trial=None))
    imports.try_out(by=request.viewer, upload=upload)
    return redirect("workspace:import_trial", pk=pk)


@require_POST
@transaction.non_atomic_requests
def take_over(request: ViewerRequest, pk: int) -> HttpResponse:
    """The import itself."""
    upload = upload_of(request, pk)
    try:
        run = imports.take_over(
            by=request.viewer, upload=upload, reason=request.POST.get("reason", "").strip()[:300]
        )
    except imports.CannotTakeOver:
        text = _("Die Zuordnung hat sich geändert. Bitte sehen Sie den Probelauf noch einmal an.")
        tell(request, text=text, tone=Tone.WARN)
        return redirect("workspace:import_columns", pk=pk)
    return redirect("workspace:run", pk=run.pk)


def _corrected(request: ViewerRequest, chosen: Importer, before: imports.Choices) -> imports.Choices:
    posted = request.POST
    name, value = posted.get("field", ""), posted.get("value", "")
    if "meant" in posted:
        words = {**before.corrections.get(name, {}), value: posted["meant"]}
        return replace(before, corrections={**before.corrections, name: words})
    if "forget" in posted:
        words = {wrong: right for wrong, right in before.corrections.get(name, {}).items() if wrong != value}
        return replace(before, corrections={**before.corrections, name: words})
    if "side" in posted:
        key = posted.get("key", "")
        sides = {**before.decisions.get(key, {}), name: posted["side"]}
        return replace(before, decisions={**before.decisions, key: sides})
    ticked = {one.name: posted.getlist(f"tick-{one.name}") for one in chosen.option_fields if one.ticks_rows}
    return replace(before, special={**before.special, **ticked})


def _ticks(run: Run, chosen: Importer, choices: imports.Choices) -> list[dict[str, Any]]:
    """The rows to tick, for importers that ask for it."""
    asked = [one for one in chosen.option_fields if one.ticks_rows]
    if not asked:
        return []
    labels = RowResult.objects.filter(run=run, row__isnull=False).order_by("label", "pk")
    names = list(dict.fromkeys(labels.values_list("label", flat=True)))
    return [
        {"option": one, "names": names, "ticked": list(choices.special.get(one.name) or ())} for one in asked
    ]


def _corrections(chosen: Importer, choices: imports.Choices) -> list[dict[str, str]]:
    labels = {one.name: _(one.label) for one in chosen.fields}
    return [
        {"field": name, "label": labels.get(name, name), "wrong": wrong, "right": right}
        for name, words in choices.corrections.items()
        for wrong, right in words.items()
    ]
