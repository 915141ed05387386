"""From which size on something is worth a look, as the city set it."""

from django.db import connection

from dreiklang.conflicts.models import Thresholds
from dreiklang.conflicts.rules.thresholds import Limits

# Asked with every letter typed beside a form: written out it takes a quarter of the time.
_SET_BY_THE_CITY = """
SELECT least_area_m2, least_area_share, least_days, near_months, least_effect_weight, least_nearness, least_strength
FROM conflicts_thresholds
"""
_NAMES = (
    "least_area_m2",
    "least_area_share",
    "least_days",
    "near_months",
    "least_effect_weight",
    "least_nearness",
    "least_strength",
)


def thresholds() -> Thresholds:
    """The thresholds in force; unsaved defaults while the city has not changed any."""
    return Thresholds.objects.first() or Thresholds(version=0)


def limits() -> Limits:
    """The same as the rules take them."""
    with connection.cursor() as cursor:
        cursor.execute(_SET_BY_THE_CITY)
        row = cursor.fetchone()
    return Limits(**dict(zip(_NAMES, row, strict=True))) if row else Limits()
