"""The filters of the list, as they stand in the address bar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.measures.models.labels import DURATION_LABELS, PHASE_LABELS, TASK_TYPE_LABELS
from dreiklang.measures.queries import STANDING_SIGNS, Lists
from dreiklang.measures.rules import ORDER, Duration, MeasureFilter, Phase, Standing, TaskType

ANY = [("", _("alle"))]


class FilterForm(forms.Form):
    """Keys of the address bar are numbers people know, never ids of the database."""

    q = forms.CharField(label=_("Text"), required=False)
    aufgabe = forms.ChoiceField(label=_("Zukunftsaufgabe"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    konzept = forms.ChoiceField(label=_("Konzept"), required=False)
    amt = forms.ChoiceField(label=_("Amt"), required=False)
    stadtteil = forms.ChoiceField(label=_("Stadtteil"), required=False)
    phase = forms.ChoiceField(
        label=_("Phase"),
        required=False,
        choices=[*ANY, *[(one.value, PHASE_LABELS[one]) for one in Phase], ("unknown", _("unbekannt"))],
    )
    stand = forms.ChoiceField(
        label=_("Stand"), required=False, choices=[*ANY, *[(s.value, STANDING_SIGNS[s].label) for s in ORDER]]
    )
    art = forms.ChoiceField(
        label=_("Aufgabenart"),
        required=False,
        choices=[*ANY, *[(k.value, v) for k, v in TASK_TYPE_LABELS.items()]],
    )
    dauer = forms.ChoiceField(
        label=_("Dauer"), required=False, choices=[*ANY, *[(k.value, v) for k, v in DURATION_LABELS.items()]]
    )
    jahr = forms.IntegerField(label=_("Läuft im Jahr"), required=False, min_value=1950, max_value=2150)

    def __init__(self, *args: Any, lists: Lists, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lists = lists
        for name in ("aufgabe", "ziel", "konzept", "amt", "stadtteil"):
            listed = getattr(lists, name)
            offer(self, name, [*ANY, *[(key, label) for key, label, _pk in listed]])

    def wanted(self) -> MeasureFilter:
        """The filter; a value that fits nothing finds nothing only where it names a record, else it is passed over."""
        self.full_clean()
        said = self.cleaned_data
        phase = said.get("phase") or None
        return MeasureFilter(
            text=said.get("q", ""),
            task=self._id("aufgabe"),
            goal=self._id("ziel"),
            concept=self._id("konzept"),
            department=self._id("amt"),
            area=self._id("stadtteil"),
            phase=Phase(phase) if phase and phase != "unknown" else None,
            is_phase_unknown=phase == "unknown",
            standing=Standing(said["stand"]) if said.get("stand") else None,
            task_type=TaskType(said["art"]) if said.get("art") else None,
            duration=Duration(said["dauer"]) if said.get("dauer") else None,
            year=said.get("jahr"),
        )

    def _id(self, name: str) -> int | None:
        if not self.data.get(name):
            return None
        wanted = self.cleaned_data.get(name, "")
        return next((pk for key, _label, pk in getattr(self.lists, name) if key == wanted), 0)
