"""Which class of a map gets which shade, and which sign stands where there is no value."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.classes import Classes

# Twelve steps can be divided evenly by the number of classes that maps have.
SHADES = 13
HIDDEN = ("suppressed", "confidential")


class Shade(StrEnum):
    """Fills that stand for no class, drawn as patterns; the others are named by `shade`."""

    UNKNOWN = "unknown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Scale:
    """The classes of a map with the name of the shade of each: 1…13 from light to dark; d1…d13 for losses."""

    classes: Classes
    shades: tuple[str, ...]

    def shade_of(self, value: Decimal | Unknown) -> str:
        """The shade of a value; hidden counts have a pattern of their own."""
        at = self.classes.class_of(value)
        return pattern_of(at) if isinstance(at, Unknown) else self.shades[at]

    def number_of(self, value: Decimal | Unknown) -> int | None:
        """The number of its class, from 1; None without one."""
        at = self.classes.class_of(value)
        return None if isinstance(at, Unknown) else at + 1

    def counts(self, values: list[Decimal | Unknown]) -> tuple[int, ...]:
        """How many of these values lie in each class: those of one year, where the classes are of all."""
        found = [self.classes.class_of(value) for value in values]
        return tuple(found.count(at) for at in range(len(self.shades)))


def pattern_of(value: Unknown) -> Shade:
    """A small count that is hidden is told apart from what nobody knows."""
    return Shade.HIDDEN if value.reason in HIDDEN else Shade.UNKNOWN


def scale_of(classes: Classes, *, is_balance: bool = False) -> Scale:
    """Light to dark for values; for a balance losses and gains apart, each the darker the larger."""
    edges = classes.edges
    count = len(edges) - 1
    if not is_balance:
        return Scale(classes, tuple(str(_step(at, count, SHADES)) for at in range(count)))
    # A class belongs to the losses if it ends at 0 or below; an open end counts as beyond.
    losses = sum(1 for high in edges[1:] if high is not None and high <= 0)
    if _begins_at_or_above_zero(classes):
        losses = 0
    gains = count - losses
    most = max(losses, gains)
    down = [f"d{_side(losses - at, most)}" for at in range(losses)]
    up = [str(_side(at + 1, most)) for at in range(gains)]
    return Scale(classes, (*down, *up))


def _begins_at_or_above_zero(classes: Classes) -> bool:
    first = classes.edges[0]
    return first is not None and first >= 0


def _side(place: int, most: int) -> int:
    """The shade of the class so many places from 0: as dark on one side as the same place on the other."""
    return round(place * SHADES / most)


def _step(at: int, count: int, shades: int) -> int:
    """The first class is the lightest, the last the darkest, the others evenly between."""
    return 1 + round(at * (shades - 1) / (count - 1)) if count > 1 else (shades + 1) // 2
