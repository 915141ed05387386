"""What a request to the interface for machines means: systems of coordinates, boxes, times, stretches."""

from dreiklang.opendata.rules.parameters import (
    LONGEST,
    USUAL,
    BadParameter,
    Wanted,
    neighbours,
    only,
    wanted,
)
from dreiklang.opendata.rules.systems import CRS84, SYSTEMS, System, system_of

__all__ = [
    "CRS84",
    "LONGEST",
    "SYSTEMS",
    "USUAL",
    "BadParameter",
    "System",
    "Wanted",
    "neighbours",
    "only",
    "system_of",
    "wanted",
]
