"""What follows from records on the map. Pure."""

from dreiklang.portal.rules.map_data import Bounds, Compact, MapFrame, coarsest_for, compact, frame_around
from dreiklang.portal.rules.map_years import MapSums, YearBar, sums, year_bars

__all__ = [
    "Bounds",
    "Compact",
    "MapFrame",
    "MapSums",
    "YearBar",
    "coarsest_for",
    "compact",
    "frame_around",
    "sums",
    "year_bars",
]
