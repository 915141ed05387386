"""Which area a data sheet is about: a concept, a check of a draft, districts, or one that is drawn."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.queries import ConceptFilter, concept_lines
from dreiklang.core.forms import offer
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import AreaRow

# An address may be so long and no longer: servers refuse more.
MOST_LETTERS = 4_000


class SheetForm(forms.Form):
    """One of the ways to an area; the first that is filled in counts."""

    konzept = forms.ChoiceField(label=_("Konzept"), required=False)
    gebiete = forms.MultipleChoiceField(
        label=_("Gebiete"),
        required=False,
        help_text=_("Mehrere mit gedrückter Strg-Taste oder mit der Leertaste"),
    )
    flaeche = forms.CharField(
        label=_("Fläche"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Auf der Karte zeichnen, oder GeoJSON oder WKT hier einfügen."),
    )

    def __init__(self, data: QueryDict, *, viewer: Viewer, areas: Sequence[AreaRow]) -> None:
        super().__init__(data)
        concepts = concept_lines(viewer, asked=ConceptFilter())
        none = ("", _("bitte wählen"))
        offer(self, "konzept", [none, *[(one.number, f"{one.number} {one.title}") for one in concepts]])
        levels: dict[str, list[tuple[str, str]]] = {}
        for one in areas:
            levels.setdefault(one.level_plural, []).append((f"{one.level_key}:{one.slug}", one.name))
        offer(self, "gebiete", list(levels.items()))
