"""What surveys, studies and the frame say, on the pages of goals and future tasks."""

from collections.abc import Sequence
from typing import Any

from django import template

from dreiklang.monitoring.queries.said import OBSERVATION, Said
from dreiklang.monitoring.views.frame import sign_of

register = template.Library()


@register.inclusion_tag("monitoring/panels/said.html")
def said_panel(said: Sequence[Said]) -> dict[str, Any]:
    """The newest statements and observations; nothing where there are none."""
    return {"rows": [(one, sign_of(one.detail) if one.kind == OBSERVATION else None) for one in said]}
