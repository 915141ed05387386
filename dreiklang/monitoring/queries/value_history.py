"""What values were before somebody changed them, for the administration.

A former value may be a small count that is hidden since: of a value that is hidden now nothing is told, and of an
indicator with small counts only to who may see them anyway.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.apps import apps
from django.db.models import Exists, OuterRef

from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Indicator, Observation
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.confidential import thresholds
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class FormerValue:
    """A value as it was until `changed_at`; `label` is update or delete."""

    changed_at: datetime
    label: str
    by_name: str
    reason: str
    region: str
    starts_on: date
    ends_on: date
    value: Decimal | None
    mark: str


def former_values(viewer: Viewer, *, indicator: Indicator, limit: int) -> tuple[FormerValue, ...]:
    """The newest changes first. Empty for outsiders, and where small counts are or were among them."""
    if not viewer.is_internal or indicator.quantity_id is None:
        return ()
    if not may(viewer, permissions.SEE_CONFIDENTIAL) and _may_have_small_counts(indicator.quantity_id):
        return ()
    now = Observation.objects.filter(
        quantity=OuterRef("quantity"),
        region=OuterRef("region"),
        breakdown=OuterRef("breakdown"),
        ends_on=OuterRef("ends_on"),
        starts_on=OuterRef("starts_on"),
        state__in=HIDDEN,
    )
    events = apps.get_model("monitoring", "ObservationHistoryevent")
    rows = events._default_manager.filter(quantity=indicator.quantity_id).exclude(Exists(now))
    found = rows.exclude(state__in=HIDDEN).order_by("-pgh_created_at", "-pgh_id")
    return tuple(
        FormerValue(at, label, said.get("name", ""), said.get("reason", ""), *facts)
        for at, label, context, *facts in found.values_list(
            "pgh_created_at",
            "pgh_label",
            "pgh_context__metadata",
            "region__name",
            "starts_on",
            "ends_on",
            "value",
            "mark",
        )[:limit]
        for said in [context or {}]
    )


def _may_have_small_counts(quantity_id: int) -> bool:
    """Whether any indicator of the quantity hides small counts, or a value of it is or was hidden."""
    if thresholds(quantity_ids=[quantity_id]):
        return True
    events = apps.get_model("monitoring", "ObservationHistoryevent")
    rows = (Observation.objects, events._default_manager)
    return any(one.filter(quantity=quantity_id, state__in=HIDDEN).exists() for one in rows)
