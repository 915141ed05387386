"""The statements that move counts between observations and the table behind them, always in a transaction at hand."""

from collections.abc import Collection, Mapping

from django.db import connection

from dreiklang.monitoring.models import ConfidentialValue
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.rules.values import ReleaseState

_HIDDEN = [str(state) for state in HIDDEN]
# What comes with a delivery lies beside what is there in `compared_observation` (services.suppression.statements).
_CHANGE_HIDDEN = """
UPDATE monitoring_observation AS there
SET mark = come.mark, meaning = come.meaning, time_code = come.time_code, made_on = come.made_on,
    "row" = come."row", delivery_id = %s
FROM compared_observation AS come
WHERE there.id = come.observation_id AND come.was = ANY(%s) AND come.value IS NOT NULL AND come.differs
"""
_COUNT_ANEW = """
INSERT INTO monitoring_confidentialvalue (observation_id, value, words)
SELECT observation_id, value, words FROM compared_observation
WHERE was = ANY(%s) AND value IS NOT NULL AND differs
ON CONFLICT (observation_id) DO UPDATE SET value = excluded.value, words = excluded.words
WHERE (monitoring_confidentialvalue.value, monitoring_confidentialvalue.words)
      IS DISTINCT FROM (excluded.value, excluded.words)
"""
_COUNT = """
INSERT INTO monitoring_confidentialvalue (observation_id, value, words)
SELECT id, value, words FROM monitoring_observation WHERE id = ANY(%s) AND value IS NOT NULL
ON CONFLICT (observation_id) DO UPDATE SET value = excluded.value, words = excluded.words
"""
_HIDE = """
UPDATE monitoring_observation SET state = %s, value = NULL, words = '' WHERE id = ANY(%s)
"""
_SHOW = """
UPDATE monitoring_observation AS there
SET state = %s, value = behind.value, words = behind.words
FROM monitoring_confidentialvalue AS behind
WHERE behind.observation_id = there.id AND there.id = ANY(%s)
"""


def recount(*, delivery_id: int) -> None:
    """Counts of hidden observations that come with a delivery go behind them."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE_HIDDEN, [delivery_id, _HIDDEN])
        cursor.execute(_COUNT_ANEW, [_HIDDEN])


def hide(states: Mapping[ReleaseState, Collection[int]]) -> None:
    """Move the counts of these observations behind them, and say of each why it is hidden."""
    with connection.cursor() as cursor:
        for state, ids in states.items():
            if ids:
                cursor.execute(_COUNT, [list(ids)])
                cursor.execute(_HIDE, [str(state), list(ids)])


def show(ids: Collection[int]) -> None:
    """Put the counts of these observations back where everybody reads them."""
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_SHOW, [str(ReleaseState.RELEASED), list(ids)])
        ConfidentialValue.objects.filter(observation__in=ids).delete()


def forget_what_is_open(*, quantity_ids: Collection[int]) -> None:
    """Drop counts behind observations that are hidden no longer: a sign came in their place, or they were withdrawn."""
    open_now = ConfidentialValue.objects.filter(observation__quantity__in=quantity_ids)
    open_now.exclude(observation__state__in=HIDDEN).delete()
