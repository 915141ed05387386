"""Panel "Kriterien" for the pages of goals and future tasks."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context

from dreiklang.monitoring.queries.criteria import CriterionLine, latest_counts
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.views.rating_words import counts_sentence, parts, rating_sign

register = template.Library()
# So many are named; the page behind the link has them all.
SHOWN = 6
# What somebody should know first.
_FIRST = (RatingState.OFF_WAY, RatingState.UNKNOWN, None, RatingState.ON_WAY, RatingState.REACHED)


@register.inclusion_tag("monitoring/criteria/parts/panel.html", takes_context=True)
def criteria_panel(
    context: Context, lines: Sequence[CriterionLine], goal: int | None = None, page: str = ""
) -> dict[str, Any]:
    """The criteria that hold (queries.criteria) with their states, counted and named, off the way first.

    goal   the goal whose page it is: criteria of others are named with their goal
    page   the page of its criteria. Outsiders see nothing where there are none.
    """
    request = context.get("request")
    holding = [one for one in lines if not one.is_retired]
    # Sorting keeps the order of goals within a state.
    ordered = sorted(holding, key=lambda one: _FIRST.index(one.latest.state if one.latest else None))
    counted = latest_counts(holding)
    return {
        "shown": [(one, rating_sign(one.latest)) for one in ordered[:SHOWN]],
        "rest": len(holding) - SHOWN,
        "sentence": counts_sentence(counted),
        "parts": parts(counted),
        "goal": goal,
        "page": page,
        "is_inside": bool(request and request.viewer.is_internal),
    }
