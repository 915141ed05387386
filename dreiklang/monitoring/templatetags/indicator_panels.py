"""Panels "Indikatoren" for the pages of goals, future tasks, measures and concepts."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context

from dreiklang.monitoring.queries.of_goal import IndicatorPanel
from dreiklang.monitoring.queries.of_measure import EffectLine
from dreiklang.monitoring.views.panel_words import counts_sentence, effects_in_words, lines_in_words

register = template.Library()
# Beyond so many lines those of goals below are folded.
SHOWN = 6


@register.inclusion_tag("monitoring/panels/goal.html", takes_context=True)
def indicators_panel(
    context: Context, panel: IndicatorPanel, below: str = "", tells_size: bool = True
) -> dict[str, Any]:
    """The indicators of a goal, task or concept (queries.of_goal); `below`: how those that hang lower are introduced.

    Outsiders see nothing where there are none; with `tells_size` the administration reads that one is missing, or
    that they are many.
    """
    request = context.get("request")
    return {
        "panel": panel,
        "sentence": counts_sentence(panel.counts),
        "own": lines_in_words(panel.own),
        "below": lines_in_words(panel.below),
        "below_title": below,
        "is_folded": bool(panel.own) and len(panel.below) > SHOWN,
        "is_inside": bool(tells_size and request and request.viewer.is_internal),
    }


@register.inclusion_tag("monitoring/panels/measure.html", takes_context=True)
def effects_panel(
    context: Context, effects: Sequence[EffectLine], number: str, may_edit: bool = False
) -> dict[str, Any]:
    """What a measure does to indicators (queries.of_measure)."""
    request = context.get("request")
    return {
        "effects": effects_in_words(effects),
        "number": number,
        "may_edit": may_edit,
        "is_inside": bool(request and request.viewer.is_internal),
    }
