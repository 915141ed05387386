"""What there is to share: money in a year, people in a period, programmes that exclude each other."""

from dataclasses import dataclass

from dreiklang.core.values import Money, Period, Unknown


@dataclass(frozen=True, slots=True)
class Budget:
    """What a source of money (`core.claims.MoneyNeed.source`) holds in a year.

    unknown: the amount, where nobody has said it; then nothing can be over it.
    """

    source: str
    year: int
    available: Money | Unknown


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two programmes that may not pay for the same thing (ban on double funding)."""

    source: str
    other: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """What an office can do in a period with both ends, in person-months over the whole period."""

    office: int
    period: Period
    person_months: float


@dataclass(frozen=True, slots=True)
class Supplies:
    """All of it, as one comparison needs it."""

    budgets: tuple[Budget, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    capacities: tuple[Capacity, ...] = ()


NO_SUPPLIES = Supplies()
