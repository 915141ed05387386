"""What the city rules about papers, and the name of a saved search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.papers.models.labels import PAPER_KIND_LABELS, SEARCHED_LABELS
from dreiklang.papers.queries.papers import Rulings
from dreiklang.papers.queries.searches import ASKABLE_IN
from dreiklang.papers.rules.kinds import Searched


class RulingsForm(KeptForm):
    """Which papers are strategic, and how long things may take."""

    strategic_kinds = forms.MultipleChoiceField(
        label=_("Diese Arten sind strategisch"),
        required=False,
        choices=list(PAPER_KIND_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Für strategische Vorlagen erwartet die Koordination eine Prüfung. Eine einzelne Vorlage kann abweichen."
        ),
    )
    co_sign_workdays = forms.IntegerField(
        label=_("Arbeitstage für die Mitzeichnung"), min_value=1, max_value=60
    )
    lead_time_workdays = forms.IntegerField(
        label=_("Arbeitstage vor der Sitzung, bis die Prüfung frei sein soll"), min_value=0, max_value=120
    )


def ruled_values(ruled: Rulings) -> dict[str, Any]:
    """The rulings as the form's initial values."""
    return {
        "strategic_kinds": list(ruled.strategic_kinds),
        "co_sign_workdays": ruled.co_sign_workdays,
        "lead_time_workdays": ruled.lead_time_workdays,
        "version": ruled.version,
    }


class SaveSearchForm(forms.Form):
    """A name for the search in the address bar; what it asks for travels along."""

    name = forms.CharField(label=_("Name der Suche"), max_length=120)
    liste = forms.ChoiceField(choices=list(SEARCHED_LABELS.items()), required=False)

    def searched(self) -> Searched:
        """The list it asks: that of papers unless it says otherwise."""
        return Searched(self.cleaned_data["liste"] or Searched.PAPERS)

    def query(self) -> dict[str, str]:
        """What the search asks for."""
        askable = ASKABLE_IN[self.searched()]
        return {name: value for name in askable if (value := self.data.get(name, ""))}
