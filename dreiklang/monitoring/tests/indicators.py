"""A city with a public indicator that has a course, for tests of pages and answers."""

from datetime import date
from decimal import Decimal
from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import Indicator, Region, Target
from dreiklang.monitoring.rules.values import Comparison, RegionLevel
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.tests.factories import department
from dreiklang.places.models import Area, Municipality, SpatialLevel

AGS = "14999000"


def city() -> Region:
    Municipality.objects.get_or_create(defaults={"name": "Klarenbrück", "ags": AGS})
    return Region.objects.get_or_create(
        level=RegionLevel.MUNICIPALITY, key=AGS, defaults={"name": "Klarenbrück"}
    )[0]


def district(key: str, name: str) -> Region:
    level, _new = SpatialLevel.objects.get_or_create(
        key="stadtteile", defaults={"name": "Stadtteil", "plural": "Stadtteile", "rank": 2}
    )
    area = Area.objects.create(level=level, key=key, name=name)
    return make.region(level=RegionLevel.AREA, key=f"A:stadtteile:{key}", name=name, area=area)


def shown(**facts: Any) -> Indicator:
    """A public indicator of the share of empty dwellings, with a quantity of its own."""
    facts = {
        "key": "leerstand",
        "name": "Leerstand",
        "unit": "prozent",
        "decimals": 1,
        "direction": "less",
        "quantity": make.quantity(unit="prozent"),
        "department": department(name="Amt für Wohnen"),
        "visibility": Visibility.PUBLIC,
        "attribution": "© Statistik Klarenbrück",
        "licence": "dl-de/by-2-0",
    } | facts
    return make.indicator(**facts)


def value(
    indicator: Indicator, year: int, number: str | None, *, where: Region | None = None, **facts: Any
) -> Any:
    day = date(year, 12, 31)
    return make.observation(
        quantity=indicator.quantity,
        region=where or city(),
        starts_on=day,
        ends_on=day,
        value=None if number is None else Decimal(number),
        **facts,
    )


def with_course() -> Indicator:
    """The worked example of docs/rules: falling, on its way to at most 40 in 2030."""
    indicator = shown()
    for year, number in zip(range(2020, 2025), ("47.2", "46.8", "45.9", "45.1", "44.0"), strict=True):
        value(indicator, year, number)
    Target.objects.create(
        indicator=indicator,
        is_baseline=True,
        comparison="equals",
        value=Decimal("47.2"),
        on=date(2020, 12, 31),
    )
    Target.objects.create(
        indicator=indicator,
        comparison=Comparison.AT_MOST,
        value=Decimal(40),
        on=date(2030, 12, 31),
        decision="B-112/2026",
    )
    return indicator
