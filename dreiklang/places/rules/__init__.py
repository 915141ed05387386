"""What follows from places: values, the arms, the small map and the map services of others."""

from dreiklang.places.rules.arms import arms_type
from dreiklang.places.rules.map_services import MapKind, MapRole, TileGrid
from dreiklang.places.rules.svg_map import MapShape, SmallMap, small_map
from dreiklang.places.rules.values import State

__all__ = [
    "MapKind",
    "MapRole",
    "MapShape",
    "SmallMap",
    "State",
    "TileGrid",
    "arms_type",
    "small_map",
]
