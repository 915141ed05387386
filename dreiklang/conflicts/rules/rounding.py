"""Facts without their noise: as coarse as people speak of them, and when two of them say the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor, log10
from typing import Any

DAYS_OF_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Grain:
    """How coarse a fact is: `round` for the fingerprint, `is_same` for what was already answered."""

    round: Callable[[Any], Any]
    is_same: Callable[[Any, Any], bool]


def rounded(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the fingerprint sees them."""
    return {name: _grain(name).round(value) for name, value in facts.items()}


def is_same(name: str, before: Any, after: Any) -> bool:
    """Whether two values of the fact say the same, so that nobody has to answer again.

    Measured from what was said, so nothing creeps: many small changes that add up to a large one are seen.
    """
    if before is None or after is None:
        return before is after
    return _grain(name).is_same(before, after)


def two_digits(value: float | str) -> int:
    """52334 → 52000; two significant digits."""
    number = float(value)
    if not number:
        return 0
    step = 10.0 ** max(floor(log10(abs(number))) - 1, 0)
    return int(round(number / step) * step)


def _steps_of(step: float) -> Callable[[Any], Any]:
    return lambda value: None if value is None else round(round(float(value) / step) * step, 4)


def _month(value: str | None) -> str | None:
    return value and value[:7]


def _within(tolerance: float) -> Callable[[Any, Any], bool]:
    # A hair's breadth, so that 0.8 and 0.7 are exactly 0.1 apart.
    return lambda before, after: abs(float(before) - float(after)) <= tolerance + 1e-9


def _within_share(share: float, least: float) -> Callable[[Any, Any], bool]:
    return lambda before, after: abs(float(before) - float(after)) <= max(share * abs(float(before)), least)


def _near_days(before: str, after: str) -> bool:
    return abs((date.fromisoformat(before) - date.fromisoformat(after)).days) <= _MONTH_DAYS


def _sums(before: Any, after: Any) -> bool:
    first, second = Decimal(str(before)), Decimal(str(after))
    return abs(first - second) <= abs(first) / 10


_MONTH_DAYS = 31
_EXACT = Grain(lambda value: value, lambda before, after: bool(before == after))
_AREA = Grain(two_digits, _within_share(0.25, 100))
_SHARE = Grain(_steps_of(0.05), _within(0.1))
_DAYS = Grain(lambda value: None if value is None else round(value / DAYS_OF_MONTH), _within(_MONTH_DAYS))
_DAY = Grain(_month, _near_days)
_NEAR = Grain(_steps_of(0.1), _within(0.1))
_SUM = Grain(two_digits, _sums)
_METRES = Grain(_steps_of(50), _within(50))
_IGNORED = Grain(lambda value: None, lambda before, after: True)

_GRAINS = {
    "area_m2": _AREA,
    "share": _SHARE,
    "districts": _SHARE,
    "nearness": _NEAR,
    "wanted": _SUM,
    "available": _SUM,
    "unknown_count": _IGNORED,
    # Follow from the days beside them.
    "days": _IGNORED,
    "days_left": _IGNORED,
    "gap_days": _DAYS,
    "distance_m": _METRES,
} | dict.fromkeys(("from", "to", "first_ends", "then_starts", "then_ends"), _DAY)


def _grain(name: str) -> Grain:
    return _GRAINS.get(name, _EXACT)
