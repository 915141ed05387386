"""Which class of a map gets which shade, and which sign stands where there is no value."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.classes import Classes

# Twelve steps can be divided evenly by the number of classes that maps have.
SHADES = 13
# On either side of the middle of a balance.
SIDE_SHADES = 4
HIDDEN = ("suppressed", "confidential")


class Shade(StrEnum):
    """Fills that stand for no class, drawn as patterns; the others are named by `shade`."""

    UNKNOWN = "unknown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Scale:
    """The classes of a map with the name of the shade of each: 1…13 from light to dark, or d4…d1, u1…u4 around 0."""

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
    down = [f"d{losses - at}" for at in range(losses)]
    up = [f"u{at + 1}" for at in range(gains)]
    return Scale(classes, tuple(_at_most(name) for name in (*down, *up)))


def _begins_at_or_above_zero(classes: Classes) -> bool:
    first = classes.edges[0]
    return first is not None and first >= 0


def _at_most(name: str) -> str:
    return name[0] + str(min(int(name[1:]), SIDE_SHADES))


def _step(at: int, count: int, shades: int) -> int:
    """The first class is the lightest, the last the darkest, the others evenly between."""
    return 1 + round(at * (shades - 1) / (count - 1)) if count > 1 else (shades + 1) // 2
