"""What the statistics office enters about small counts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.monitoring.services.suppression.thresholds import LEAST, MOST

NEEDS_REASON = _("Bitte sagen Sie, warum. Ohne Begründung ändert sich nichts.")


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
        error_messages={"required": NEEDS_REASON},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zum Beispiel: Statistiksatzung § 8. Sie bleibt in der Statistikstelle."),
    )

    def __init__(self, *args: Any, is_trial: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_trial = is_trial

    def full_clean(self) -> None:
        """A trial changes nothing and needs no reason."""
        self.fields["reason"].required = not self._is_trial
        super().full_clean()
        self.fields["reason"].required = True


class ShowAgainForm(KeptForm):
    """Why nothing is hidden any longer."""

    reason = forms.CharField(
        label=_("Warum dürfen alle diese Zahlen sehen?"),
        error_messages={"required": NEEDS_REASON},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
