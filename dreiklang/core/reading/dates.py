"""Single days as people and spreadsheets write them."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from dreiklang.core.values import Unknown

from .result import Refused, not_stated, tidy

_MONTHS = {
    "jan": 1, "feb": 2, "mär": 3, "mae": 3, "mrz": 3, "mar": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip
MONTH = (
    r"(?:januar|jänner|februar|märz|maerz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|january|february|march|may|june|july|october|december"
    r"|(?:jan|feb|mär|mrz|mar|apr|jun|jul|aug|sept|sep|okt|oct|nov|dez|dec)\b\.?)"
)
_GERMAN = re.compile(
    r"(?:(?:mo|di|mi|do|fr|sa|so)\.?,? )?(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})", re.IGNORECASE
)
_SPOKEN = re.compile(rf"(\d{{1,2}})\.? ?({MONTH}) ?(\d{{4}})", re.IGNORECASE)
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_FIRST_SERIAL, _LAST_SERIAL = 61, 73_050  # 1 March 1900 (before it spreadsheets count wrong) to 2099
_EPOCH = date(1899, 12, 30)
_LAST_TWO_DIGIT_YEAR = 69  # 69 is 2069, 70 is 1970


class Order(StrEnum):
    """How a list writes days with slashes. Dots and hyphens need no declaration."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def read_date(
    value: object, *, slashes: Order | None = None, serials_are_days: bool = False
) -> date | Unknown | Refused:
    """The day written.

    12/31/2025 is read only where `slashes` says how, 45292 only where `serials_are_days`.
    unknown: `not_stated` for empty cells and signs like "-".
    """
    missing = not_stated(value)
    if missing is not None:
        return missing
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_serial(value) if serials_are_days else Refused("number_as_date", str(value))
    if not isinstance(value, str):
        return Refused("not_a_day", str(value))
    return _of_text(value, slashes)


def month_number(word: str) -> int:
    """The month a German or English name or its abbreviation stands for, 1 to 12."""
    return 1 if word.lower().startswith("jän") else _MONTHS[word.lower()[:3]]


def full_year(digits: str) -> int:
    """The year of four digits, or of two: up to 69 in this century, from 70 in the last."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year <= _LAST_TWO_DIGIT_YEAR else 1900)


def _of_text(value: str, slashes: Order | None) -> date | Refused:
    words = tidy(value)
    if match := _GERMAN.fullmatch(words):
        return _day(full_year(match[3]), int(match[2]), int(match[1]), value)
    if match := _ISO.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]), value)
    if match := _SPOKEN.fullmatch(words):
        return _day(int(match[3]), month_number(match[2]), int(match[1]), value)
    if match := _SLASHED.fullmatch(words):
        if slashes is None:
            return Refused("other_notation", value)
        first, second, year = int(match[1]), int(match[2]), full_year(match[3])
        day, month = (first, second) if slashes is Order.DAY_FIRST else (second, first)
        return _day(year, month, day, value)
    return Refused("not_a_day", value)


def _day(year: int, month: int, day: int, written: str) -> date | Refused:
    try:
        return date(year, month, day)
    except ValueError:
        return Refused("no_such_day", written)


def _of_serial(value: float) -> date | Refused:
    if not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return Refused("number_as_date", str(value))
    return _EPOCH + timedelta(days=int(value))
