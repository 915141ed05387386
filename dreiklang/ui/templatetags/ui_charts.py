"""The chart tag."""

from typing import Any

from django import template

from dreiklang.ui.charts import Chart

register = template.Library()


@register.inclusion_tag("ui/components/chart.html")
def chart(drawn: Chart) -> dict[str, Any]:
    """A chart with its table; where it cannot be drawn, the table and a plain sentence."""
    return {"chart": drawn}
