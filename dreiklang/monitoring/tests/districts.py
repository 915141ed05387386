"""A city of districts with values, for tests of maps and profiles."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dreiklang.monitoring.models import Indicator, Observation
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.services.regions import region_for_area, region_for_city
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.tests import factories as people
from dreiklang.places.models import Area
from dreiklang.places.tests import factories as places

AGS = "14999000"
HIDDEN = ReleaseState.SUPPRESSED
WAITING = ReleaseState.WAITING
Value = str | ReleaseState | None
# What stands behind a value that waits. No row's number and no address looks like it, or like half of it.
_BEHIND = Decimal("66613180")
_TOLD = re.compile(r"66.?613.?180|33.?306.?590")


def tells_what_waits(text: str) -> bool:
    """Whether a value that waits for its release, or half of it, stands in the text, however it is written."""
    return bool(_TOLD.search(text))


def city() -> None:
    """The municipality with its key, and its region."""
    places.municipality(name="Musterstadt", ags=AGS)
    region_for_city()


def district(name: str, **facts: Any) -> Area:
    """A district with its region."""
    area = places.area(name=name, **facts)
    region_for_area(area)
    return area


def indicator(name: str = "Arbeitslose", *, unit: str = "prozent", **facts: Any) -> Indicator:
    """A public indicator with a quantity of its own."""
    defaults: dict[str, Any] = {
        "name": name,
        "unit": unit,
        "decimals": 1,
        "direction": "less",
        "visibility": "public",
    }
    facts.setdefault("department", None)
    facts["department"] = facts["department"] or people.department()
    if not facts.get("formula"):
        facts.setdefault("quantity", make.quantity())
    return make.indicator(**defaults | facts)


def values(shown: Indicator, of: Area | None, by_year: Mapping[int, Value]) -> list[Observation]:
    """Values at the end of years, of a district or of the whole city; HIDDEN and WAITING stand for these states."""
    region = region_for_city() if of is None else region_for_area(of)
    delivery = make.delivery()
    return [
        make.observation(
            quantity=shown.quantity,
            region=region,
            delivery=delivery,
            starts_on=date(year, 12, 31),
            ends_on=date(year, 12, 31),
            **_facts(value),
        )
        for year, value in by_year.items()
    ]


def _facts(value: Value) -> dict[str, Any]:
    if value is None:
        return {"value": None, "mark": ".", "meaning": "unknown"}
    if isinstance(value, ReleaseState):
        return {"value": _BEHIND if value is WAITING else None, "state": value}
    return {"value": Decimal(value)}


def town(
    shown: Indicator, by_district: Mapping[str, Sequence[Value]], *, last: int = 2024
) -> dict[str, Area]:
    """Districts with one value a year up to the last one; "" is the whole city."""
    city()
    found = {}
    for name, line in by_district.items():
        area = district(name) if name else None
        values(shown, area, {last - len(line) + 1 + at: one for at, one in enumerate(line)})
        if area is not None:
            found[name] = area
    return found
