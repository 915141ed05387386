"""Pages of places."""

from dreiklang.places.views.city import area, area_list, arms, levels, mark_neighbours, settings
from dreiklang.places.views.maps import (
    embedding,
    map_service,
    map_service_check,
    map_service_move,
    map_service_new,
    map_service_remove,
    map_services,
)

__all__ = [
    "area",
    "area_list",
    "arms",
    "embedding",
    "levels",
    "map_service",
    "map_service_check",
    "map_service_move",
    "map_service_new",
    "map_service_remove",
    "map_services",
    "mark_neighbours",
    "settings",
]
