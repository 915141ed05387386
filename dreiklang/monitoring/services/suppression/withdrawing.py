"""The statements that take a delivery out of force: its values are kept apart, what they replaced counts again."""

from django.db import connection

from dreiklang.monitoring.models import Delivery, Observation
from dreiklang.monitoring.queries.confidential import Day
from dreiklang.monitoring.services.suppression.behind import forget_what_is_open
from dreiklang.monitoring.services.suppression.hiding import hide_small_counts, wait_for_others

_HOLD = """
INSERT INTO monitoring_heldvalue (
    delivery_id, quantity_id, region_id, breakdown_id, kind, scenario, made_on, starts_on, ends_on, time_code,
    value, mark, meaning, words, "row"
)
SELECT there.delivery_id, there.quantity_id, there.region_id, there.breakdown_id, there.kind, there.scenario,
       there.made_on, there.starts_on, there.ends_on, there.time_code,
       COALESCE(there.value, behind.value), there.mark, there.meaning, COALESCE(behind.words, there.words), there."row"
FROM monitoring_observation AS there
LEFT JOIN monitoring_confidentialvalue AS behind ON behind.observation_id = there.id
WHERE there.delivery_id = %s
"""
# The latest value of another delivery that is in force. Was it hidden, its number is not brought back from history.
_RESTORE = """
WITH latest AS (
    SELECT DISTINCT ON (past.pgh_obj_id) past.*
    FROM monitoring_observationhistoryevent AS past
    JOIN monitoring_observation AS there ON there.id = past.pgh_obj_id AND there.delivery_id = %s
    JOIN monitoring_delivery AS bringer ON bringer.id = past.delivery_id AND bringer.withdrawn_at IS NULL
    WHERE past.delivery_id <> %s
    ORDER BY past.pgh_obj_id, past.pgh_id DESC
)
UPDATE monitoring_observation AS there
SET value = latest.value, mark = latest.mark, meaning = latest.meaning, words = latest.words,
    time_code = latest.time_code, made_on = latest.made_on, state = latest.state, "row" = latest."row",
    delivery_id = latest.delivery_id
FROM latest
WHERE latest.pgh_obj_id = there.id AND latest.state = 'released'
"""
_WITHDRAW = "UPDATE monitoring_observation SET state = 'withdrawn' WHERE delivery_id = %s"


def out_of_force(delivery: Delivery) -> int:
    """Take all values of a delivery out of force, in the transaction at hand; how many earlier ones count again."""
    touched = set(
        Observation.objects.filter(delivery=delivery).values_list(
            "quantity_id", "ends_on", "starts_on", "kind"
        )
    )
    quantities = {quantity for quantity, *_day in touched}
    wait_for_others(quantities)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [delivery.pk])
        cursor.execute(_RESTORE, [delivery.pk, delivery.pk])
        restored: int = cursor.rowcount
        cursor.execute(_WITHDRAW, [delivery.pk])
    forget_what_is_open(quantity_ids=quantities)
    days = {Day(ends_on, starts_on, kind) for _quantity, ends_on, starts_on, kind in touched}
    hide_small_counts(quantity_ids=quantities, days=days)
    return restored
