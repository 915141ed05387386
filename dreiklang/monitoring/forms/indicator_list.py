"""The filters of the list of indicators, as they stand in the address bar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.monitoring.queries.indicator_list import Offers, Wanted

ANY = [("", _("alle"))]


class IndicatorFilterForm(forms.Form):
    """Keys of the address bar are numbers people know, never ids of the database."""

    q = forms.CharField(label=_("Text"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    amt = forms.ChoiceField(label=_("Amt"), required=False)

    def __init__(self, *args: Any, offers: Offers, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ids = {
            "ziel": {key: pk for key, _words, pk in offers.goals},
            "amt": {key: pk for key, _words, pk in offers.offices},
        }
        offer(self, "ziel", [*ANY, *[(key, words) for key, words, _pk in offers.goals]])
        offer(self, "amt", [*ANY, *[(key, words) for key, words, _pk in offers.offices]])

    def wanted(self) -> Wanted:
        """What the list is narrowed to; what is not offered is passed over."""
        self.full_clean()
        said = self.cleaned_data
        return Wanted(
            text=said.get("q", ""),
            goal_id=self._ids["ziel"].get(said.get("ziel", "")),
            department_id=self._ids["amt"].get(said.get("amt", "")),
        )
