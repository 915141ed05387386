"""The procedure of a formal plan: one line a step."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.models import STEP_LABELS
from dreiklang.concepts.queries import StepLine
from dreiklang.concepts.rules import ProcedureStep, Step
from dreiklang.core.forms import day_input

_EMPTY = ("", "–")


class StepForm(forms.Form):
    """One line of a plan's procedure."""

    step = forms.ChoiceField(label=_("Schritt"), required=False, choices=[_EMPTY, *STEP_LABELS.items()])
    on = forms.DateField(label=_("Am oder von"), required=False, widget=day_input())
    until = forms.DateField(label=_("Bis"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("on"), given.get("until")
        if given.get("step") and not begin and "on" not in self.errors:
            self.add_error("on", _("An welchem Tag? Ohne Tag bitte die Zeile leeren."))
        if begin and not given.get("step"):
            self.add_error("step", _("Welcher Schritt war an diesem Tag?"))
        if begin and end and end < begin:
            self.add_error("until", _("Das Ende liegt vor dem Beginn."))
        return given

    def wanted(self) -> Step | None:
        """The step of the line; None for an empty one or one that is to go."""
        given = self.cleaned_data
        if not given.get("step") or not given.get("on") or given.get("DELETE"):
            return None
        return Step(ProcedureStep(given["step"]), given["on"], given.get("until"))


Steps = formset_factory(StepForm, extra=2, can_delete=True, max_num=60)


def steps_form(steps: tuple[StepLine, ...], data: Any = None) -> Any:
    """The procedure with the steps there are and two empty lines."""
    initial = [{"step": one.step, "on": one.on, "until": one.until} for one in steps]
    return Steps(data, initial=initial, prefix="schritte")


def wanted_steps(lines: Any) -> list[Step]:
    """The steps that the lines ask for."""
    return [step for line in lines.forms if (step := line.wanted()) is not None]
