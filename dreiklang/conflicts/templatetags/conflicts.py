"""The panel "Zielkonflikte und Synergien" for the pages of those that meet."""

from collections.abc import Sequence
from typing import Any

from django import template

from dreiklang.conflicts.queries import CandidateLine
from dreiklang.conflicts.views.lines import row_of

register = template.Library()


@register.inclusion_tag("conflicts/parts/panel.html")
def conflicts_panel(meets: Sequence[CandidateLine], key: str = "", goal: int = 0) -> dict[str, Any]:
    """The candidates (queries.panel_of) of the record with that key: whom it meets, why, where that stands.

    On the page of a goal both are named, and the list of all is one click away.
    """
    rows = []
    for one in meets:
        row = row_of(one)
        rows.append(row | {"others": [party for party in row["parties"] if party.key != key]})
    return {"rows": rows, "goal": goal}
