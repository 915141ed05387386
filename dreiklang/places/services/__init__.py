"""What can happen to the municipality, its levels, areas and map services."""

from dreiklang.places.services.city import (
    SETTINGS,
    CannotTakeArms,
    mark_ours,
    save_level,
    save_municipality,
    skip_setup_step,
)

__all__ = [
    "SETTINGS",
    "CannotTakeArms",
    "mark_ours",
    "save_level",
    "save_municipality",
    "skip_setup_step",
]
