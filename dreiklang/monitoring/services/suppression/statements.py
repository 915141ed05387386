"""What deliveries say of values. Each statement stands in one place, and never gets lost.

It is the value that counts (Observation), the same as that (Confirmation), or lies apart (HeldValue). Values on their
way lie in `incoming_observation` (services.bulk); beside what is there they are in `compared_observation`.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import connection

from dreiklang.monitoring.models import Observation

# The key as in the constraint `observation_once`, written out.
_COMPARE = """
CREATE TEMP TABLE compared_observation ON COMMIT DROP AS
SELECT come.*, there.id AS observation_id, there.state AS was, there.delivery_id AS bringer_id,
       (COALESCE(behind.value, there.value), there.mark, there.meaning, COALESCE(behind.words, there.words),
        there.time_code, there.made_on)
       IS DISTINCT FROM (come.value, come.mark, come.meaning, come.words, come.time_code, come.made_on) AS differs
FROM incoming_observation AS come
LEFT JOIN monitoring_observation AS there
  ON there.quantity_id = come.quantity_id AND there.region_id = come.region_id
  AND there.breakdown_id = come.breakdown_id AND there.ends_on = come.ends_on AND there.starts_on = come.starts_on
  AND there.kind = come.kind AND there.scenario = come.scenario
LEFT JOIN monitoring_confidentialvalue AS behind ON behind.observation_id = there.id
"""
# Right after many values came or went PostgreSQL takes the table of values for empty, and would go through all that
# comes for each of them: minutes instead of a second.
_FIND_QUICKLY = "CREATE INDEX ON compared_observation (observation_id); ANALYZE compared_observation"
_HELD = """
INSERT INTO monitoring_heldvalue (
    delivery_id, quantity_id, region_id, breakdown_id, kind, scenario, made_on, starts_on, ends_on, time_code,
    value, mark, meaning, words, "row"
)
"""
# Whether a guess at a hidden count was right is told by nothing, not even by what lies apart.
_LEAVE_BEHIND = f"""
WITH later AS (
    SELECT id FROM monitoring_delivery WHERE id > %(delivery)s AND released_at IS NOT NULL AND withdrawn_at IS NULL
), behind AS (
    DELETE FROM compared_observation
    WHERE was <> 'withdrawn' AND (differs OR was IN ('suppressed', 'suppressed_secondary'))
      AND (bringer_id IN (SELECT id FROM later)
           OR observation_id IN (SELECT unnest(observation_ids) FROM monitoring_confirmation
                                 WHERE delivery_id IN (SELECT id FROM later)))
    RETURNING *
)
{_HELD}
SELECT %(delivery)s, quantity_id, region_id, breakdown_id, kind, scenario, made_on, starts_on, ends_on, time_code,
       value, mark, meaning, words, "row"
FROM behind
"""  # noqa: S608  # made of constants
_CONFIRM = """
INSERT INTO monitoring_confirmation AS kept (delivery_id, quantity_id, observation_ids)
SELECT %(delivery)s, quantity_id, array_agg(id) FROM same GROUP BY quantity_id
ON CONFLICT (delivery_id, quantity_id) DO UPDATE SET observation_ids = kept.observation_ids || excluded.observation_ids
"""
_THESE = "WITH same AS (SELECT id, quantity_id FROM monitoring_observation WHERE id = ANY(%(ids)s))"
_UNCHANGED = """
WITH same AS (
    SELECT observation_id AS id, quantity_id FROM compared_observation
    WHERE NOT differs AND was <> 'withdrawn' AND bringer_id <> %(delivery)s
)
"""
_REPLACED = "SELECT observation_id FROM compared_observation WHERE differs AND was <> 'withdrawn'"
# A hidden count comes along from behind; what says nothing (a hidden value without a count) is no statement.
_SET_ASIDE = f"""
WITH said AS (
    SELECT id, delivery_id, "row" FROM monitoring_observation WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT same, delivery_id, NULL FROM monitoring_confirmation, unnest(observation_ids) AS same
    WHERE %(is_whole)s AND same = ANY(%(ids)s)
      AND quantity_id IN (SELECT quantity_id FROM monitoring_observation WHERE id = ANY(%(ids)s))
)
{_HELD}
SELECT said.delivery_id, there.quantity_id, there.region_id, there.breakdown_id, there.kind, there.scenario,
       there.made_on, there.starts_on, there.ends_on, there.time_code,
       COALESCE(behind.value, there.value), there.mark, there.meaning, COALESCE(behind.words, there.words), said."row"
FROM said JOIN monitoring_observation AS there ON there.id = said.id
LEFT JOIN monitoring_confidentialvalue AS behind ON behind.observation_id = there.id
WHERE there.value IS NOT NULL OR behind.value IS NOT NULL OR there.mark <> ''
ON CONFLICT DO NOTHING
"""  # noqa: S608  # made of constants
_UNCONFIRM = """
UPDATE monitoring_confirmation
SET observation_ids = ARRAY(SELECT unnest(observation_ids) EXCEPT SELECT unnest(%(ids)s::bigint[]))
WHERE quantity_id IN (SELECT quantity_id FROM monitoring_observation WHERE id = ANY(%(ids)s))
  AND (%(delivery)s IS NULL OR delivery_id = %(delivery)s) AND observation_ids && %(ids)s::bigint[]
"""
_IN_FORCE = "SELECT id FROM monitoring_delivery WHERE released_at IS NOT NULL AND withdrawn_at IS NULL"
_CONFIRMED = f"""
SELECT same AS id, max(delivery_id) AS delivery_id FROM monitoring_confirmation, unnest(observation_ids) AS same
WHERE same = ANY(%(ids)s) AND delivery_id IN ({_IN_FORCE})
  AND quantity_id IN (SELECT quantity_id FROM monitoring_observation WHERE id = ANY(%(ids)s))
GROUP BY same
"""  # noqa: S608  # made of constants
# Of each value the newest thing that lies apart, where it is newer than all who say what stands there.
_NEWER = f"""
SELECT DISTINCT ON (there.id) held.delivery_id, held.id
FROM monitoring_observation AS there
LEFT JOIN ({_CONFIRMED}) AS confirmed ON confirmed.id = there.id
LEFT JOIN ({_IN_FORCE}) AS bringer ON bringer.id = there.delivery_id
JOIN monitoring_heldvalue AS held
  ON there.quantity_id = held.quantity_id AND there.region_id = held.region_id
  AND there.breakdown_id = held.breakdown_id AND there.ends_on = held.ends_on AND there.starts_on = held.starts_on
  AND there.kind = held.kind AND there.scenario = held.scenario
WHERE there.id = ANY(%(ids)s) AND held.delivery_id IN ({_IN_FORCE})
  AND held.delivery_id > COALESCE(GREATEST(bringer.id, confirmed.delivery_id), 0)
ORDER BY there.id, held.delivery_id DESC
"""  # noqa: S608  # made of constants


def compare() -> None:
    """Set what comes beside what is there."""
    _do(_COMPARE)
    _do(_FIND_QUICKLY)


def leave_behind(*, delivery_id: int) -> int:
    """Lay apart what comes and has another value of a later delivery before it; how many that are."""
    return _do(_LEAVE_BEHIND, delivery=delivery_id)


def confirm_unchanged(*, delivery_id: int) -> None:
    """Keep of which values of others a delivery that comes says the same."""
    _do(_UNCHANGED + _CONFIRM, delivery=delivery_id)


def replaced_by_what_comes() -> list[int]:
    """The observations that get another value now."""
    return [pk for (pk,) in _found(_REPLACED)]


def confirm(observation_ids: Collection[int], *, delivery_id: int) -> None:
    """Keep that a delivery says the same as these."""
    _do(_THESE + _CONFIRM, ids=list(observation_ids), delivery=delivery_id)


def set_aside(observation_ids: Collection[int]) -> None:
    """Lay apart what all deliveries say here: something else comes in its place, or nothing."""
    _do(_SET_ASIDE, ids=list(observation_ids), is_whole=True)
    _do(_UNCONFIRM, ids=list(observation_ids), delivery=None)


def hand_over(observation_ids: Collection[int]) -> set[int]:
    """Leave values to the newest delivery in force that confirmed them; which these are."""
    heirs: dict[int, list[int]] = defaultdict(list)
    for pk, delivery_id in _found(_CONFIRMED, ids=list(observation_ids)):
        heirs[delivery_id].append(pk)
    for delivery_id, ids in heirs.items():
        _do(_SET_ASIDE, ids=ids, is_whole=False)
        Observation.objects.filter(pk__in=ids).update(delivery=delivery_id)
        _do(_UNCONFIRM, ids=ids, delivery=delivery_id)
    return {pk for ids in heirs.values() for pk in ids}


def newer_apart(observation_ids: Collection[int]) -> dict[int, list[int]]:
    """What lies apart and has to count in place of these, by delivery in their order: ids of held values."""
    found: dict[int, list[int]] = defaultdict(list)
    for delivery_id, pk in sorted(_found(_NEWER, ids=list(observation_ids))):
        found[delivery_id].append(pk)
    return found


def _do(statement: str, **given: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)
        return int(cursor.rowcount)


def _found(statement: str, **given: Any) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
