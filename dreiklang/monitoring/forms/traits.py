"""Which indicators tell that districts are alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.monitoring.queries.profiles import chosen_traits, comparable_indicators
from dreiklang.people.rules import Viewer


class TraitsForm(forms.Form):
    """Three to six rates or shares; none takes the choice back."""

    merkmale = forms.TypedMultipleChoiceField(
        label=_("Merkmale"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Drei bis sechs Anteile oder Raten, die zusammen sagen, wie ein Stadtteil ist. Anzahlen stehen nicht zur "
            "Wahl: Sie sagen, wie groß er ist."
        ),
    )

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data, initial={"merkmale": chosen_traits()})
        offer(self, "merkmale", [(one.pk, one.name) for one in comparable_indicators(viewer)])
