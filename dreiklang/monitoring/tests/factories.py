"""Records of monitoring, each with as little said as it needs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from dreiklang.monitoring.models import (
    Breakdown,
    Dataset,
    Delivery,
    Indicator,
    Observation,
    Provider,
    Quantity,
    Region,
)
from dreiklang.monitoring.rules.values import RegionLevel

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
_numbers = count(1)


def provider(**facts: Any) -> Provider:
    """A statistical office."""
    number = next(_numbers)
    return Provider.objects.create(**{"key": f"amt-{number}", "name": f"Statistik {number}"} | facts)


def dataset(**facts: Any) -> Dataset:
    """A table of a provider of its own."""
    number = next(_numbers)
    facts.setdefault("provider", None)
    facts["provider"] = facts["provider"] or provider()
    return Dataset.objects.create(**{"code": f"T-{number}", "title": f"Tabelle {number}"} | facts)


def quantity(**facts: Any) -> Quantity:
    """What a dataset counts."""
    number = next(_numbers)
    facts.setdefault("dataset", None)
    facts["dataset"] = facts["dataset"] or dataset()
    return Quantity.objects.create(**{"code": f"Q{number}", "name": f"Größe {number}"} | facts)


def region(**facts: Any) -> Region:
    """A municipality."""
    number = next(_numbers)
    defaults = {"level": RegionLevel.MUNICIPALITY, "key": f"{number:08}", "name": f"Ort {number}"}
    return Region.objects.create(**defaults | facts)


def total() -> Breakdown:
    """Nothing is split."""
    return Breakdown.objects.get_or_create(key="")[0]


def delivery(**facts: Any) -> Delivery:
    """Values that came together."""
    return Delivery.objects.create(**{"made_at": NOW, "by_name": "Klara Korn"} | facts)


def observation(**facts: Any) -> Observation:
    """The value 5 at the end of 2024."""
    for name, make in (("quantity", quantity), ("region", region), ("delivery", delivery)):
        facts.setdefault(name, None)
        facts[name] = facts[name] or make()
    defaults = {
        "breakdown": total(),
        "starts_on": date(2024, 12, 31),
        "ends_on": date(2024, 12, 31),
        "value": Decimal(5),
    }
    return Observation.objects.create(**defaults | facts)


def indicator(**facts: Any) -> Indicator:
    """An indicator, internal and without values."""
    number = next(_numbers)
    return Indicator.objects.create(**{"key": f"indikator-{number}", "name": f"Indikator {number}"} | facts)
