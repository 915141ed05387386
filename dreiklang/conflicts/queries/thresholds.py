"""From which size on something is worth a look, as the city set it."""

from dataclasses import fields

from dreiklang.conflicts.models import Thresholds
from dreiklang.conflicts.rules.thresholds import Limits


def thresholds() -> Thresholds:
    """The thresholds in force; unsaved defaults while the city has not changed any."""
    return Thresholds.objects.first() or Thresholds(version=0)


def limits() -> Limits:
    """The same as the rules take them."""
    kept = thresholds()
    names = [one.name for one in fields(Limits) if hasattr(kept, one.name)]
    return Limits(**{name: getattr(kept, name) for name in names})
