"""Where an indicator shall go: targets, the baseline, and the days from which values cannot be compared."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.monitoring.forms.indicator_editing import BreakForm, TargetForm, target_form_values
from dreiklang.monitoring.models import Indicator, Target
from dreiklang.monitoring.models.labels import BREAK_KIND_LABELS
from dreiklang.monitoring.queries.indicator_lines import TargetLine
from dreiklang.monitoring.queries.indicator_record import indicator_record
from dreiklang.monitoring.queries.naming import area_region_choices
from dreiklang.monitoring.rules.values import BreakKind
from dreiklang.monitoring.services.targets import (
    mark_break,
    remove_break,
    remove_target,
    set_target,
)
from dreiklang.monitoring.views.indicator_editing import editable
from dreiklang.monitoring.views.indicator_words import target_line
from dreiklang.monitoring.views.kept_forms import try_to_save
from dreiklang.monitoring.views.value_words import measure_of, unit_words
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell

WORDS = {
    "no_value": ("value", gettext_lazy("Bitte nennen Sie den Wert.")),
    "no_day": ("on", gettext_lazy("Bitte nennen Sie den Tag.")),
    "not_a_number": ("value", gettext_lazy("Das ist keine Zahl.")),
    "range_incomplete": ("upper", gettext_lazy("„Zwischen“ braucht zwei Werte.")),
    "range_upside_down": ("upper", gettext_lazy("Das obere Ende liegt unter dem unteren.")),
    "baseline_is_a_value": ("comparison", gettext_lazy("Ein Ausgangswert ist ein Wert und kein Bereich.")),
    "twice": ("on", gettext_lazy("Für diesen Tag und dieses Gebiet steht schon einer.")),
    "needs_reason": ("reason", gettext_lazy("Bitte sagen Sie, warum.")),
}


def targets(request: ViewerRequest, key: str) -> HttpResponse:
    """All of them, and a form for a further one."""
    found = editable(request, key)
    form = TargetForm(request.POST or None, regions=area_region_choices(), initial=_start(request))
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(
            form,
            lambda: set_target(by=request.viewer, key=key, values=form.values()),
            words=WORDS,
            values_of=_no_values,
        )
        if saved.record:
            tell(request, text=_("Gespeichert."))
            return redirect("monitoring:indicator-targets", key=key)
    return _page(request, found, form, BreakForm(regions=area_region_choices(), initial=request.GET.dict()))


def _start(request: ViewerRequest) -> dict[str, Any]:
    """What was removed just now stands in the form again: that is the way back."""
    given = request.GET.dict()
    return {"is_baseline": "0"} | ({} if "kind" in given else given)


def _no_values(record: Any) -> dict[str, Any]:
    """A new record cannot have been changed by somebody else."""
    return {}


def target_edit(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Another wording of one target."""
    found = editable(request, key)
    line = _line(request, key, pk)
    form = TargetForm(request.POST or None, regions=area_region_choices(), initial=target_form_values(line))
    clash = None
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(
            form,
            lambda: set_target(
                by=request.viewer, key=key, pk=pk, version=form.seen_version, values=form.values()
            ),
            words=WORDS,
            values_of=_values,
        )
        if saved.record:
            tell(request, text=_("Gespeichert."))
            return redirect("monitoring:indicator-targets", key=key)
        clash = saved.clash
    context = {
        "form": form,
        "clash": clash,
        "indicator": found,
        "unit": unit_words(measure_of(found.unit, found.decimals)),
        "back_url": reverse("monitoring:indicator-targets", args=[key]),
    }
    return render(request, "monitoring/indicators/target.html", context)


def _values(target: Target) -> dict[str, Any]:
    return {
        "is_baseline": "1" if target.is_baseline else "0",
        **{
            name: getattr(target, name)
            for name in ("region_id", "comparison", "value", "upper", "on", "decision", "reason")
        },
    }


def _line(request: ViewerRequest, key: str, pk: int) -> TargetLine:
    record = indicator_record(request.viewer, key=key)
    line = next((one for one in record.targets if one.id == pk), None) if record else None
    if line is None:
        raise Http404
    return line


@require_POST
def target_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Take a target back; what it said stands in the form, to be kept again."""
    editable(request, key)
    line = _line(request, key, pk)
    remove_target(by=request.viewer, key=key, pk=pk, version=line.version)
    tell(request, text=_("Entfernt. Die Angaben stehen noch einmal im Formular, falls das ein Versehen war."))
    values = {name: value for name, value in target_form_values(line).items() if value not in (None, "")}
    values.pop("version")
    return redirect(f"{reverse('monitoring:indicator-targets', args=[key])}?{urlencode(values)}#neu")


@require_POST
def break_add(request: ViewerRequest, key: str) -> HttpResponse:
    """Mark a break."""
    found = editable(request, key)
    form = BreakForm(request.POST, regions=area_region_choices())
    if form.is_valid():
        said = form.cleaned_data
        saved = try_to_save(
            form,
            lambda: mark_break(
                by=request.viewer,
                key=key,
                on=said["on"],
                kind=BreakKind(said["kind"]),
                reason=said["reason"],
                region_id=said["region_id"],
            ),
            words=WORDS,
            values_of=_no_values,
        )
        if saved.record:
            tell(request, text=_("Bruch vermerkt. Der Trend rechnet nicht darüber hinweg."))
            return redirect("monitoring:indicator-targets", key=key)
    return _page(request, found, TargetForm(regions=area_region_choices()), form)


@require_POST
def break_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Values can be compared over that day after all."""
    editable(request, key)
    record = indicator_record(request.viewer, key=key)
    line = next((one for one in record.breaks if one.id == pk), None) if record else None
    if line is None:
        raise Http404
    try:
        remove_break(by=request.viewer, key=key, pk=pk)
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Entfernt. Die Angaben stehen noch einmal im Formular, falls das ein Versehen war."))
    values = {"on": line.on, "kind": line.kind.value, "reason": line.reason}
    return redirect(f"{reverse('monitoring:indicator-targets', args=[key])}?{urlencode(values)}#bruch")


def _page(request: ViewerRequest, found: Indicator, form: TargetForm, broken: BreakForm) -> HttpResponse:
    record = indicator_record(request.viewer, key=found.key)
    if record is None:
        raise Http404
    measure = measure_of(found.unit, found.decimals)
    context = {
        "indicator": found,
        "targets": [target_line(one, measure) for one in record.targets],
        "breaks": [(one, BREAK_KIND_LABELS[one.kind]) for one in record.breaks],
        "form": form,
        "broken": broken,
        "unit": unit_words(measure),
        "back_url": reverse("monitoring:indicator", args=[found.key]),
    }
    return render(request, "monitoring/indicators/targets.html", context)
