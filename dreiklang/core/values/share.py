"""A part of a whole, between nothing and all of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from .unknown import Unknown

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A share from 0 to 1, both included, as an exact decimal. Never a float, never a percentage."""

    value: Decimal

    def __init__(self, value: Decimal | int | str) -> None:
        object.__setattr__(self, "value", exact_decimal(value, "a share"))
        if not 0 <= self.value <= 1:
            raise ValueError(f"a share lies between 0 and 1, not {self.value}")

    @classmethod
    def percent(cls, value: Decimal | int | str) -> Self:
        """The share a percentage stands for: 75 gives 0.75."""
        return cls(exact_decimal(value, "a percentage") / _HUNDRED)

    @classmethod
    def of(cls, part: Decimal | int, whole: Decimal | int) -> "Share | Unknown":
        """The share `part` has in `whole`.

        unknown: `nothing_to_share` when the whole is 0, `not_a_share` when the part is negative or larger.
        """
        part, whole = exact_decimal(part, "a part"), exact_decimal(whole, "a whole")
        if whole == 0:
            return Unknown("nothing_to_share")
        ratio = part / whole
        return cls(ratio) if 0 <= ratio <= 1 else Unknown("not_a_share")

    @property
    def as_percent(self) -> Decimal:
        """The share as a percentage, exact."""
        return self.value * _HUNDRED

    @property
    def rest(self) -> Self:
        """What is missing to the whole."""
        return type(self)(1 - self.value)


def exact_decimal(value: Decimal | int | str, what: str) -> Decimal:
    """The value as a finite Decimal. Raises: TypeError for floats and booleans, ValueError if not finite."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise TypeError(f"{what} is exact: give Decimal, int or str, not {type(value).__name__}")
    try:
        number = Decimal(value)
    except ArithmeticError as error:
        raise ValueError(f"{value!r} is no number") from error
    if not number.is_finite():
        raise ValueError(f"{what} is finite, not {value!r}")
    return number
