"""The official keys of the city, for whoever looks its values up elsewhere."""

from django import template

from dreiklang.monitoring.rules.regions import known_ars
from dreiklang.monitoring.rules.values import RegionLevel

register = template.Library()


@register.filter
def official_keys(ags: str) -> str:
    """Both spellings of a municipality's key ("AGS 14511000 · ARS 145110000000"); the first alone where that is all."""
    ars = known_ars(RegionLevel.MUNICIPALITY, ags)
    return f"AGS {ags} · ARS {ars}" if ars else f"AGS {ags}"
