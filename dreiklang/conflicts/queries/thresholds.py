"""From which size on something is worth a look, as the city set it."""

from dataclasses import fields

from dreiklang.conflicts.models import Thresholds
from dreiklang.conflicts.rules.thresholds import Limits

_SET_BY_THE_CITY = sorted(
    {one.name for one in fields(Limits)} & {one.name for one in Thresholds._meta.concrete_fields}
)


def thresholds() -> Thresholds:
    """The thresholds in force; unsaved defaults while the city has not changed any."""
    return Thresholds.objects.first() or Thresholds(version=0)


def limits() -> Limits:
    """The same as the rules take them."""
    kept = Thresholds.objects.values(*_SET_BY_THE_CITY).first()
    return Limits(**(kept or {}))
