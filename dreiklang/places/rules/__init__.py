"""What follows from places: values, the arms and the small map."""

from dreiklang.places.rules.arms import arms_type
from dreiklang.places.rules.svg_map import MapShape, SmallMap, small_map
from dreiklang.places.rules.values import State

__all__ = ["MapShape", "SmallMap", "State", "arms_type", "small_map"]
