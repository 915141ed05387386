"""The panel "Zielkonflikte und Synergien" for the pages of those that meet."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from dreiklang.conflicts.forms.talks import TalkResultForm
from dreiklang.conflicts.queries import CandidateLine
from dreiklang.conflicts.queries.talks import talks_about
from dreiklang.conflicts.views.lines import row_of

register = template.Library()


@register.inclusion_tag("conflicts/parts/panel.html", takes_context=True)
def conflicts_panel(
    context: Context, meets: Sequence[CandidateLine], key: str = "", goal: int = 0
) -> dict[str, Any]:
    """The candidates (queries.panel_of) of the record with that key: whom it meets, why, where that stands.

    On the page of a goal both are named, and the list of all is one click away. On that of a record stand also the
    talks somebody asked for while typing something new.
    """
    rows = []
    for one in meets:
        row = row_of(one)
        rows.append(row | {"others": [party for party in row["parties"] if party.key != key]})
    request = context.get("request")
    talks = talks_about(request.viewer, key=key) if request and key else ()
    back = f"{request.path}#zielkonflikte" if request else ""
    return {
        "rows": rows,
        "goal": goal,
        "talks": talks,
        "talk_form": TalkResultForm(),
        "today": timezone.localdate(),
        "back": back,
    }
