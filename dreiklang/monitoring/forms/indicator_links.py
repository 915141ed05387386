"""What people enter about the links of an indicator, and about the rules of the set."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import AmountField, KeptForm, day_input, offer
from dreiklang.goals.queries import goal_choices, task_choices
from dreiklang.monitoring.models import MOST_CITIES
from dreiklang.monitoring.models.links import SIGN_LABELS
from dreiklang.monitoring.queries.indicator_lines import EffectLine
from dreiklang.people.rules import Viewer

WEIGHTS = [(1, _("gering")), (2, _("deutlich")), (3, _("stark"))]


class GoalLinkForm(forms.Form):
    """Which goal the indicator tells of, and why."""

    goal_id = forms.TypedChoiceField(label=_("Ziel"), coerce=int)
    is_main = forms.BooleanField(label=_("Leitindikator dieses Ziels"), required=False)
    reason = forms.CharField(label=_("Warum"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "goal_id", [("", "–"), *goal_choices(viewer)])


class TaskLinkForm(forms.Form):
    """Which future task the indicator tells of."""

    task_id = forms.TypedChoiceField(label=_("Zukunftsaufgabe"), coerce=int)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "task_id", [("", "–"), *task_choices(viewer)])


class EffectForm(KeptForm):
    """What a measure is to do to an indicator, and what was seen afterwards."""

    number = forms.CharField(label=_("Maßnahme"), max_length=60, help_text=_("Ihre Nummer"))
    sign = forms.ChoiceField(label=_("Wirkung"), choices=list(SIGN_LABELS.items()), widget=forms.RadioSelect)
    weight = forms.TypedChoiceField(label=_("Gewicht"), coerce=int, choices=WEIGHTS)
    expected_value = AmountField(
        label=_("Erwartete Änderung"),
        required=False,
        max_digits=24,
        decimal_places=8,
        help_text=_("In der Einheit des Indikators, mit Vorzeichen."),
    )
    expected_year = forms.IntegerField(
        label=_("Bis Ende des Jahres"), required=False, min_value=1900, max_value=2200
    )
    expected_basis = forms.CharField(
        label=_("Grundlage der Erwartung"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    observed_value = AmountField(
        label=_("Beobachtete Änderung"), required=False, max_digits=24, decimal_places=8
    )
    observed_on = forms.DateField(label=_("Beobachtet am"), required=False, widget=day_input())
    observed_basis = forms.CharField(
        label=_("Grundlage der Beobachtung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Woher man weiß, dass die Maßnahme es war."),
    )

    def __init__(self, *args: Any, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_new:
            del self.fields["number"]


def effect_form_values(line: EffectLine) -> dict[str, Any]:
    """What the form shows of a link."""
    expected, observed = line.expected_value, line.observed_value
    return {
        "sign": line.sign.value,
        "weight": line.weight,
        "expected_value": expected.normalize() if expected is not None else None,
        "expected_year": line.expected_year,
        "expected_basis": line.expected_basis,
        "observed_value": observed.normalize() if observed is not None else None,
        "observed_on": line.observed_on,
        "observed_basis": line.observed_basis,
        "version": line.version,
    }


class SetRulesForm(KeptForm):
    """How many indicators a goal should have, and with which cities ours is compared."""

    most_per_goal = forms.IntegerField(
        label=_("Höchstens so viele Indikatoren je Ziel"), min_value=1, max_value=50
    )
    cities = forms.CharField(
        label=_("Vergleichsstädte"),
        required=False,
        widget=forms.Textarea(attrs={"rows": MOST_CITIES}),
        help_text=_(
            "Amtliche Schlüssel mit 5, 8 oder 12 Stellen, einer je Zeile, höchstens sechs. Nur Städte, von denen Werte vorliegen."
        ),
    )

    def keys(self) -> list[str]:
        """The official keys, in their order."""
        return [line.strip() for line in self.cleaned_data["cities"].splitlines() if line.strip()]
