"""The filters of the list of candidates. All stand in the address bar."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.conflicts.forms.typed import typed_id
from dreiklang.conflicts.queries import Choice, Radar, RadarFilter
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.core.forms import offer

E = TypeVar("E", Kind, Sense, State)
LONGEST_TEXT = 200


class RadarForm(forms.Form):
    """Each choice says how many it would leave."""

    sinn = forms.ChoiceField(label=_("Konflikt oder Synergie"), required=False)
    art = forms.ChoiceField(label=_("Art"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    stadtteil = forms.ChoiceField(label=_("Stadtteil"), required=False)
    amt = forms.ChoiceField(label=_("Amt"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False)
    q = forms.CharField(label=_("Suchwort"), required=False, max_length=LONGEST_TEXT)

    def __init__(self, data: Any, *, radar: Radar) -> None:
        super().__init__(data)
        offered = {
            "sinn": (_("beides"), radar.senses),
            "art": (_("alle"), radar.kinds),
            "ziel": (_("alle"), radar.goals),
            "stadtteil": (_("alle"), radar.areas),
            "amt": (_("alle"), radar.offices),
            "stand": (_("offene"), radar.states),
        }
        for name, (everything, choices) in offered.items():
            offer(self, name, [("", everything), *_counted(choices)])


def _counted(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(one.value, f"{one.label} ({one.count})") for one in choices]


def wanted_in(params: Mapping[str, Any]) -> RadarFilter:
    """What the address asks for; what fits nothing is passed over, a number that does not exist finds nothing."""
    return RadarFilter(
        kind=_one_of(Kind, params.get("art")),
        sense=_one_of(Sense, params.get("sinn")),
        goal=typed_id(params.get("ziel")),
        area=typed_id(params.get("stadtteil")),
        office=typed_id(params.get("amt")),
        state=_one_of(State, params.get("stand")),
        text=(params.get("q") or "").strip()[:LONGEST_TEXT],
    )


def _one_of(values: type[E], given: str | None) -> E | None:
    return values(given) if given in set(values) else None
