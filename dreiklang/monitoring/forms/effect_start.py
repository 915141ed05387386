"""Which indicator a measure acts on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.monitoring.queries.of_measure import linkable
from dreiklang.people.rules import Viewer


class EffectStartForm(forms.Form):
    """One indicator, of those the measure does not name yet."""

    indikator = forms.ChoiceField(label=_("Welcher Indikator?"))

    def __init__(self, *args: Any, viewer: Viewer, measure: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = linkable(viewer, measure=measure)
        self.fields["indikator"].choices = [("", _("Bitte wählen")), *found]  # type: ignore[attr-defined]  # fields are of no kind to the stubs
        self.has_choices = bool(found)
