"""What an indicator has to do with goals, future tasks and measures."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.indicator_links import (
    EffectForm,
    GoalLinkForm,
    TaskLinkForm,
    effect_form_values,
)
from dreiklang.monitoring.queries.indicator_lines import EffectLine, IndicatorRecord
from dreiklang.monitoring.queries.indicator_record import indicator_record, measure_of_effect
from dreiklang.monitoring.services import linking
from dreiklang.monitoring.services.linking import EFFECT_FIELDS
from dreiklang.monitoring.views.indicator_words import effect_line
from dreiklang.monitoring.views.kept_forms import try_to_save
from dreiklang.monitoring.views.value_words import measure_of, unit_words
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

WORDS = {
    "superseded": ("", gettext_lazy("Diese Fassung der Ziele ist abgelöst. Sie bleibt, wie sie war.")),
    "linked_already": (
        "number",
        gettext_lazy("Diese Maßnahme nennt den Indikator schon. Bitte ändern Sie dort die Wirkung."),
    ),
    "expected_incomplete": (
        "expected_basis",
        gettext_lazy("Zu einer erwarteten Änderung gehören das Jahr und worauf sie sich gründet."),
    ),
    "observed_incomplete": (
        "observed_basis",
        gettext_lazy("Zu einer beobachteten Änderung gehören der Tag und worauf sie sich gründet."),
    ),
    "not_a_number": ("expected_value", gettext_lazy("Das ist keine Zahl.")),
}


def links(request: ViewerRequest, key: str) -> HttpResponse:
    """All links, and forms for further ones."""
    record = _record(request, key)
    return _page(request, record)


@require_POST
def goal_link(request: ViewerRequest, key: str) -> HttpResponse:
    """The indicator tells of a goal."""
    record = _record(request, key)
    form = GoalLinkForm(request.POST, viewer=request.viewer)
    if form.is_valid():
        said = form.cleaned_data
        saved = try_to_save(
            form,
            lambda: linking.link_goal(by=request.viewer, key=key, **said),
            words=WORDS,
            values_of=_no_values,
        )
        if saved.record:
            undo = reverse("monitoring:indicator-goal-remove", args=[key, said["goal_id"]])
            tell(request, text=_("Ziel zugeordnet."), undo_url=undo)
            return redirect("monitoring:indicator-links", key=key)
    return _page(request, record, goal_form=form)


@require_POST
def goal_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """The indicator tells of the goal no longer; what was said stands in the form again."""
    record = _record(request, key)
    line = next((one for one in record.goals if one.id == pk), None)
    _or_404(lambda: linking.unlink_goal(by=request.viewer, key=key, goal_id=pk))
    tell(request, text=_("Gelöst. Die Angaben stehen noch einmal im Formular, falls das ein Versehen war."))
    given: dict[str, Any] = {"goal_id": pk}
    if line:
        given |= {"reason": line.reason} if line.reason else {}
        given |= {"is_main": "1"} if line.is_main else {}
    return redirect(f"{reverse('monitoring:indicator-links', args=[key])}?{urlencode(given)}#ziel")


@require_POST
def task_link(request: ViewerRequest, key: str) -> HttpResponse:
    """The indicator tells of a future task."""
    record = _record(request, key)
    form = TaskLinkForm(request.POST, viewer=request.viewer)
    if form.is_valid():
        task = form.cleaned_data["task_id"]
        saved = try_to_save(
            form,
            lambda: linking.link_task(by=request.viewer, key=key, task_id=task),
            words=WORDS,
            values_of=_no_values,
        )
        if saved.record:
            undo = reverse("monitoring:indicator-task-remove", args=[key, task])
            tell(request, text=_("Zukunftsaufgabe zugeordnet."), undo_url=undo)
            return redirect("monitoring:indicator-links", key=key)
    return _page(request, record, task_form=form)


@require_POST
def task_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """The indicator tells of the task no longer."""
    _record(request, key)
    _or_404(lambda: linking.unlink_task(by=request.viewer, key=key, task_id=pk))
    tell(request, text=_("Gelöst. Die Angaben stehen noch einmal im Formular, falls das ein Versehen war."))
    return redirect(f"{reverse('monitoring:indicator-links', args=[key])}?task_id={pk}#aufgabe")


def effect_new(request: ViewerRequest, key: str) -> HttpResponse:
    """A measure acts on the indicator."""
    record = _record(request, key)
    start = {"sign": "supports", "weight": 1} | request.GET.dict()
    form = EffectForm(request.POST or None, is_new=True, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            saved = try_to_save(
                form,
                lambda: linking.link_measure(
                    by=request.viewer,
                    key=key,
                    number=form.cleaned_data["number"].strip(),
                    values=_effect(form),
                ),
                words=WORDS,
                values_of=_no_values,
            )
        except Http404:
            form.add_error("number", _("Eine Maßnahme mit dieser Nummer gibt es nicht."))
        else:
            if saved.record:
                tell(request, text=_("Wirkung gespeichert."))
                return redirect("monitoring:indicator-links", key=key)
    return _effect_page(request, record, form, None)


def effect_edit(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """What a measure is to do to it, said anew."""
    record = _record(request, key)
    line = _effect_line(record, pk)
    require(request.viewer, permissions.LINK_MEASURE, measure_of_effect(pk=pk))
    form = EffectForm(request.POST or None, is_new=False, initial=effect_form_values(line))
    clash = None
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(
            form,
            lambda: linking.change_measure_link(
                by=request.viewer, pk=pk, version=form.seen_version, values=_effect(form)
            ),
            words=WORDS,
            values_of=lambda link: {name: getattr(link, name) for name in EFFECT_FIELDS},
        )
        if saved.record:
            tell(request, text=_("Wirkung gespeichert."))
            return redirect("monitoring:indicator-links", key=key)
        clash = saved.clash
    return _effect_page(request, record, form, line, clash)


@require_POST
def effect_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """The measure acts on it no longer; what was said stands in the form again."""
    record = _record(request, key)
    line = _effect_line(record, pk)
    _or_404(lambda: linking.unlink_measure(by=request.viewer, pk=pk, version=line.version))
    tell(request, text=_("Entfernt. Die Angaben stehen noch einmal im Formular, falls das ein Versehen war."))
    values = effect_form_values(line) | {"number": line.number}
    values.pop("version")
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return redirect(f"{reverse('monitoring:indicator-effect-new', args=[key])}?{urlencode(given)}")


def _record(request: ViewerRequest, key: str) -> IndicatorRecord:
    """For the administration alone; 404 where there is none."""
    require(request.viewer, permissions.SEE_INSIDE)
    record = indicator_record(request.viewer, key=key)
    if record is None:
        raise Http404
    return record


def _effect_line(record: IndicatorRecord, pk: int) -> EffectLine:
    line = next((one for one in record.effects if one.id == pk), None)
    if line is None:
        raise Http404
    return line


def _effect(form: EffectForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in EFFECT_FIELDS}


def _or_404(deed: Any) -> None:
    try:
        deed()
    except NotFound as missing:
        raise Http404 from missing


def _no_values(record: Any) -> dict[str, Any]:
    """A new record cannot have been changed by somebody else."""
    return {}


def _page(request: ViewerRequest, record: IndicatorRecord, **forms: Any) -> HttpResponse:
    shown = record.indicator
    measure = measure_of(shown.unit, shown.decimals)
    given = request.GET.dict()
    context = {
        "indicator": shown,
        "record": record,
        "effects": [effect_line(one, measure) for one in record.effects],
        "may_link": may(request.viewer, permissions.LINK),
        "goal_form": GoalLinkForm(viewer=request.viewer, initial=given),
        "task_form": TaskLinkForm(viewer=request.viewer, initial=given),
        "back_url": reverse("monitoring:indicator", args=[shown.key]),
    }
    return render(request, "monitoring/indicators/links.html", context | forms)


def _effect_page(
    request: ViewerRequest,
    record: IndicatorRecord,
    form: EffectForm,
    line: EffectLine | None,
    clash: Any = None,
) -> HttpResponse:
    shown = record.indicator
    context = {
        "form": form,
        "clash": clash,
        "indicator": shown,
        "line": line,
        "unit": unit_words(measure_of(shown.unit, shown.decimals)),
        "back_url": reverse("monitoring:indicator-links", args=[shown.key]),
        "submit_label": _("Wirkung speichern"),
    }
    return render(request, "monitoring/indicators/effect.html", context)
