"""How people name what has no name of its own: a quantity by its publisher, table and code."""

from dreiklang.monitoring.models import Quantity, Region
from dreiklang.monitoring.rules.values import RegionLevel


def quantity_key(provider: str, dataset: str, code: str) -> str:
    """How a list and a form name a quantity."""
    return f"{provider}:{dataset}:{code}"


def quantity_of(key: str) -> Quantity | None:
    """The quantity so named; its code may hold a colon, the others not."""
    provider, _colon, rest = key.partition(":")
    dataset, _colon, code = rest.partition(":")
    found = Quantity.objects.filter(dataset__provider__key=provider, dataset__code=dataset, code=code)
    return found.first()


def area_region_choices() -> list[tuple[int, str]]:
    """Areas of this city that values or targets were about, by name."""
    rows = Region.objects.filter(level=RegionLevel.AREA).order_by("area__level__rank", "name", "pk")
    return list(rows.values_list("pk", "name"))
