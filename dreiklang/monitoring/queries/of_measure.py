"""What a measure does to indicators: the panel on its page, and what a good record has of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from dreiklang.core.enums import Visibility
from dreiklang.core.search import SortKey
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.rules import QualityPoint
from dreiklang.monitoring.models import MeasureIndicator
from dreiklang.monitoring.permissions import LINK_MEASURE
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.monitoring.rules.quality import EffectFact, indicator_point
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class EffectLine:
    """One link of a measure to an indicator; values are changes in the unit of the indicator.

    pk, version   of the link, for whoever may change it
    """

    pk: int
    version: int
    key: str
    name: str
    url: str
    unit: str
    decimals: int
    is_public: bool
    sign: LinkSign
    weight: int
    expected_value: Decimal | None
    expected_year: int | None
    expected_basis: str
    observed_value: Decimal | None
    observed_on: date | None
    observed_basis: str


_FIELDS = (
    "pk",
    "version",
    "weight",
    "expected_value",
    "expected_year",
    "expected_basis",
    "observed_value",
    "observed_on",
    "observed_basis",
)


def effects_of_measure(viewer: Viewer, *, measure: int) -> tuple[EffectLine, ...]:
    """What the measure does to the indicators the viewer may know of, strongest first. One statement.

    Whoever asks has seen the measure itself.
    """
    links = MeasureIndicator.objects.filter(measure=measure, indicator__in=visible_indicators(viewer))
    rows = links.order_by("-weight", "indicator__name", "pk").values(
        *_FIELDS,
        "sign",
        key=F("indicator__key"),
        name=F("indicator__name"),
        unit=F("indicator__unit"),
        decimals=F("indicator__decimals"),
        visibility=F("indicator__visibility"),
    )
    return tuple(
        EffectLine(
            **{name: row[name] for name in (*_FIELDS, "key", "name", "unit", "decimals")},
            url=address(row["key"]),
            is_public=row["visibility"] == Visibility.PUBLIC,
            sign=LinkSign(row["sign"]),
        )
        for row in rows
    )


def may_link(viewer: Viewer, *, measure: Any) -> bool:
    """Whether the viewer may say what the measure does to indicators: whoever answers for the measure."""
    return may(viewer, LINK_MEASURE, measure)


def linkable(viewer: Viewer, *, measure: int) -> list[tuple[str, str]]:
    """Key and name of the indicators kept up that the measure does not name yet, by name. Nothing for outsiders."""
    if not viewer.is_internal:
        return []
    named = MeasureIndicator.objects.filter(measure=measure).values("indicator")
    found = visible_indicators(viewer).filter(retired_on=None).exclude(pk__in=named)
    return list(found.order_by(SortKey("name"), "pk").values_list("key", "name"))


def effects_to_move(viewer: Viewer, *, kept: int, gone: int) -> int:
    """How many effects on indicators a measure takes over from one that is merged into it; 0 for outsiders."""
    if not viewer.is_internal:
        return 0
    there = MeasureIndicator.objects.filter(measure=kept).values("indicator")
    return MeasureIndicator.objects.filter(measure=gone).exclude(indicator__in=there).count()


def quality_point(effects: Iterable[EffectLine], *, today: date) -> QualityPoint:
    """The point `indicator` of the measure's record; give all its effects. See docs/rules/record-quality.md."""
    facts = [EffectFact(one.expected_year, one.observed_value is not None) for one in effects]
    return indicator_point(facts, today=today)
