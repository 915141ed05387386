"""Values of a delivery that do not count, or would not, because a later delivery names others."""

from django.db import connection

from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Delivery, HeldValue
from dreiklang.monitoring.queries.confidential import guarded
from dreiklang.monitoring.queries.deliveries import state_of
from dreiklang.monitoring.rules.deliveries import DeliveryState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

# As services.suppression.statements leaves them behind.
_WOULD_BE = """
WITH later AS (
    SELECT id FROM monitoring_delivery WHERE id > %(delivery)s AND released_at IS NOT NULL AND withdrawn_at IS NULL
)
SELECT count(*)
FROM monitoring_heldvalue AS held JOIN monitoring_observation AS there
  ON there.quantity_id = held.quantity_id AND there.region_id = held.region_id
  AND there.breakdown_id = held.breakdown_id AND there.ends_on = held.ends_on AND there.starts_on = held.starts_on
  AND there.kind = held.kind AND there.scenario = held.scenario
WHERE held.delivery_id = %(delivery)s AND held.quantity_id <> ALL(%(secret)s::bigint[]) AND there.state <> 'withdrawn'
  AND (there.value, there.mark, there.meaning, there.words, there.time_code, there.made_on)
      IS DISTINCT FROM (held.value, held.mark, held.meaning, held.words, held.time_code, held.made_on)
  AND (there.delivery_id IN (SELECT id FROM later)
       OR there.id IN (SELECT unnest(observation_ids) FROM monitoring_confirmation
                       WHERE delivery_id IN (SELECT id FROM later)))
"""


def overtaken_count(viewer: Viewer, *, delivery: Delivery) -> int:
    """How many values of a delivery in force do not count; of one that is not, how many would not.

    Those whose small counts the viewer must not see are left out: a guess that is told to be overtaken was wrong.
    """
    held = HeldValue.objects.filter(delivery=delivery)
    secret: frozenset[int] = frozenset()
    if not may(viewer, permissions.SEE_CONFIDENTIAL):
        secret = guarded(quantity_ids=held.order_by().values_list("quantity_id", flat=True).distinct())
    if state_of(delivery) is DeliveryState.RELEASED:
        return held.exclude(quantity__in=secret).count()
    with connection.cursor() as cursor:
        cursor.execute(_WOULD_BE, {"delivery": delivery.pk, "secret": list(secret)})
        return int(cursor.fetchone()[0])
