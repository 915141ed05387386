"""Numbers as Germans, the English, the Swiss and spreadsheets write them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from math import isfinite

from dreiklang.core.values import Share, Unknown

from .result import Refused, not_stated, tidy


class Notation(StrEnum):
    """Which sign separates the decimals."""

    GERMAN = "german"  # 1.234,56
    ENGLISH = "english"  # 1,234.56


NUMBER = r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_SIGNED = re.compile(rf"(?P<minus>-|\()? ?\+? ?(?P<digits>{NUMBER})(?P<after> ?-)?\)?")
_FIND = re.compile(rf"(?<![\d.,])(?:{NUMBER})(?![\d])")
_PERCENT = re.compile(r"(.*\S) ?(?:%|v\. ?h\.|prozent)", re.IGNORECASE)

Readable = str | int | float | Decimal | object | None


def read_number(value: Readable, *, notation: Notation | None = None) -> Decimal | Unknown | Refused:
    """The number written, exact.

    "1.234" alone could be either notation: declare it, or take it from the column with `detect_notation`.
    Numbers of spreadsheets count with their 15 digits.
    unknown: `not_stated` for empty cells and signs like "-" or "k. A.".
    """
    missing = not_stated(value)
    if missing is not None:
        return missing
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return Refused("not_a_number", str(value))
    if not isinstance(value, str):
        return _spreadsheet_number(value)
    match = _SIGNED.fullmatch(tidy(value))
    if not match or (match["minus"] and match["after"]):
        return Refused("not_a_number", value)
    number = unsigned(match["digits"], notation)
    if number is None:
        return Refused("not_a_number", value)
    if number == "ambiguous":
        return Refused("ambiguous_number", value)
    assert isinstance(number, Decimal)  # noqa: S101 - checked above
    return -number if match["minus"] or match["after"] else number


def read_share(
    value: Readable, *, notation: Notation | None = None, bare_is_percent: bool | None = None
) -> Share | Unknown | Refused:
    """The share written: "75 %" is 0.75, and so is the 0.75 behind a percentage in a spreadsheet.

    A bare number in text needs `bare_is_percent` to be declared. unknown: as `read_number`.
    """
    percent = _PERCENT.fullmatch(tidy(value)) if isinstance(value, str) else None
    number = read_number(percent.group(1) if percent else value, notation=notation)
    if not isinstance(number, Decimal):
        return Refused(number.code, str(value)) if isinstance(number, Refused) else number
    if not percent and isinstance(value, str) and bare_is_percent is None:
        return Refused("unit_missing", value)
    share = number / 100 if percent or bare_is_percent else number
    return Share(share) if 0 <= share <= 1 else Refused("not_a_share", str(value))


def detect_notation(cells: Iterable[object]) -> Notation | None:
    """The notation of a column, from its unambiguous numbers; None when there are none or they disagree."""
    found = {
        sign
        for cell in cells
        if isinstance(cell, str)
        for digits in _FIND.findall(tidy(cell))
        if (sign := _notation_of(digits)) is not None
    }
    return found.pop() if len(found) == 1 else None


def unsigned(digits: str, notation: Notation | None) -> Decimal | str | None:
    """The number in bare digits with separators: a Decimal, "ambiguous", or None if the groups are wrong."""
    grouped = re.sub(r"(?<=\d)[ '’](?=\d{3})", "", digits)
    had_groups = grouped != digits
    signs = re.findall("[.,]", grouped)
    if not signs:
        return Decimal(grouped)
    decimal = _decimal_sign(grouped, signs, notation, had_groups)
    if decimal == "ambiguous":
        return "ambiguous"
    whole, _, fraction = grouped.partition(decimal) if decimal else (grouped, "", "")
    if decimal and re.search("[.,]", fraction):
        return None
    if re.search("[.,]", whole) and (had_groups or not re.fullmatch(r"[1-9]\d{0,2}([.,]\d{3})+", whole)):
        return None
    return Decimal(re.sub("[.,]", "", whole) + ("." + fraction if fraction else ""))


def _decimal_sign(digits: str, signs: list[str], notation: Notation | None, had_groups: bool) -> str:
    """Which sign separates the decimals in these digits; empty text when all of them group."""
    if len(set(signs)) == 2:
        return signs[-1]
    sign = signs[0]
    if len(signs) > 1:
        return ""
    before, _, after = digits.partition(sign)
    if had_groups or len(after) != 3 or len(before) > 3 or before.startswith("0"):
        return sign
    if notation is None:
        return "ambiguous"
    return sign if (sign == ",") == (notation is Notation.GERMAN) else ""


def _notation_of(digits: str) -> Notation | None:
    """What one number says about the notation of its column."""
    grouped = re.sub(r"(?<=\d)[ '’](?=\d{3})", "", digits)
    signs = re.findall("[.,]", grouped)
    if not signs or unsigned(digits, Notation.GERMAN) is None:
        return None
    decimal = _decimal_sign(grouped, signs, None, grouped != digits)
    if decimal == "ambiguous":
        return None
    comma_is_decimal = decimal == "," if decimal else signs[0] == "."
    return Notation.GERMAN if comma_is_decimal else Notation.ENGLISH


def _spreadsheet_number(value: float | Decimal) -> Decimal | Refused:
    if not isfinite(value):
        return Refused("not_a_number", str(value))
    return Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
