"""Forms of grant sheets."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, day_input, offer
from dreiklang.core.place_form import PlaceForm
from dreiklang.core.text import number
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models.grants import YEARS
from dreiklang.monitoring.rules.sheet_entries import LONGEST, read_entry
from dreiklang.monitoring.rules.sheets import FilledRow, Layout
from dreiklang.monitoring.rules.values import Refused
from dreiklang.people.queries import departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices

LONGEST_NAME = 200
_NONE = ("", "–")
_REFUSED = {
    "not_a_number": _("Das ist keine Zahl."),
    "ambiguous_number": _("Diese Zahl kann zweierlei heißen. Bitte ohne Trennzeichen der Tausender."),
    "too_long": _("Das ist zu lang."),
}


class SheetForm(PlaceForm):
    """Which layout for which area and year; the area is one of ours, or somebody's own border."""

    layout = forms.ChoiceField(label=_("Vorlage"))
    area_id = forms.TypedChoiceField(
        label=_("Gebiet"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Oder weiter unten eine eigene Grenze."),
    )
    name = forms.CharField(
        label=_("Name des Gebietes"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Bei eigener Grenze nötig, sonst heißt es wie das Gebiet."),
    )
    year = forms.IntegerField(label=_("Jahr"), min_value=YEARS[0], max_value=YEARS[1])
    department_id = forms.TypedChoiceField(label=_("Amt"), required=False, coerce=int, empty_value=None)

    field_order = ("layout", "area_id", "name", "year", "department_id")

    def __init__(
        self, *args: Any, viewer: Viewer, known: Mapping[tuple[str, str], Layout], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        del self.fields["place_removed"]
        self.fields["place_text"].help_text = _("Eine Fläche als GeoJSON oder WKT.")
        self.known = {f"{key}|{edition}": (key, edition) for key, edition in known}
        names = [(f"{key}|{edition}", f"{one.title} ({edition})") for (key, edition), one in known.items()]
        offer(self, "layout", names)
        offer(self, "area_id", [_NONE, *area_choices(viewer)])
        offer(self, "department_id", [_NONE, *departments_choices()])
        # Reports are about the year that ended.
        self.fields["year"].initial = localdate().year - 1

    def chosen_layout(self) -> tuple[str, str]:
        """Key and edition of the layout."""
        return self.known[self.cleaned_data["layout"]]


class EntriesForm(KeptForm):
    """One field for each row that nothing is known for, in the order of the sheet."""

    def __init__(
        self,
        *args: Any,
        rows: Sequence[FilledRow],
        entries: Mapping[str, Decimal | str],
        units: Mapping[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.rows = {f"z-{one.row.key}": one.row for one in rows}
        for name, row in self.rows.items():
            written = entries.get(row.key, "")
            self.fields[name] = forms.CharField(
                label=f"{row.title} ({units[row.unit]})" if row.unit else row.title,
                required=False,
                max_length=LONGEST,
                initial=number(written) if isinstance(written, Decimal) else written,
                widget=forms.TextInput() if row.unit else forms.Textarea(attrs={"rows": 2}),
            )
        self.read: dict[str, Decimal | str] = {}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_german = (get_language() or "de").startswith("de")
        for name, row in self.rows.items():
            found = read_entry(row, said.get(name, ""), is_german=is_german)
            if isinstance(found, Refused):
                self.add_error(name, str(_REFUSED[found.code]))
            elif not isinstance(found, Unknown):
                self.read[row.key] = found
        return said


class SendForm(KeptForm):
    """When the sheet went out, and to whom."""

    on = forms.DateField(label=_("Abgegeben am"), widget=day_input())
    to = forms.CharField(label=_("Abgegeben an"), max_length=200)


class LayoutForm(forms.Form):
    """A layout of the city's own."""

    file = forms.FileField(label=_("Vorlage (YAML)"), help_text=_("Höchstens 200 kB, UTF-8."))
