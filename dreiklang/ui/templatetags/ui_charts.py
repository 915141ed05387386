"""The chart tag."""

from typing import Any

from django import template

from dreiklang.ui.charts import Chart

register = template.Library()


@register.inclusion_tag("ui/components/chart.html")
def chart(drawn: Chart) -> dict[str, Any]:
    """A chart with its table; where it cannot be drawn, the table and a plain sentence."""
    return {"chart": drawn}


@register.inclusion_tag("ui/components/chart_later.html")
def chart_later(drawn: Chart, address: str) -> dict[str, Any]:
    """A chart whose table stands on the page: the picture if it was drawn before, else it comes after the text.

    `address` gives the same as `chart_picture`; without JavaScript it is a link.
    """
    return {"chart": drawn, "address": address}


@register.inclusion_tag("ui/components/chart_picture.html")
def chart_picture(drawn: Chart) -> dict[str, Any]:
    """The picture alone, drawn now."""
    return {"chart": drawn}
