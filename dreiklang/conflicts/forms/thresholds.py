"""The form of the thresholds: numbers as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.conflicts.models import Thresholds
from dreiklang.core.forms import AmountField, KeptForm

# Kept as 0..1, written in percent.
SHARES = frozenset({"least_area_share"})
NAMES = (
    "least_area_m2",
    "least_area_share",
    "least_days",
    "near_months",
    "least_effect_weight",
    "least_nearness",
    "least_strength",
)
_LIMITS = {
    "least_area_m2": (0, 1_000_000),
    "least_area_share": (0, 100),
    "least_days": (1, 3650),
    "near_months": (0, 240),
    "least_effect_weight": (1, 3),
    "least_nearness": (0, 1),
    "least_strength": (0, 1),
}
_WHOLE = frozenset({"least_area_m2", "least_days", "near_months", "least_effect_weight"})


class ThresholdsForm(KeptForm):
    """All thresholds and on what they rest."""

    basis = forms.CharField(
        label=_("Grundlage"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Warum diese Werte gelten, zum Beispiel: Dienstberatung vom 3. Mai 2027"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in NAMES:
            least, most = _LIMITS[name]
            label = getattr(Thresholds._meta.get_field(name), "verbose_name", name)
            self.fields[name] = AmountField(
                label=_("und ab diesem Anteil der kleineren Fläche (%)") if name in SHARES else label,
                min_value=Decimal(least),
                max_value=Decimal(most),
                decimal_places=0 if name in _WHOLE else 3,
                localize=True,
            )

    def values(self) -> dict[str, Any]:
        """The thresholds as they are kept."""
        said = super().values()
        kept: dict[str, Any] = {"basis": said["basis"]}
        for name in NAMES:
            number = said[name] / 100 if name in SHARES else said[name]
            kept[name] = int(number) if name in _WHOLE else float(number)
        return kept


def threshold_values(kept: Thresholds) -> dict[str, Any]:
    """The thresholds as the form shows them."""
    shown: dict[str, Any] = {"version": kept.version, "basis": kept.basis}
    for name in NAMES:
        value = getattr(kept, name)
        shown[name] = shown_number(name, value)
    return shown


def shown_number(name: str, value: float) -> Decimal:
    """A threshold as people write it: shares in percent, without needless zeros."""
    number = Decimal(str(value)) * (100 if name in SHARES else 1)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def default_of(name: str) -> float:
    """The value that holds while nobody changed it."""
    return float(getattr(Thresholds(), name))
