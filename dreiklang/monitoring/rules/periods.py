"""The time a value is about: a day, or a stretch from its first to its last day."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from dreiklang.core.reading import ReadPeriod, read_period

from .values import Refused

_YEAR = r"(?:1[89]|20|21)\d\d"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ONE_YEAR = re.compile(rf"({_YEAR})")
_MONTH = re.compile(rf"({_YEAR})-(0[1-9]|1[0-2])|(0[1-9]|1[0-2])/({_YEAR})")
_QUARTER = re.compile(rf"({_YEAR})-?Q([1-4])|([1-4])\. ?(?:Quartal|Vj\.?) ({_YEAR})|Q([1-4])[ /-]({_YEAR})")
_HALF = re.compile(rf"({_YEAR})-?(?:H|S)([12])|([12])\. ?(?:Halbjahr|Hj\.?) ({_YEAR})")
_TWO_YEARS = re.compile(
    rf"(?P<name>WS|WiSe|Wintersemester|SS|SoSe|Sommersemester|Schuljahr|Wirtschaftsjahr)?\s*"
    rf"(?P<first>{_YEAR})(?:\s?[/-]\s?(?P<second>\d\d(?:\d\d)?))?"
)
_WINTER = {"WS", "WiSe", "Wintersemester"}
_SUMMER = {"SS", "SoSe", "Sommersemester"}

# What GENESIS calls the sort of its time column, and the ways to write it that may stand there. A code that is not
# here is not guessed at: its rows are refused and the list grows with the first file that has it.
TIME_CODES = {
    "JAHR": ("year",),
    "STAG": ("day",),
    "MONAT": ("month",),
    "SMONAT": ("month",),
    "QUARTG": ("quarter",),
    "SEMEST": ("semester",),
    "SJAHR": ("school_year",),
    "WIRTJ": ("two_years",),
    "HALBJ": ("half",),
}
# Part of a year as an axis of its own, beside a column of years: variable, and what its codes look like.
_PARTS = {
    "MONAT": (re.compile(r"MONAT(0[1-9]|1[0-2])"), 1),
    "QUARTG": (re.compile(r"QUART([1-4])"), 3),
}


class TimeSpan(NamedTuple):
    """A stretch of time. A reference date (Stichtag) starts and ends on its day.

    time_code  what the source calls this sort of time, empty if it says nothing
    words      as written
    """

    starts_on: date
    ends_on: date
    time_code: str = ""
    words: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is a reference date."""
        return self.starts_on == self.ends_on


def read_time(text: str, *, time_code: str = "") -> TimeSpan | Refused:
    """The time written, in the form its code demands; without a code in any form that is clear by itself.

    Refused: `unknown_period` for what cannot be read or a code nobody knows, `ambiguous_period` for two years without
    a code ("2019/2020" may be a school year, a winter term or two years).
    """
    words = text.strip()
    if time_code and time_code not in TIME_CODES:
        return Refused("unknown_period", f"{time_code} {text}")
    forms = TIME_CODES[time_code] if time_code else ("day", "year", "month", "quarter", "half", "semester")
    for form in forms:
        ends = _FORMS[form](words)
        if ends is not None:
            return TimeSpan(*ends, time_code, text)
    if time_code:
        return Refused("unknown_period", text)
    return _in_words(words, text)


def part_of_year(span: TimeSpan, *, variable: str, code: str) -> TimeSpan | None:
    """The month or quarter of a year that an axis of its own names; None if it names none."""
    known = _PARTS.get(variable)
    found = known[0].fullmatch(code) if known else None
    if known is None or found is None or span.starts_on.year != span.ends_on.year or span.is_day:
        return None
    months = known[1]
    last = int(found[1]) * months
    year = span.starts_on.year
    return TimeSpan(date(year, last - months + 1, 1), _month_end(year, last), span.time_code, span.words)


def _in_words(words: str, text: str) -> TimeSpan | Refused:
    two = _TWO_YEARS.fullmatch(words)
    if two and two["second"]:
        ends = _named_years(words)
        return TimeSpan(*ends, "", text) if ends else Refused("ambiguous_period", text)
    read = read_period(words)
    if not isinstance(read, ReadPeriod) or read.is_continuous or read.is_approximate:
        return Refused("unknown_period", text)
    starts_on, ends_on = read.period.start, read.period.end
    if starts_on is None or ends_on is None:
        return Refused("unknown_period", text)
    return TimeSpan(starts_on, ends_on, "", text)


def _day(words: str) -> tuple[date, date] | None:
    found = _DAY.fullmatch(words)
    if not found:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return on, on


def _year(words: str) -> tuple[date, date] | None:
    found = _ONE_YEAR.fullmatch(words)
    return (date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)) if found else None


def _month(words: str) -> tuple[date, date] | None:
    found = _MONTH.fullmatch(words)
    if not found:
        return None
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    return date(year, month, 1), _month_end(year, month)


def _quarter(words: str) -> tuple[date, date] | None:
    found = _QUARTER.fullmatch(words)
    if not found:
        return None
    year, number = int(found[1] or found[4] or found[6]), int(found[2] or found[3] or found[5])
    return date(year, number * 3 - 2, 1), _month_end(year, number * 3)


def _half(words: str) -> tuple[date, date] | None:
    found = _HALF.fullmatch(words)
    if not found:
        return None
    year, number = int(found[1] or found[4]), int(found[2] or found[3])
    return date(year, number * 6 - 5, 1), _month_end(year, number * 6)


def _semester(words: str) -> tuple[date, date] | None:
    """Winter terms from October to March, summer terms from April to September."""
    found = _TWO_YEARS.fullmatch(words)
    if not found or found["name"] not in _WINTER | _SUMMER:
        return None
    year = int(found["first"])
    if found["name"] in _SUMMER:
        return None if found["second"] else (date(year, 4, 1), date(year, 9, 30))
    return (date(year, 10, 1), date(year + 1, 3, 31)) if _is_next(found["second"], year) else None


def _school_year(words: str) -> tuple[date, date] | None:
    """From August to July. Without a second year it is not clear which of two is meant."""
    found = _TWO_YEARS.fullmatch(words)
    if (
        not found
        or found["name"] not in (None, "Schuljahr")
        or not _is_next(found["second"], int(found["first"]))
    ):
        return None
    return date(int(found["first"]), 8, 1), date(int(found["first"]) + 1, 7, 31)


def _two_years(words: str) -> tuple[date, date] | None:
    """A farming year, from July to June."""
    found = _TWO_YEARS.fullmatch(words)
    if not found or found["name"] not in (None, "Wirtschaftsjahr"):
        return None
    if not _is_next(found["second"], int(found["first"])):
        return None
    return date(int(found["first"]), 7, 1), date(int(found["first"]) + 1, 6, 30)


def _named_years(words: str) -> tuple[date, date] | None:
    """Two years whose name says which stretch is meant."""
    found = _TWO_YEARS.fullmatch(words)
    if not found or not found["name"]:
        return None
    return _semester(words) or _school_year(words) or _two_years(words)


def _is_next(second: str | None, first: int) -> bool:
    return second is not None and str(first + 1).endswith(second)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_FORMS: dict[str, Callable[[str], tuple[date, date] | None]] = {
    "day": _day,
    "year": _year,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "semester": _semester,
    "school_year": _school_year,
    "two_years": _two_years,
}
