"""A stretch of days, open at either end if need be."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from .unknown import Unknown


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included; None is an open end.

    `words` keeps what the source wrote ("Frühjahr 2016"). Two periods are equal when their days are.
    """

    start: date | None
    end: date | None
    words: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if day is not None and type(day) is not date:
                raise TypeError("a period is made of days, not of instants")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def day(cls, day: date, words: str = "") -> Self:
        """One single day."""
        return cls(day, day, words)

    @classmethod
    def month(cls, year: int, month: int, words: str = "") -> Self:
        """One month."""
        return cls.months(year, month, 1, words)

    @classmethod
    def quarter(cls, year: int, quarter: int, words: str = "") -> Self:
        """Quarter 1 to 4 of a year."""
        return cls.months(year, _one_of(quarter, 4, "quarter") * 3 - 2, 3, words)

    @classmethod
    def half_year(cls, year: int, half: int, words: str = "") -> Self:
        """Half 1 or 2 of a year."""
        return cls.months(year, _one_of(half, 2, "half-year") * 6 - 5, 6, words)

    @classmethod
    def year(cls, year: int, words: str = "") -> Self:
        """One calendar year."""
        return cls.months(year, 1, 12, words)

    @classmethod
    def months(cls, year: int, first_month: int, count: int, words: str = "") -> Self:
        """`count` whole months from the first one on; may run into later years."""
        start = date(year, first_month, 1)
        if count < 1:
            raise ValueError("a period has at least one month")
        years, last = divmod(first_month + count - 2, 12)
        return cls(start, date(year + years, last + 1, monthrange(year + years, last + 1)[1]), words)

    @property
    def days(self) -> int | Unknown:
        """The number of days, both ends counted. unknown: `open_period` when an end is open."""
        if self.start is None or self.end is None:
            return Unknown("open_period", self.words)
        return (self.end - self.start).days + 1

    @property
    def is_open(self) -> bool:
        """Whether at least one end is open."""
        return self.start is None or self.end is None

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether both share at least one day."""
        return self.common(other) is not None

    def common(self, other: "Period") -> "Period | None":
        """The days both share, or None."""
        start = max((day for day in (self.start, other.start) if day), default=None)
        end = min((day for day in (self.end, other.end) if day), default=None)
        return None if start and end and end < start else Period(start, end)

    def __iter__(self) -> Iterator[date]:
        """Every day, in order. Raises: ValueError if an end is open."""
        if self.start is None or self.end is None:
            raise ValueError("the days of an open period have no end")
        first = self.start
        return (first + timedelta(days=n) for n in range((self.end - first).days + 1))


def _one_of(number: int, largest: int, what: str) -> int:
    if not 1 <= number <= largest:
        raise ValueError(f"there is no {what} {number}")
    return number
