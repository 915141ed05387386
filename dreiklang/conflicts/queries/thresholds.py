"""From which size on something is worth a look, as the city set it."""

import json

from django.db import connection

from dreiklang.conflicts.models import Thresholds
from dreiklang.conflicts.rules.thresholds import Limits

# A JSON text, NULL while the city has not changed any: so that a statement for something else can ask for it, too.
LIMITS_SQL = """
(SELECT json_build_object(
    'least_area_m2', least_area_m2,
    'least_area_share', least_area_share,
    'least_days', least_days,
    'near_months', near_months,
    'least_effect_weight', least_effect_weight,
    'least_nearness', least_nearness,
    'least_strength', least_strength
 )::text FROM conflicts_thresholds LIMIT 1)
"""


def thresholds() -> Thresholds:
    """The thresholds in force; unsaved defaults while the city has not changed any."""
    return Thresholds.objects.first() or Thresholds(version=0)


def limits() -> Limits:
    """The same as the rules take them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {LIMITS_SQL}")
        (told,) = cursor.fetchone()
    return limits_from(told)


def limits_from(told: str | None) -> Limits:
    """The thresholds that LIMITS_SQL gave."""
    return Limits(**json.loads(told)) if told else Limits()
