"""The filters of the map, as they stand in the address bar. Keys are numbers people know, never ids of the database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.measures.rules import Phase
from dreiklang.people.rules import Viewer
from dreiklang.portal.queries.map import MapWish

ANY = ("", _("alle"))
UNKNOWN = "unknown"
NOTHING = 0  # an id that no record has: a number that fits nothing finds nothing
EARLIEST, LATEST = 1950, 2150


class MapForm(forms.Form):
    """Theme (future task, goal, topic), phase and year."""

    aufgabe = forms.ChoiceField(label=_("Zukunftsaufgabe"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    jahr = forms.TypedChoiceField(label=_("Jahr"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, viewer: Viewer, today: date, years: Sequence[int] = ()) -> None:
        super().__init__(data)
        self._today = today
        self._tasks = {one.number: one for one in goals.tasks(viewer)}
        self._goals = {one.number: one for one in goals.goal_names(viewer)}
        self._topics = measures.measure_topics(viewer)
        offer(self, "aufgabe", [ANY, *[(n, f"{n} {one.title}") for n, one in self._tasks.items()]])
        offer(self, "ziel", [ANY, *[(n, f"{n} {one.title}") for n, one in self._goals.items()]])
        offer(self, "thema", [ANY, *[(one, one) for one in self._topics]])
        phases = [(one.value, measures.phase_label(one)) for one in Phase]
        offer(self, "phase", [ANY, *phases, (UNKNOWN, _("unbekannt"))])
        self.offer_years(years)

    def offer_years(self, years: Sequence[int]) -> None:
        """The years to choose from; one that stands in the address belongs to them."""
        asked = self.data.get("jahr", "")
        known = {*years, *([int(asked)] if is_year(asked) else [])}
        offer(self, "jahr", [("", _("alle Jahre")), *[(str(one), str(one)) for one in sorted(known)]])

    def wish(self) -> MapWish:
        """What was asked; a number of a task or goal that there is none of finds nothing."""
        self.full_clean()
        said = self.data
        phase = said.get("phase", "")
        known = {one.value for one in Phase}
        task, goal, topic = said.get("aufgabe"), said.get("ziel"), said.get("thema")
        year = said.get("jahr", "")
        return MapWish(
            today=self._today,
            task=self._task_id(task or "", topic or ""),
            goal=(self._goals[goal].pk if goal in self._goals else NOTHING) if goal else None,
            topic=topic if topic in self._topics else None,
            phase=Phase(phase) if phase in known else None,
            is_phase_unknown=phase == UNKNOWN,
            year=int(year) if is_year(year) else None,
        )

    def _task_id(self, number: str, topic: str) -> int | None:
        """The task of that number; one that there is none of finds nothing, and so does a topic nobody named."""
        if topic and topic not in self._topics:
            return NOTHING
        if not number:
            return None
        return self._tasks[number].pk if number in self._tasks else NOTHING


def is_year(text: str) -> bool:
    """Whether that is a year somebody can have meant."""
    return text.isascii() and text.isdigit() and len(text) == 4 and EARLIEST <= int(text) <= LATEST
