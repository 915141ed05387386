"""What measures do to indicators, as their claims say it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import FilteredRelation, Q

from dreiklang.core.claims import Effect
from dreiklang.goals.rules import LinkSign
from dreiklang.monitoring.models import MeasureIndicator
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class OwnEffect:
    """What a measure does to an indicator, and which other measures act on the same one."""

    indicator: int
    supports: bool
    weight: int
    others: tuple[int, ...]


def effects_of_measures(
    viewer: Viewer, *, ids: Collection[int] | None = None
) -> dict[int, tuple[Effect, ...]]:
    """Measure → its effects on indicators ("indicator:7"), by the indicator's id; nothing for outsiders.

    Of all measures, or of those. One statement.
    """
    if not viewer.is_internal:
        return {}
    links = MeasureIndicator.objects.order_by("measure_id", "indicator_id")
    if ids is not None:
        links = links.filter(measure__in=list(ids))
    found: dict[int, list[Effect]] = defaultdict(list)
    for measure, indicator, sign, weight, basis in links.values_list(
        "measure_id", "indicator_id", "sign", "weight", "expected_basis"
    ):
        found[measure].append(Effect(f"indicator:{indicator}", sign == LinkSign.SUPPORTS, weight, basis))
    return {measure: tuple(effects) for measure, effects in found.items()}


def effects_beside(viewer: Viewer, *, measure: int) -> tuple[OwnEffect, ...]:
    """What one measure does to indicators, with the measures that act on the same; nothing for outsiders. One statement."""
    if not viewer.is_internal:
        return ()
    links = MeasureIndicator.objects.filter(measure=measure).annotate(
        beside=FilteredRelation(
            "indicator__measure_links", condition=~Q(indicator__measure_links__measure=measure)
        ),
        others=ArrayAgg(
            "beside__measure_id", filter=Q(beside__isnull=False), default=[], order_by="beside__measure_id"
        ),
    )
    rows = links.order_by("indicator_id").values_list("indicator_id", "sign", "weight", "others")
    return tuple(
        OwnEffect(indicator, sign == LinkSign.SUPPORTS, weight, tuple(others))
        for indicator, sign, weight, others in rows
    )
