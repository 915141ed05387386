"""Pages of places."""

from dreiklang.places.views.city import area, area_list, arms, levels, mark_neighbours, settings

__all__ = ["area", "area_list", "arms", "levels", "mark_neighbours", "settings"]
