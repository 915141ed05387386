"""Which value counts: that of the newest delivery that is in force and says something of it."""

from collections.abc import Collection

from django.db.models import QuerySet

from dreiklang.monitoring.models import Confirmation, Delivery, HeldValue, Observation
from dreiklang.monitoring.queries.confidential import Day
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.services.bulk import COLUMNS, Incoming, Written, write_values
from dreiklang.monitoring.services.suppression import (
    forget_what_is_open,
    hide_small_counts,
    wait_for_others,
)
from dreiklang.monitoring.services.suppression.statements import hand_over, newer_apart, set_aside

_NAMES = tuple(name for name in COLUMNS if name != "state")


def into_force(delivery: Delivery) -> Written:
    """Let count what a delivery in force says, in the transaction at hand, where no later one says otherwise."""
    held = HeldValue.objects.filter(delivery=delivery)
    wait_for_others(held.order_by().values_list("quantity_id", flat=True).distinct())
    return _written(delivery, held.values_list("pk", flat=True))


def out_of_force(delivery: Delivery) -> None:
    """Take what a delivery said out of force, in the transaction at hand: who said something before it counts again."""
    brought = Observation.objects.filter(delivery=delivery).exclude(state=ReleaseState.WITHDRAWN)
    confirmed = Confirmation.objects.filter(delivery=delivery)
    quantities = {
        pk for rows in (brought, confirmed) for pk in rows.values_list("quantity_id", flat=True).distinct()
    }
    wait_for_others(quantities)
    same = {pk for ids in confirmed.values_list("observation_ids", flat=True) for pk in ids}
    for pk, held_ids in newer_apart({*brought.values_list("pk", flat=True), *same}).items():
        _written(Delivery.objects.get(pk=pk), held_ids)
    hand_over(brought.values_list("pk", flat=True))
    _withdraw(brought, quantities)


def _withdraw(rows: QuerySet[Observation], quantities: Collection[int]) -> None:
    """Nobody in force says anything of these any more."""
    days = {Day(*one) for one in rows.values_list("ends_on", "starts_on", "kind").distinct()}
    ids = list(rows.values_list("pk", flat=True))
    set_aside(ids)
    rows.filter(pk__in=ids).update(state=ReleaseState.WITHDRAWN)
    forget_what_is_open(quantity_ids=quantities)
    hide_small_counts(quantity_ids=quantities, days=days)


def _written(delivery: Delivery, held_ids: Collection[int]) -> Written:
    held = HeldValue.objects.filter(pk__in=list(held_ids))
    values = [Incoming(**dict(zip(_NAMES, row, strict=True))) for row in held.values_list(*_NAMES)]
    held.delete()
    quantities = {one.quantity_id for one in values}
    return write_values(values, delivery=delivery, quantity_ids=quantities, is_decided=True)
