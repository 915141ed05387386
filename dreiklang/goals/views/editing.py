"""Forms for goals, future tasks and thematic groups, in a draft or in the valid version."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import KeptForm, both_sides
from dreiklang.goals import forms, permissions, queries, services
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

WORDS = {
    "superseded": gettext_lazy("Diese Fassung ist abgelöst und bleibt, wie sie ist."),
    "number_taken": gettext_lazy("Diese Nummer gibt es in dieser Fassung schon."),
    "name_taken": gettext_lazy("Diesen Namen gibt es schon."),
    "below_itself": gettext_lazy("Ein Ziel kann nicht unter sich selbst stehen."),
    "no_level_below": gettext_lazy("Darunter gibt es keine Ebene. Bitte legen Sie zuerst eine an."),
    "not_a_draft": gettext_lazy("Nur aus einem Entwurf kann etwas entfernt werden."),
}


def goal_edit(request: ViewerRequest, pk: int | None = None) -> HttpResponse:
    """Add a goal to the draft, or change one."""
    require(request.viewer, permissions.EDIT)
    record = queries.goal_record(request.viewer, pk=pk) if pk else None
    framework_id = _framework_id(request, record, pk)
    initial = services.values_of(record) if record else {"parent_id": request.GET.get("unter")}
    form = forms.GoalForm(
        request.POST or None, viewer=request.viewer, framework_id=framework_id, initial=initial
    )
    return _saved_or_shown(
        request, form, services.save_goal, framework_id, pk, _("Ziel"), _back(request, record)
    )


def task_edit(request: ViewerRequest, pk: int | None = None) -> HttpResponse:
    """Add a future task to the draft, or change one."""
    require(request.viewer, permissions.EDIT)
    record = queries.task_record(request.viewer, pk=pk) if pk else None
    framework_id = _framework_id(request, record, pk)
    draft = queries.draft_framework(request.viewer)
    form = forms.TaskForm(
        request.POST or None,
        viewer=request.viewer,
        framework_id=framework_id,
        is_draft=draft is not None and draft.pk == framework_id,
        initial=services.values_of(record) if record else None,
    )
    back = _back(request, record)
    return _saved_or_shown(request, form, services.save_task, framework_id, pk, _("Zukunftsaufgabe"), back)


def group_edit(request: ViewerRequest, pk: int | None = None) -> HttpResponse:
    """Add a thematic group to the valid version, or change one."""
    require(request.viewer, permissions.EDIT)
    record = queries.group_record(request.viewer, pk=pk) if pk else None
    valid = queries.valid_framework()
    if (pk and record is None) or (record is None and valid is None):
        raise Http404
    framework_id = record.framework_id if record else valid.pk  # type: ignore[union-attr]  # 404 above
    form = forms.GroupForm(
        request.POST or None,
        viewer=request.viewer,
        framework_id=framework_id,
        initial=services.values_of(record) if record else None,
    )
    back = reverse("goals:group", args=[pk]) if pk else reverse("goals:groups")
    return _saved_or_shown(request, form, services.save_group, framework_id, pk, _("Themenschwerpunkt"), back)


def _saved_or_shown(
    request: ViewerRequest,
    form: KeptForm,
    save: Callable[..., Any],
    framework_id: int,
    pk: int | None,
    title: str,
    back: str,
) -> HttpResponse:
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            save(
                by=request.viewer,
                framework_id=framework_id,
                pk=pk,
                version=form.seen_version,
                values=form.values(),
            )
        except ChangedMeanwhile as refusal:
            clash = both_sides(form, services.values_of(refusal.theirs))
            form.take_version(refusal.version)
        except services.CannotChange as refusal:
            form.add_error("number" if refusal.code == "number_taken" else None, WORDS[refusal.code])
        else:
            tell(request, text=_("%(what)s gespeichert.") % {"what": title})
            return redirect(back)
    context = {"form": form, "clash": clash, "title": title, "back_url": back}
    return render(request, "goals/form.html", context)


def _framework_id(request: ViewerRequest, record: Any, pk: int | None) -> int:
    """The record's version, or the draft for a new one."""
    if record is not None:
        return int(record.framework_id)
    draft = queries.draft_framework(request.viewer)
    if pk or draft is None:
        raise Http404
    return draft.pk


def _back(request: ViewerRequest, record: Any) -> str:
    """To the draft's page, or to the record's own page in the valid version."""
    draft = queries.draft_framework(request.viewer)
    if record is None or (draft is not None and draft.pk == record.framework_id):
        return reverse("goals:draft")
    names = queries.goal_labels if hasattr(record, "level_id") else queries.task_labels
    return names(request.viewer, ids=[record.pk])[record.pk].url


@require_POST
def move(request: ViewerRequest, kind: str, pk: int) -> HttpResponse:
    """One place up or down."""
    steps = -1 if request.POST.get("richtung") == "hoch" else 1
    moved = services.move_goal if kind == "ziele" else services.move_task
    return _deed(request, lambda: moved(by=request.viewer, pk=pk, steps=steps), "")


@require_POST
def remove(request: ViewerRequest, kind: str, pk: int) -> HttpResponse:
    """Out of the draft."""
    removed = services.remove_goal if kind == "ziele" else services.remove_task
    return _deed(request, lambda: removed(by=request.viewer, pk=pk), _("Aus dem Entwurf entfernt."))


def _deed(request: ViewerRequest, deed: Callable[[], None], words: str) -> HttpResponse:
    try:
        deed()
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotChange as refusal:
        tell(request, text=str(WORDS[refusal.code]))
    else:
        if words:
            tell(request, text=words)
    return redirect("goals:draft")
