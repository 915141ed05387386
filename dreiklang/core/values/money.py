"""Amounts in euro, exact to the cent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Self

from .share import Share, exact_decimal
from .unknown import Unknown

_CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 16
# Wide enough for every amount up to the largest, whatever context the caller has set.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)

Weight = Share | Decimal | int


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in EUR with exactly two places. Floats are refused, because they are not exact."""

    amount: Decimal

    def __init__(self, amount: Decimal | int | str) -> None:
        number = exact_decimal(amount, "an amount")
        if number.copy_abs() >= _LARGEST:
            raise ValueError("an amount this large is a mistake")
        cents = number.quantize(_CENT, context=_EXACT)
        if cents != number:
            raise ValueError(f"{amount} has more than two places: use Money.rounded")
        object.__setattr__(self, "amount", cents.copy_abs() if cents.is_zero() else cents)  # no negative zero

    @classmethod
    def rounded(cls, amount: Decimal | int) -> Self:
        """The amount rounded to the cent, half a cent away from zero."""
        number = exact_decimal(amount, "an amount")
        if number.copy_abs() >= _LARGEST:
            raise ValueError("an amount this large is a mistake")
        return cls(number.quantize(_CENT, context=_EXACT))

    @classmethod
    def of_cents(cls, cents: int) -> Self:
        """The amount given in cents."""
        return cls(_EXACT.multiply(exact_decimal(cents, "cents"), _CENT))

    @property
    def cents(self) -> int:
        """The amount in cents."""
        return int(self.amount.scaleb(2, context=_EXACT))

    def __add__(self, other: Self) -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        return type(self)(_EXACT.add(self.amount, other.amount))

    def __sub__(self, other: Self) -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        return type(self)(_EXACT.subtract(self.amount, other.amount))

    def __neg__(self) -> Self:
        return type(self)(self.amount.copy_negate())

    def __abs__(self) -> Self:
        return type(self)(self.amount.copy_abs())

    def __mul__(self, factor: Weight) -> Self:
        """The amount times a number or a share, rounded to the cent, half a cent away from zero."""
        number = factor.value if isinstance(factor, Share) else factor
        if isinstance(number, bool) or not isinstance(number, Decimal | int):
            return NotImplemented
        return type(self).rounded(_EXACT.multiply(self.amount, Decimal(number)))

    __rmul__ = __mul__

    @property
    def is_zero(self) -> bool:
        """Whether it is exactly nothing. (As a truth value every amount is true: 0 EUR is an answer.)"""
        return self.amount == 0

    def __str__(self) -> str:
        return f"{self.amount} EUR"

    def ratio_to(self, whole: "Money") -> Decimal | Unknown:
        """How many times `whole` goes into this. unknown: `nothing_to_share` when the whole is 0."""
        return Unknown("nothing_to_share") if whole.is_zero else self.amount / whole.amount

    def split(self, weights: Sequence[Weight]) -> tuple[Self, ...]:
        """The amount in parts by weight, in the order of the weights; together they are exactly the amount.

        Cents left over go to the largest remainders; between equal remainders the earlier part gets it.
        Raises: ValueError if there is no weight, a negative one, or all are 0.
        """
        parts = [Fraction(w.value if isinstance(w, Share) else exact_decimal(w, "a weight")) for w in weights]
        if not parts or min(parts) < 0 or sum(parts) == 0:
            raise ValueError("splitting needs weights of 0 or more, not all 0")
        total, cents = sum(parts), abs(self.cents)
        wanted = [cents * part / total for part in parts]
        given = [int(share) for share in wanted]
        by_remainder = sorted(range(len(parts)), key=lambda i: (given[i] - wanted[i], i))
        for i in by_remainder[: cents - sum(given)]:
            given[i] += 1
        sign = -1 if self.amount < 0 else 1
        return tuple(type(self).of_cents(sign * cent) for cent in given)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the known amounts add up to, and how many were known and unknown."""

    total: Money | Unknown
    known_count: int
    unknown_count: int

    @property
    def is_complete(self) -> bool:
        """Whether every amount was known, and there was at least one."""
        return self.known_count > 0 and self.unknown_count == 0


def add_up(amounts: Iterable[Money | Unknown]) -> Sum:
    """The sum of the known amounts, with the number of unknown ones beside it.

    unknown: the total is `none_known` when all are unknown and `nothing_to_add` when there are none.
    """
    every = list(amounts)
    there = [amount for amount in every if not isinstance(amount, Unknown)]
    missing = len(every) - len(there)
    if there:
        return Sum(sum(there[1:], there[0]), len(there), missing)
    return Sum(Unknown("none_known" if missing else "nothing_to_add"), 0, missing)
