"""What can happen to the municipality, its levels, areas and map services."""

from dreiklang.places.services.city import (
    SETTINGS,
    CannotTakeArms,
    mark_ours,
    save_level,
    save_municipality,
    skip_setup_step,
)
from dreiklang.places.services.maps import (
    CannotKeepMap,
    MapDraft,
    keep_map_service,
    move_map_service,
    note_check,
    remove_map_service,
    save_embedders,
)

__all__ = [
    "SETTINGS",
    "CannotKeepMap",
    "CannotTakeArms",
    "MapDraft",
    "keep_map_service",
    "mark_ours",
    "move_map_service",
    "note_check",
    "remove_map_service",
    "save_embedders",
    "save_level",
    "save_municipality",
    "skip_setup_step",
]
