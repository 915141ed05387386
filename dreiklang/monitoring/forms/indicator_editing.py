"""What people enter about an indicator: its definition, targets, breaks, why it is retired."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import AmountField, KeptForm, day_input, offer
from dreiklang.monitoring.models import Breakdown, Indicator, Provider, Quantity
from dreiklang.monitoring.models.labels import (
    BREAK_KIND_LABELS,
    COMPARISON_LABELS,
    DIRECTION_LABELS,
    INDICATOR_KIND_LABELS,
)
from dreiklang.monitoring.queries.indicator_lines import TargetLine
from dreiklang.monitoring.queries.naming import quantity_key, quantity_of
from dreiklang.monitoring.queries.unit_names import NAMES
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.services.definitions import FIELDS
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import levels

_EMPTY = ("", "–")


def _long(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _chosen_id(label: Any, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, **options)


class IndicatorForm(KeptForm):
    """The whole definition. A new one also has its key; a changed one says why and since when."""

    key = forms.CharField(
        label=_("Kurzname"),
        max_length=80,
        help_text=_(
            "Steht in der Adresse und in Formeln, zum Beispiel leerstand-wohnungen. Er bleibt für immer."
        ),
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Art"), choices=list(INDICATOR_KIND_LABELS.items()))
    meaning = forms.CharField(label=_("Was er sagt"), required=False, widget=_long(4))
    limits_words = forms.CharField(label=_("Was er nicht sagt"), required=False, widget=_long())
    unit = forms.ChoiceField(label=_("Einheit"), required=False)
    decimals = forms.IntegerField(label=_("Nachkommastellen"), min_value=0, max_value=6)
    direction = forms.ChoiceField(label=_("Gut ist"), choices=list(DIRECTION_LABELS.items()))
    quantity = forms.CharField(
        label=_("Größe"),
        required=False,
        help_text=_(
            "Wo gelieferte Werte liegen: Herausgeber:Tabelle:Größe. Werte aus eigenen Listen brauchen das nicht."
        ),
    )
    breakdown = forms.CharField(
        label=_("Davon nur"),
        required=False,
        help_text=_("Ein Teil der Größe, zum Beispiel GES=GESW. Leer: das Ganze."),
    )
    formula = forms.CharField(
        label=_("Formel"),
        required=False,
        widget=_long(2),
        help_text=_(
            "Statt Werten, über andere Indikatoren: per([arbeitslose], [einwohner], 1000) oder share([leerstand], [wohnungen])."
        ),
    )
    provider_id = _chosen_id(_("Herausgeber"))
    source_words = forms.CharField(label=_("Quelle genauer"), max_length=500, required=False)
    source_contact = forms.CharField(
        label=_("Kontakt der Quelle"), max_length=300, required=False, help_text=_("Wird veröffentlicht.")
    )
    licence = forms.CharField(label=_("Lizenz"), max_length=300, required=False)
    attribution = forms.CharField(label=_("Quellenangabe"), max_length=300, required=False)
    level_id = _chosen_id(_("Kleinste räumliche Ebene"))
    rhythm = forms.ChoiceField(label=_("Rhythmus"), required=False)
    reference_words = forms.CharField(label=_("Stichtag oder Zeitraum"), max_length=200, required=False)
    lag_days = forms.IntegerField(
        label=_("Tage bis zur Veröffentlichung"), required=False, min_value=0, max_value=9999
    )
    next_due_on = forms.DateField(
        label=_("Nächste Werte bis"),
        required=False,
        widget=day_input(),
        help_text=_("Leer: aus Rhythmus und letztem Wert gerechnet."),
    )
    steady_below = AmountField(
        label=_("Gleich bleibend unter"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=6,
        help_text=_("Kleinere Änderungen über den ganzen Zeitraum gelten nicht als Trend."),
    )
    suppress_below = forms.IntegerField(
        label=_("Kleine Zahlen unter"),
        required=False,
        min_value=2,
        max_value=1000,
        help_text=_("Anzahlen darunter werden nicht gezeigt."),
    )
    department_id = _chosen_id(_("Zuständiges Amt"))
    responsible_id = _chosen_id(_("Zuständige Person"), help_text=_("Bleibt intern."))
    is_headline = forms.BooleanField(label=_("Leitindikator der Stadt"), required=False)
    valid_from = forms.DateField(
        label=_("Gilt ab"), widget=day_input(), help_text=_("Ab wann diese Festlegung gilt.")
    )
    change_reason = forms.CharField(
        label=_("Warum geändert"),
        required=False,
        widget=_long(2),
        help_text=_("Nötig, wenn sich Name, Bedeutung, Einheit, Richtung, Größe oder Formel ändern."),
    )
    is_broken = forms.BooleanField(
        label=_("Werte ab diesem Tag sind nicht mit früheren vergleichbar"), required=False
    )

    def __init__(self, *args: Any, viewer: Viewer, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        rhythms = [one for one in shipped_vocabularies()["frequency"].entries if one.is_active]
        offer(self, "unit", [_EMPTY, *NAMES.items()])
        offer(self, "rhythm", [_EMPTY, *[(one.code, one.name) for one in rhythms]])
        offer(self, "provider_id", [_EMPTY, *Provider.objects.order_by("name").values_list("pk", "name")])
        offer(self, "level_id", [_EMPTY, *[(one.pk, one.plural) for one in levels(viewer)]])
        offer(self, "department_id", [("", _("noch keines")), *departments_choices()])
        offer(self, "responsible_id", [("", _("niemand")), *accounts_choices()])
        if is_new:
            del self.fields["change_reason"], self.fields["is_broken"]
        else:
            del self.fields["key"]

    def clean_quantity(self) -> Quantity | None:
        """The quantity that is named, if there is one."""
        text: str = self.cleaned_data["quantity"].strip()
        found = quantity_of(text) if text else None
        if text and found is None:
            raise forms.ValidationError(_("Diese Größe wurde noch nicht geliefert."))
        return found

    def clean_breakdown(self) -> Breakdown | None:
        """The split that is named, if there is one."""
        text: str = self.cleaned_data["breakdown"].strip()
        found = Breakdown.objects.filter(key=text).first() if text else None
        if text and found is None:
            raise forms.ValidationError(_("Eine solche Aufteilung kam noch nicht vor."))
        return found

    def definition(self) -> dict[str, Any]:
        """What the form says, by the fields of the indicator."""
        said = self.cleaned_data
        found = {name: said[name] for name in FIELDS if name in said}
        quantity, breakdown = said["quantity"], said["breakdown"]
        return found | {
            "quantity_id": quantity.pk if quantity else None,
            "breakdown_id": breakdown.pk if breakdown else None,
        }


def indicator_form_values(indicator: Indicator) -> dict[str, Any]:
    """What the form shows of an indicator."""
    of = indicator.quantity
    return {
        **{name: getattr(indicator, name) for name in FIELDS},
        "quantity": quantity_key(of.dataset.provider.key, of.dataset.code, of.code) if of else "",
        "breakdown": indicator.breakdown.key if indicator.breakdown else "",
        "version": indicator.version,
    }


class TargetForm(KeptForm):
    """A target or the baseline."""

    is_baseline = forms.TypedChoiceField(
        label=_("Art"),
        coerce=lambda value: value == "1",
        choices=[("0", _("Zielwert")), ("1", _("Ausgangswert"))],
        initial="0",
        widget=forms.RadioSelect,
    )
    region_id = _chosen_id(_("Gebiet"))
    comparison = forms.ChoiceField(label=_("Gemeint ist"), choices=list(COMPARISON_LABELS.items()))
    value = AmountField(label=_("Wert"), max_digits=24, decimal_places=8)
    upper = AmountField(
        label=_("Bis"), required=False, max_digits=24, decimal_places=8, help_text=_("Nur bei „zwischen“.")
    )
    on = forms.DateField(label=_("Zum"), widget=day_input())
    decision = forms.CharField(label=_("Beschluss"), max_length=200, required=False)
    reason = forms.CharField(label=_("Begründung"), required=False, widget=_long(2))

    def __init__(self, *args: Any, regions: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "region_id", [("", _("ganze Stadt")), *regions])


def target_form_values(line: TargetLine) -> dict[str, Any]:
    """What the form shows of a target."""
    return {
        "is_baseline": "1" if line.is_baseline else "0",
        "region_id": line.region_id,
        "comparison": line.post.comparison.value,
        "value": line.post.value.normalize(),
        "upper": line.post.upper.normalize() if line.post.upper is not None else None,
        "on": line.post.on,
        "decision": line.decision,
        "reason": line.reason,
        "version": line.version,
    }


class BreakForm(forms.Form):
    """A day from which values cannot be compared."""

    on = forms.DateField(label=_("Ab"), widget=day_input())
    kind = forms.ChoiceField(label=_("Grund"), choices=list(BREAK_KIND_LABELS.items()))
    region_id = _chosen_id(_("Gebiet"))
    reason = forms.CharField(label=_("Erläuterung"), widget=_long(2))

    def __init__(self, *args: Any, regions: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "region_id", [("", _("überall")), *regions])


class RetireForm(forms.Form):
    """Why an indicator is kept up no longer."""

    on = forms.DateField(label=_("Ab"), widget=day_input())
    reason = forms.CharField(label=_("Warum nicht mehr"), max_length=300)
