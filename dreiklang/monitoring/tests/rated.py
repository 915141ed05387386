"""Criteria and ratings for tests, and an indicator of the whole city with a course that a person can judge."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.models import Criterion, Indicator, Rating, Target
from dreiklang.monitoring.rules.values import Comparison, Direction, IndicatorKind, RatingState
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.tests import factories as people
from dreiklang.places.models import Municipality

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
AGS = "14999000"
_numbers = count(1)


def criterion(**facts: Any) -> Criterion:
    """A public criterion in words, of a department."""
    for name, other in (("goal", goals.goal), ("department", people.department)):
        facts.setdefault(name, None)
        facts[name] = facts[name] or other()
    defaults = {
        "number": f"K{next(_numbers)}",
        "text": "Die Wege sind sicher",
        "visibility": Visibility.PUBLIC,
    }
    return Criterion.objects.create(**defaults | facts)


def measured(**facts: Any) -> Criterion:
    """A public criterion in numbers, with the car share that has a target, as in docs/rules/target-reached.md."""
    facts.setdefault("indicator", None)
    facts["indicator"] = facts["indicator"] or car_share()
    return criterion(kind=IndicatorKind.QUANTITATIVE, text="Weniger Wege mit dem Auto", **facts)


def rating(**facts: Any) -> Rating:
    """A released rating: on the way."""
    facts.setdefault("criterion", None)
    facts["criterion"] = facts["criterion"] or criterion()
    defaults = {
        "rated_on": date(2026, 5, 4),
        "state": RatingState.ON_WAY,
        "reason": "Drei von fünf Strecken sind gebaut.",
        "by_name": "Klara Korn",
        "by_department": facts["criterion"].department,
        "released_at": NOW,
    }
    return Rating.objects.create(**defaults | facts)


def city() -> Municipality:
    """The city whose values count."""
    there = Municipality.objects.first() or Municipality(name="Musterstadt")
    there.ags = AGS
    there.save()
    return there


def car_share(*, is_public: bool = True, **facts: Any) -> Indicator:
    """From 47.2 % in 2020 to 44.0 % in 2024, with a target of 40 % at the end of 2030: on the way, getting better."""
    city()
    region = make.region(key=AGS) if not _region() else _region()
    shown = make.indicator(
        name="Anteil der Wege mit dem Auto",
        unit="prozent",
        decimals=1,
        direction=Direction.LESS,
        quantity=make.quantity(unit="prozent"),
        visibility=Visibility.PUBLIC if is_public else Visibility.INTERNAL,
        department=people.department(),
        **facts,
    )
    for year, value in zip(range(2020, 2025), ("47.2", "46.8", "45.9", "45.1", "44.0"), strict=True):
        value_of(shown, year, value, region=region)
    Target.objects.create(indicator=shown, is_baseline=True, value=Decimal("47.2"), on=date(2020, 12, 31))
    Target.objects.create(
        indicator=shown, comparison=Comparison.AT_MOST, value=Decimal(40), on=date(2030, 12, 31)
    )
    return shown


def value_of(indicator: Indicator, year: int, value: str, **facts: Any) -> None:
    """One more value of the whole city."""
    day = date(year, 12, 31)
    facts.setdefault("region", _region())
    make.observation(quantity=indicator.quantity, starts_on=day, ends_on=day, value=Decimal(value), **facts)


def _region() -> Any:
    return make.Region.objects.filter(key=AGS).first()
