"""One value typed by hand."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core.reading import Notation, read_number
from dreiklang.monitoring.models.labels import VALUE_KIND_LABELS
from dreiklang.monitoring.rules.periods import TimeSpan, read_time
from dreiklang.monitoring.rules.values import ValueKind


class SingleValueForm(forms.Form):
    """What somebody knows of one value."""

    value = forms.CharField(label=gettext_lazy("Wert"), max_length=40)
    period = forms.CharField(
        label=gettext_lazy("Stichtag oder Zeitraum"),
        max_length=40,
        help_text=gettext_lazy("Zum Beispiel 31.12.2025, 2025 oder 2. Quartal 2025."),
    )
    area = forms.TypedChoiceField(label=gettext_lazy("Gebiet"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=gettext_lazy("Art"), choices=list(VALUE_KIND_LABELS.items()))
    scenario = forms.CharField(
        label=gettext_lazy("Szenario"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Nur bei einer Prognose."),
    )
    made_on = forms.CharField(
        label=gettext_lazy("Vorausberechnet am"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Nur bei einer Prognose."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Zum Beispiel, woher die Zahl kommt. Steht im Verlauf."),
    )

    def __init__(self, data: Any, *, areas: Sequence[tuple[str, list[tuple[int, str]]]]) -> None:
        super().__init__(data)
        field = self.fields["area"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  # as defined above
        field.choices = [("", _("die ganze Stadt")), *areas]

    def clean_value(self) -> Decimal:
        """A number as written in German; a sign is none."""
        read = read_number(self.cleaned_data["value"].strip(), notation=Notation.GERMAN)
        if not isinstance(read, Decimal):
            raise forms.ValidationError(_("Bitte geben Sie eine Zahl ein, zum Beispiel 1.234,5."))
        return read

    def clean_period(self) -> TimeSpan:
        """A day or a stretch of time."""
        read = read_time(self.cleaned_data["period"].strip())
        if not isinstance(read, TimeSpan):
            raise forms.ValidationError(
                _("Bitte geben Sie einen Tag oder ein Jahr an, zum Beispiel 31.12.2025.")
            )
        return read

    def clean_kind(self) -> ValueKind:
        """One of the kinds."""
        return ValueKind(self.cleaned_data["kind"])

    def clean_made_on(self) -> date | None:
        """A day, if one was said."""
        said = self.cleaned_data["made_on"].strip()
        if not said:
            return None
        read = read_time(said)
        if not isinstance(read, TimeSpan) or not read.is_day:
            raise forms.ValidationError(_("Bitte geben Sie einen Tag an, zum Beispiel 01.03.2026."))
        return read.ends_on
