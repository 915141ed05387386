"""Write values by thousands: the new ones are added, the changed ones replaced with their history kept, the same left alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from dreiklang.core.copying import copy_rows
from dreiklang.monitoring.models import Delivery, Observation
from dreiklang.monitoring.queries.confidential import Day
from dreiklang.monitoring.rules.values import ReleaseState, ValueKind
from dreiklang.monitoring.services.suppression import (
    forget_what_is_open,
    hide_small_counts,
    recount,
    wait_for_others,
)
from dreiklang.monitoring.services.suppression.statements import (
    compare,
    confirm_unchanged,
    leave_behind,
    replaced_by_what_comes,
    set_aside,
)

_TABLE, _STAGE = "monitoring_observation", "incoming_observation"
# Written out: the same columns as in Incoming, with the key as in the constraint `observation_once`.
_PREPARE = """
CREATE TEMP TABLE incoming_observation ON COMMIT DROP AS
SELECT quantity_id, region_id, breakdown_id, starts_on, ends_on, value, "row", mark, meaning, words, time_code, kind,
       scenario, made_on, state
FROM monitoring_observation LIMIT 0
"""
_CHANGE = """
UPDATE monitoring_observation AS there
SET value = come.value, mark = come.mark, meaning = come.meaning, words = come.words, time_code = come.time_code,
    made_on = come.made_on, state = come.state, "row" = come."row", delivery_id = %s
FROM compared_observation AS come
WHERE there.id = come.observation_id
  AND CASE come.was
      -- Somebody took it back: the very file it came in does not bring it back, unless somebody says so.
      WHEN 'withdrawn' THEN %s OR there.delivery_id NOT IN (
          SELECT gone.id FROM monitoring_delivery AS gone, monitoring_delivery AS now
          WHERE now.id = %s AND gone.file_id = now.file_id AND gone.withdrawn_at IS NOT NULL)
      -- A count that is hidden goes behind it (services.suppression); a sign is no secret.
      WHEN 'suppressed' THEN come.differs AND come.value IS NULL
      WHEN 'suppressed_secondary' THEN come.differs AND come.value IS NULL
      -- That it stood in another row of the file makes it no other value, and that it comes again releases nothing.
      ELSE come.differs
  END
"""
_ADD = """
INSERT INTO monitoring_observation (
    quantity_id, region_id, breakdown_id, starts_on, ends_on, value, "row", mark, meaning, words, time_code, kind,
    scenario, made_on, state, delivery_id
)
SELECT quantity_id, region_id, breakdown_id, starts_on, ends_on, value, "row", mark, meaning, words, time_code, kind,
       scenario, made_on, state, %s
FROM compared_observation WHERE observation_id IS NULL
"""


class Incoming(NamedTuple):
    """One value on its way into the database, in the order of `COLUMNS`; see `models.Observation`."""

    quantity_id: int
    region_id: int
    breakdown_id: int
    starts_on: date
    ends_on: date
    value: Decimal | None
    row: int | None = None
    mark: str = ""
    meaning: str = ""
    words: str = ""
    time_code: str = ""
    kind: str = ValueKind.ACTUAL
    scenario: str = ""
    made_on: date | None = None
    state: str = ReleaseState.RELEASED


COLUMNS: Sequence[str] = Incoming._fields


@dataclass(frozen=True, slots=True)
class Written:
    """How many values a delivery added, changed and found as they were; how many are hidden now on its days.

    Counts behind hidden values are among the same, whether they changed or not.

    behind   of which a later delivery names others: they lie apart
    """

    new: int
    changed: int
    same: int
    hidden: int = 0
    behind: int = 0


def write_values(
    values: Iterable[Incoming], *, delivery: Delivery, quantity_ids: Iterable[int], is_decided: bool = False
) -> Written:
    """Write the values of these quantities in the transaction at hand, each key once, and hide small counts.

    What is in the database and not among them stays: a source that no longer names a value has not said it was
    wrong. What is replaced lies apart (suppression.statements). With `is_decided` somebody lets the delivery count, also
    what was withdrawn with its very file. Raises IntegrityError where a key stands twice.
    """
    rows, quantities = list(values), list(quantity_ids)
    wait_for_others(quantities)
    if Observation.objects.filter(quantity_id__in=quantities).exists():
        written = _merged(rows, delivery, is_decided=is_decided)
        forget_what_is_open(quantity_ids=quantities)
    else:
        # Nothing to compare with: straight into the table.
        copy_rows(_TABLE, (*COLUMNS, "delivery_id"), [(*value, delivery.pk) for value in rows])
        written = Written(new=len(rows), changed=0, same=0)
    days = {Day(one.ends_on, one.starts_on, one.kind) for one in rows}
    return replace(written, hidden=hide_small_counts(quantity_ids=quantities, days=days))


def _merged(rows: Sequence[Incoming], delivery: Delivery, *, is_decided: bool) -> Written:
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE)
        copy_rows(_STAGE, COLUMNS, rows)
        compare()
        behind = leave_behind(delivery_id=delivery.pk)
        confirm_unchanged(delivery_id=delivery.pk)
        set_aside(replaced_by_what_comes())
        cursor.execute(_CHANGE, [delivery.pk, is_decided, delivery.pk])
        changed = cursor.rowcount
        # Whether a hidden count changed is told nowhere: who brings guesses would learn it.
        recount(delivery_id=delivery.pk)
        cursor.execute(_ADD, [delivery.pk])
        new = cursor.rowcount
        cursor.execute("DROP TABLE incoming_observation, compared_observation")
    return Written(new=new, changed=changed, same=len(rows) - changed - new - behind, behind=behind)
