"""The paper a check is about, by the number people know."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.core.forms import KeptForm
from dreiklang.papers.queries.papers import paper_choices
from dreiklang.people.rules import Viewer


def paper_of(viewer: Viewer, *, given: str) -> int | None:
    """The paper of that number or key; None without one. Raises: ValidationError where it names none, or two."""
    found = paper_choices(viewer, numbers=[given]).get(given) if given else None
    if given and found is None:
        raise forms.ValidationError(
            _("Diese Nummer gibt es nicht, oder es gibt sie zweimal. Wählen Sie einen Vorschlag.")
        )
    return found


class PaperForm(KeptForm):
    """The paper that came of a released draft."""

    paper = forms.CharField(
        label=pgettext_lazy("Rat", "Vorlage"),
        help_text=_("Ihre Nummer. Beim Tippen erscheinen Vorschläge."),
        widget=forms.TextInput(attrs={"list": "vorlagen", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer

    def clean_paper(self) -> int | None:
        return paper_of(self.viewer, given=self.cleaned_data["paper"].strip())
