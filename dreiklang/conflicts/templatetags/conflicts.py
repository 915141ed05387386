"""The panel "Zielkonflikte und Synergien" for the pages of those that meet."""

import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from dreiklang.conflicts.forms.talks import TalkResultForm
from dreiklang.conflicts.queries import CandidateLine
from dreiklang.conflicts.queries.talks import talks_about
from dreiklang.conflicts.views.lines import row_of

register = template.Library()
# E-02, BV-028: a line must not end behind the hyphen.
_NUMBER = re.compile(r"\b[A-ZÄÖÜ]{1,4}-\d[\w-]*")


@register.filter
def unbroken(sentence: str) -> SafeString:
    """A sentence whose numbers of measures and concepts stay on one line."""
    # Escaped before anything is put around: no name of a record reaches the page as markup.
    escaped = conditional_escape(sentence)
    return mark_safe(_NUMBER.sub(r'<span class="u-nowrap">\g<0></span>', escaped))  # noqa: S308


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
