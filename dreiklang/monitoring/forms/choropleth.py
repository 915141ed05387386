"""What can be chosen of a map that shows values, as it stands in the address bar."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.core.reading import Notation, read_number
from dreiklang.monitoring.queries.maps import IndicatorMap
from dreiklang.monitoring.rules.storing import WHOLE_DIGITS
from dreiklang.monitoring.rules.values import ClassMethod

METHODS = {
    ClassMethod.NATURAL: _("natürliche Gruppen"),
    ClassMethod.QUANTILE: _("gleich viele Gebiete"),
    ClassMethod.EQUAL: _("gleich breite Klassen"),
    ClassMethod.OWN: _("eigene Grenzen"),
}
COUNTS = (3, 4, 5, 6, 7)
USUAL_COUNT = 5
SIDE_BY_SIDE = "jahre"
# More own cuts would make more shades than an eye tells apart.
MOST_CUTS = 6


@dataclass(frozen=True)
class MapWish:
    """What somebody wants to see: one year, or the balance of two, or years side by side.

    part_of     only areas that belong to this larger one
    only_class  the number of the one class that keeps its colour
    """

    year: int | None
    method: ClassMethod
    count: int
    own: tuple[Decimal, ...]
    before: int | None
    after: int | None
    is_side_by_side: bool
    part_of: str
    only_class: int | None

    @property
    def is_balance(self) -> bool:
        """Whether two years are compared."""
        return self.before is not None and self.after is not None


class MapForm(forms.Form):
    """Level, year, classes; balance of two years; parts. What does not fit is left at its usual value and said."""

    ebene = forms.ChoiceField(label=_("Ebene"), required=False)
    jahr = forms.ChoiceField(label=_("Jahr"), required=False)
    ansicht = forms.ChoiceField(
        label=_("Ansicht"),
        required=False,
        choices=[("", _("ein Jahr")), (SIDE_BY_SIDE, _("Jahre nebeneinander"))],
    )
    klassen = forms.ChoiceField(label=_("Klassen"), required=False)
    anzahl = forms.ChoiceField(
        label=_("Anzahl"), required=False, choices=[(str(count), str(count)) for count in COUNTS]
    )
    grenzen = forms.CharField(
        label=_("Eigene Grenzen"),
        required=False,
        max_length=120,
        help_text=_("steigend, getrennt durch Semikolon: 10; 12,5; 20"),
    )
    von = forms.ChoiceField(label=_("Bilanz von"), required=False)
    bis = forms.ChoiceField(label=_("bis"), required=False)
    teil = forms.ChoiceField(label=_("Nur in"), required=False)
    klasse = forms.IntegerField(
        label=_("Nur Klasse"),
        required=False,
        min_value=1,
        max_value=MOST_CUTS + 1,
        widget=forms.HiddenInput,
    )

    def __init__(self, data: QueryDict, *, shown: IndicatorMap) -> None:
        self._years = shown.years
        usual = {
            "ebene": shown.level.key if shown.level else "",
            "jahr": str(shown.years[-1]) if shown.years else "",
            "klassen": ClassMethod.NATURAL.value,
            "anzahl": str(USUAL_COUNT),
        }
        filled = data.copy()
        for name, value in usual.items():
            if not filled.get(name):
                filled[name] = value
        super().__init__(filled)
        offer(self, "ebene", [(one.key, one.plural) for one in shown.levels])
        offer(self, "klassen", [(method.value, label) for method, label in METHODS.items()])
        years = [(str(year), str(year)) for year in shown.years]
        offer(self, "jahr", years)
        offer(self, "von", [("", _("keine Bilanz")), *years])
        offer(self, "bis", [("", _("keine Bilanz")), *years])
        parts = sorted({one.part_of for one in shown.areas if one.part_of})
        offer(self, "teil", [("", _("der ganzen Stadt")), *[(one, one) for one in parts]])

    def clean_grenzen(self) -> tuple[Decimal, ...]:
        """The cuts as numbers."""
        written = [part.strip() for part in self.cleaned_data["grenzen"].split(";") if part.strip()]
        found = [_number(part) for part in written]
        if len(found) > MOST_CUTS:
            raise forms.ValidationError(_("Höchstens sechs Grenzen, also sieben Klassen."), code="too_many")
        if any(low >= high for low, high in pairwise(found)):
            raise forms.ValidationError(_("Bitte von klein nach groß, jede Zahl einmal."), code="not_rising")
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        """A balance needs two different years, own classes need their cuts."""
        said = super().clean() or {}
        before, after = said.get("von"), said.get("bis")
        if before and after and int(before) >= int(after):
            self.add_error("bis", _("Das zweite Jahr liegt nicht nach dem ersten."))
        if (
            said.get("klassen") == ClassMethod.OWN
            and not said.get("grenzen")
            and "grenzen" not in self.errors
        ):
            self.add_error("grenzen", _("Für eigene Klassen fehlen die Grenzen."))
        return said

    def wish(self) -> MapWish:
        """What is shown; where something does not fit the usual stands in for it."""
        self.full_clean()
        said = self.cleaned_data
        own = said.get("grenzen") or ()
        method = ClassMethod(said.get("klassen") or ClassMethod.NATURAL)
        before, after = _year(said.get("von")), _year(said.get("bis"))
        is_balance = before is not None and after is not None
        return MapWish(
            year=_year(said.get("jahr")) or (self._years[-1] if self._years else None),
            method=ClassMethod.NATURAL if method is ClassMethod.OWN and not own else method,
            count=int(said.get("anzahl") or USUAL_COUNT),
            own=own,
            before=before if is_balance else None,
            after=after if is_balance else None,
            is_side_by_side=said.get("ansicht") == SIDE_BY_SIDE and not is_balance,
            part_of=said.get("teil") or "",
            only_class=said.get("klasse"),
        )


def _number(part: str) -> Decimal:
    notation = Notation.GERMAN if (get_language() or "de").startswith("de") else Notation.ENGLISH
    found = read_number(part, notation=notation)
    if not isinstance(found, Decimal) or not found.is_finite():
        raise forms.ValidationError(_("„%(part)s“ ist keine Zahl."), code="no_number", params={"part": part})
    # No value has more of them, and none could be written beside it.
    if found.adjusted() >= WHOLE_DIGITS:
        too_large = _("„%(value)s“ hat mehr als 16 Stellen vor dem Komma.")
        raise forms.ValidationError(too_large, code="too_large", params={"value": part})
    return found


def _year(said: object) -> int | None:
    return int(said) if isinstance(said, str) and said.isdecimal() else None
