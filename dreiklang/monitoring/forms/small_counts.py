"""What the statistics office enters about small counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.monitoring.services.suppression.thresholds import LEAST, MOST


class ThresholdForm(KeptForm):
    """Below which number counts are hidden, and why."""

    below = forms.IntegerField(
        label=_("Zahlen unter … werden nicht gezeigt"),
        min_value=LEAST,
        max_value=MOST,
        help_text=_("Zum Beispiel 5: Dann stehen 1, 2, 3 und 4 nirgends, 0 und 5 schon."),
        widget=forms.NumberInput(attrs={"class": "kern-form-input__input"}),
    )
    reason = forms.CharField(
        label=_("Begründung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zum Beispiel: Statistiksatzung § 8. Sie bleibt in der Statistikstelle."),
    )


class ShowAgainForm(KeptForm):
    """Why nothing is hidden any longer."""

    reason = forms.CharField(
        label=_("Warum dürfen alle diese Zahlen sehen?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
