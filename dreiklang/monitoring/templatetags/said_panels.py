"""Where surveys, studies and the frame have their say on the pages of goals and future tasks."""

from django import template

register = template.Library()


@register.inclusion_tag("monitoring/panels/said_later.html")
def said_later(address: str, suffix: str = "") -> dict[str, str]:
    """What is said comes after the text of the page; without JavaScript it is a link. `suffix` names the version."""
    return {"address": f"{address}{suffix}"}
