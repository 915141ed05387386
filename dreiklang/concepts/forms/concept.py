"""A concept or plan, everything but its goal links, its procedure and who may see it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.models import KIND_LABELS, STATUS_LABELS, Concept
from dreiklang.concepts.queries import concept_choices
from dreiklang.concepts.services import FIELDS
from dreiklang.core.forms import KeptForm, day_input, offer
from dreiklang.core.place_form import PlaceForm
from dreiklang.goals.queries import task_choices
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices

_EMPTY = ("", "–")


class ConceptForm(PlaceForm, KeptForm):
    """Everything about a concept but its goal links, its procedure and who may see it."""

    place_names = tuple(PlaceForm.base_fields)
    number = forms.CharField(label=_("Nummer"), max_length=60, help_text=_("Zum Beispiel FK-12. Sie bleibt."))
    title = forms.CharField(label=_("Titel"), max_length=300)
    kind = forms.ChoiceField(label=_("Art"), choices=list(KIND_LABELS.items()))
    plan_type = forms.CharField(
        label=_("Planart"),
        max_length=80,
        required=False,
        help_text=_("Nur für förmliche Pläne, zum Beispiel Bebauungsplan."),
    )
    status = forms.ChoiceField(label=_("Stand"), choices=list(STATUS_LABELS.items()))
    lead_department_id = forms.TypedChoiceField(
        label=_("Federführendes Amt"), required=False, coerce=int, empty_value=None
    )
    lead_id = forms.TypedChoiceField(label=_("Verantwortlich"), required=False, coerce=int, empty_value=None)
    deputy_id = forms.TypedChoiceField(label=_("Vertretung"), required=False, coerce=int, empty_value=None)
    valid_from = forms.DateField(label=_("Gültig ab"), required=False, widget=day_input())
    valid_to = forms.DateField(label=_("Gültig bis"), required=False, widget=day_input())
    resolution_reference = forms.CharField(label=_("Beschluss"), max_length=160, required=False)
    resolution_on = forms.DateField(label=_("Beschlossen am"), required=False, widget=day_input())
    task_ids = forms.TypedMultipleChoiceField(
        label=_("Zukunftsaufgaben"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    area_ids = forms.TypedMultipleChoiceField(
        label=_("Stadtteile"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    cost_eur = forms.DecimalField(
        label=_("Gesamtkosten in Euro"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        help_text=_("Leer, wenn noch kein Betrag feststeht. Dann bitte in Worten."),
    )
    cost_words = forms.CharField(label=_("Gesamtkosten in Worten"), max_length=300, required=False)
    gap_eur = forms.DecimalField(
        label=_("Finanzierungslücke in Euro"), required=False, max_digits=14, decimal_places=2, localize=True
    )
    gap_words = forms.CharField(label=_("Finanzierungslücke in Worten"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("Kurzfassung für Bürger:innen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Anlass und Ziel, Inhalt, wichtigste Maßnahmen. Drei bis vier Seiten, in einfachen Worten."
        ),
    )
    summary_waived_reason = forms.CharField(
        label=_("Warum ohne Kurzfassung?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nur nötig, wenn das Konzept ohne Kurzfassung in den Rat geht."),
    )
    framework_reference = forms.CharField(
        label=_("Bezug zum INSEK"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    successor_id = forms.TypedChoiceField(
        label=_("Abgelöst durch"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label=_("Interne Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, viewer: Viewer, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [_EMPTY, *accounts_choices()]
        offer(self, "lead_department_id", [_EMPTY, *departments_choices()])
        offer(self, "lead_id", people)
        offer(self, "deputy_id", people)
        offer(self, "task_ids", task_choices(viewer))
        offer(self, "area_ids", area_choices(viewer))
        self.fields["area_ids"].widget.attrs["size"] = 8
        self.fields["summary"].widget.attrs |= {
            "hx-post": reverse("concepts:readability"),
            "hx-trigger": "input changed delay:600ms",
            "hx-target": "#lesbarkeit",
            "hx-swap": "innerHTML",
        }
        offer(self, "successor_id", [_EMPTY, *concept_choices(viewer)])
        if not is_new:
            del self.fields["number"]
        names = [name for name in self.fields if name not in self.place_names]
        after = names.index("area_ids") + 1
        self.order_fields([*names[:after], *self.place_names, *names[after:]])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("valid_from"), given.get("valid_to")
        if begin and end and end < begin:
            self.add_error("valid_to", _("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Tage."))
        return given

    def values(self) -> dict[str, Any]:
        """What was entered; the geometry only where it changes."""
        entered = {name: value for name, value in super().values().items() if name not in self.place_names}
        return entered | self.place_columns()

    def in_words(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Both sides of a clash; the place is one line, whatever way it came."""
        return self.with_place_in_words(super().in_words(values), values)


def concept_values(concept: Concept) -> dict[str, Any]:
    """A concept as the form's initial values."""
    return {name: getattr(concept, name) for name in FIELDS} | {
        "version": concept.version,
        "task_ids": list(concept.task_links.values_list("task_id", flat=True)),
        "area_ids": list(concept.area_links.values_list("area_id", flat=True)),
    }
