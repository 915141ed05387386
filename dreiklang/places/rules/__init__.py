"""What follows from places: values and the small map."""

from dreiklang.places.rules.svg_map import MapShape, SmallMap, small_map
from dreiklang.places.rules.values import State

__all__ = ["MapShape", "SmallMap", "State", "small_map"]
