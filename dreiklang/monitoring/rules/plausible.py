"""Whether a delivered value may be right. A doubt asks a person to look; it never changes or refuses a value.

The one error is an actual value of the future. The bounds are rules of thumb of our own, wide on purpose: what
is told too often is read by nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.trend import MEASURED
from dreiklang.monitoring.rules.values import Point, ValueKind

NEIGHBOURS = 5
# A slip of a thousand (Tsd. EUR, German points) beside a series that moves a little by itself.
THOUSANDFOLD = (Decimal(300), Decimal(3000))
# A share as 0.45 and not 45: looked for only where there is a scale.
HUNDREDFOLD = (Decimal(50), Decimal(200))
# A jump is more than so many usual steps, and more than this part of the value before.
USUAL_STEPS = 5
LEAST_JUMP = Decimal("0.25")
LEAST_STEPS = 3
HALF = Decimal("0.5")


class DoubtCode(StrEnum):
    """What seems wrong."""

    FUTURE_ACTUAL = "future_actual"
    OFF_SCALE = "off_scale"
    THOUSANDFOLD = "perhaps_thousandfold"
    HUNDREDFOLD = "perhaps_hundredfold"
    JUMP = "jump"
    SIGN_FLIP = "sign_flip"
    TOTAL_DIFFERS = "total_differs"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt about a value, and the number it was set beside if there is one."""

    code: DoubtCode
    value: Decimal | Unknown
    beside: Decimal | None

    @property
    def is_error(self) -> bool:
        """Whether the value cannot be taken at all."""
        return self.code is DoubtCode.FUTURE_ACTUAL


def doubts(
    new: Point, *, series: Sequence[Point], today: date, scale_top: Decimal | None = None
) -> tuple[Doubt, ...]:
    """The doubts about a value, in the order of `DoubtCode`; nothing to say gives nothing.

    shape   series: the other values of the same area, quantity and breakdown since the last break, in any order;
            a point of the very period of `new` is not set beside it
    units   all in the same unit; `scale_top`: 1 or 100 for shares, else None
    """
    found = []
    if new.kind is ValueKind.ACTUAL and new.ends_on > today:
        found.append(Doubt(DoubtCode.FUTURE_ACTUAL, new.value, None))
    value = new.value
    if isinstance(value, Unknown):
        return tuple(found)
    if scale_top is not None and not 0 <= value <= scale_top:
        found.append(Doubt(DoubtCode.OFF_SCALE, value, scale_top))
    near = _neighbours(new, series)
    if near is not None:
        factor = _factor(value, near.values, has_scale=scale_top is not None)
        # A slip of the unit is a jump as well; one cause is told once.
        found.extend([factor] if factor is not None else _movement(value, near))
    return tuple(found)


def are_calm(values: Sequence[Decimal | Unknown], *, scale_top: Decimal | None = None) -> bool:
    """Whether `doubts` finds nothing in any of these values beside the others: all known ones lie near each other.

    Said once for a series, and not once a value: an official table has ten thousand of them.
    """
    known = [value for value in values if not isinstance(value, Unknown)]
    if not known:
        return True
    low, high = min(known), max(known)
    if scale_top is not None and not 0 <= low <= high <= scale_top:
        return False
    return low == high or (low * high > 0 and high - low <= LEAST_JUMP * min(abs(low), abs(high)))


def total_doubt(total: Decimal, parts: Sequence[Decimal | Unknown], *, decimals: int) -> Doubt | None:
    """Whether a delivered sum differs from its parts by more than rounding: half a unit of the last of `decimals` each.

    None as well where a part is unknown: then the sum tells nothing.
    """
    known = [part for part in parts if not isinstance(part, Unknown)]
    if not known or len(known) < len(parts):
        return None
    added = sum(known, Decimal(0))
    allowed = (len(known) + 1) * HALF.scaleb(-decimals)
    return Doubt(DoubtCode.TOTAL_DIFFERS, total, added) if abs(total - added) > allowed else None


@dataclass(frozen=True, slots=True)
class _Near:
    """The known values nearest in time, oldest first, and the nearest of all."""

    values: Sequence[Decimal]
    nearest: Decimal


def _neighbours(new: Point, series: Sequence[Point]) -> _Near | None:
    others = [
        (abs((point.ends_on - new.ends_on).days), point.ends_on, point.value)
        for point in series
        if point.kind in MEASURED and (point.starts_on, point.ends_on) != (new.starts_on, new.ends_on)
    ]
    known = [(gap, on, value) for gap, on, value in others if not isinstance(value, Unknown)]
    if not known:
        return None
    chosen = sorted(known)[:NEIGHBOURS]
    by_day = sorted((on, value) for _gap, on, value in chosen)
    return _Near([value for _on, value in by_day], chosen[0][2])


def _factor(value: Decimal, near: Sequence[Decimal], *, has_scale: bool) -> Doubt | None:
    usual = median(near)
    if value == 0 or usual == 0:
        return None
    ratio = abs(value / usual)
    ratio = max(ratio, 1 / ratio)
    if THOUSANDFOLD[0] <= ratio <= THOUSANDFOLD[1]:
        return Doubt(DoubtCode.THOUSANDFOLD, value, usual)
    if has_scale and HUNDREDFOLD[0] <= ratio <= HUNDREDFOLD[1]:
        return Doubt(DoubtCode.HUNDREDFOLD, value, usual)
    return None


def _movement(value: Decimal, near: _Near) -> list[Doubt]:
    found = []
    steps = [abs(one - other) for one, other in pairwise(near.values)]
    away = abs(value - near.nearest)
    least = LEAST_JUMP * abs(near.nearest)
    if len(steps) >= LEAST_STEPS and away > max(USUAL_STEPS * median(steps), least):
        found.append(Doubt(DoubtCode.JUMP, value, near.nearest))
    if len(near.values) >= LEAST_STEPS and _is_other_side(value, near.values):
        found.append(Doubt(DoubtCode.SIGN_FLIP, value, near.nearest))
    return found


def _is_other_side(value: Decimal, near: Sequence[Decimal]) -> bool:
    """Whether all neighbours lie on one side of 0 and the value on the other."""
    return (value < 0 and min(near) > 0) or (value > 0 and max(near) < 0)
