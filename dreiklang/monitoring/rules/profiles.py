"""What a drawn area has of the districts it touches. See docs/rules/comparing-places.md, "A drawn area"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.units import Unit, shipped_units

NOTHING, WHOLE = Decimal(0), Decimal(1)
# Below this a part is an inexact line and no part; above what is left of 1 it is the whole.
SLIVER = Decimal("0.005")
NEARLY_WHOLE = WHOLE - SLIVER
# A hectare or more: what is smaller measures dwellings and rooms, and then it is a mean.
_LAND_M2 = 10_000
# Nobody adds these up over districts.
_SCALES = {"index", "grade", "temperature", "time", "minute", "day", "rain"}


@dataclass(frozen=True, slots=True)
class AreaPart:
    """A district and the drawn area.

    share   0..1, the part of the district's area that lies inside the drawn one
    covers  0..1, the part of the drawn area that lies in this district
    value   of the whole district
    """

    share: Decimal
    covers: Decimal
    value: Decimal | Unknown

    def __post_init__(self) -> None:
        for each in (self.share, self.covers):
            if not each.is_finite() or not NOTHING <= each <= WHOLE:
                raise ValueError(f"a part lies between nothing and the whole, not at {each}")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value of a drawn area.

    is_estimate    districts were cut, or the area is not filled by them
    covered_share  0..1, the part of the drawn area in districts with a known value
    """

    value: Decimal | Unknown
    is_estimate: bool
    covered_share: Decimal


def is_additive(unit: Unit | None) -> bool:
    """Whether values in this unit can be added up over districts: what is counted one by one, and land.

    Money, years, degrees and all rates cannot be told from a mean, so they are left alone. An unknown unit, too.
    """
    if unit is None or unit.is_share or unit.is_points:
        return False
    measured = list(unit.dimension.items())
    is_counted = len(measured) == 1 and measured[0][1] == 1 and measured[0][0] in shipped_units().counted
    return is_counted or (measured == [("length", 2)] and unit.factor >= _LAND_M2)


def is_rate(unit: Unit) -> bool:
    """Whether values in this unit are something per something, a share, or on a scale: no part of the city's value."""
    if unit.is_share or unit.is_points or not unit.has_zero or unit.per > 1 or not unit.dimension:
        return True
    return any(power < 0 for power in unit.dimension.values()) or bool(unit.dimension.keys() & _SCALES)


def apportion(parts: Sequence[AreaPart], *, is_additive: bool) -> Estimate:
    """The value of a drawn area from those of the districts it touches.

    Counts are added by the part inside, as if spread evenly. Rates are not: the rate of one whole district is its own.
    unknown: `not_covered` (no district touched), `input_unknown` with the reason of the first unknown district as
    words, `not_applicable` (a rate of anything but one whole district). Source: docs/rules/comparing-places.md.
    """
    real = [part for part in parts if part.share >= SLIVER or part.covers >= SLIVER]
    filled = sum((part.covers for part in real), NOTHING)
    known = sum((part.covers for part in real if not isinstance(part.value, Unknown)), NOTHING)
    # Cut districts may overlap by a hair, and their parts then add up to a little more than the whole.
    covered = min(known, WHOLE)
    is_whole = filled >= NEARLY_WHOLE and all(part.share >= NEARLY_WHOLE for part in real)
    if not real:
        return Estimate(Unknown("not_covered"), False, covered)
    if is_additive:
        return Estimate(_sum(real), not is_whole, covered)
    value = real[0].value if is_whole and len(real) == 1 else Unknown("not_applicable")
    return Estimate(value, not is_whole, covered)


def rate_of(numerator: Estimate, denominator: Estimate, *, per: int = 1) -> Estimate:
    """A rate reckoned again from two counts of the same drawn area: `per` 100 for per cent, 1,000 for a thousand people.

    An estimate if either is; covered as the lesser. unknown: the reason of either count, or `division_by_zero`.
    """
    is_estimate = numerator.is_estimate or denominator.is_estimate
    covered = min(numerator.covered_share, denominator.covered_share)
    return Estimate(_ratio(numerator.value, denominator.value, per), is_estimate, covered)


def _ratio(above: Decimal | Unknown, below: Decimal | Unknown, per: int) -> Decimal | Unknown:
    if isinstance(above, Unknown):
        return above
    if isinstance(below, Unknown):
        return below
    return above * per / below if below != 0 else Unknown("division_by_zero")


def _sum(parts: Sequence[AreaPart]) -> Decimal | Unknown:
    total = NOTHING
    for part in parts:
        if isinstance(part.value, Unknown):
            return Unknown("input_unknown", part.value.reason)
        total += part.value * (WHOLE if part.share >= NEARLY_WHOLE else part.share)
    return total
