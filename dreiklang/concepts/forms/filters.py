"""The filters of the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.models import KIND_LABELS, STATUS_LABELS
from dreiklang.concepts.queries import ConceptFilter
from dreiklang.core.forms import offer
from dreiklang.goals.queries import goal_names, tasks
from dreiklang.people.queries import DepartmentLine, tree
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas


class FilterForm(forms.Form):
    """The filters of the register; every one stands in the address bar, by number or key as people say it."""

    q = forms.CharField(label=_("Suchwort"), required=False)
    art = forms.ChoiceField(label=_("Art"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False)
    amt = forms.ChoiceField(label=_("Amt"), required=False)
    aufgabe = forms.ChoiceField(label=_("Zukunftsaufgabe"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    stadtteil = forms.ChoiceField(label=_("Stadtteil"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("alle"))]
        offer(self, "art", [*everything, *KIND_LABELS.items()])
        offer(self, "stand", [*everything, *STATUS_LABELS.items()])
        self.ids: dict[str, dict[str, int]] = {}
        for name, rows in _narrowing(viewer).items():
            self.ids[name] = {key: pk for key, _label, pk in rows}
            offer(self, name, [*everything, *((key, label) for key, label, _pk in rows)])

    def asked(self, *, sort: str, is_descending: bool) -> ConceptFilter:
        """The filter. A record that does not exist finds nothing; any other value that fits nothing is passed over."""
        self.is_valid()
        given = self.cleaned_data
        return ConceptFilter(
            text=given.get("q") or "",
            kinds=tuple(filter(None, [given.get("art")])),
            statuses=tuple(filter(None, [given.get("stand")])),
            department_id=self._id("amt"),
            goal_id=self._id("ziel"),
            task_id=self._id("aufgabe"),
            area_id=self._id("stadtteil"),
            sort=sort,
            is_descending=is_descending,
        )

    def _id(self, name: str) -> int | None:
        given = self.data.get(name)
        return self.ids[name].get(given, 0) if given else None


def _narrowing(viewer: Viewer) -> dict[str, list[tuple[str, str, int]]]:
    """What the register can be narrowed to: filter → (key in the address, words, id)."""
    return {
        "amt": [(d.key, f"{d.key} {d.name}", d.id) for top in tree(viewer) for d in _flat(top)],
        "aufgabe": [(t.number, f"{t.number} {t.title}", t.pk) for t in tasks(viewer)],
        "ziel": [(g.number, f"{g.number} {g.title}", g.pk) for g in goal_names(viewer)],
        "stadtteil": [(a.key or a.name, a.name, a.pk) for a in areas(viewer)],
    }


def _flat(line: DepartmentLine) -> list[DepartmentLine]:
    return [line, *(one for child in line.children for one in _flat(child))]
