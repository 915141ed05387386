"""Heads of columns: in one to three rows, with groups above several columns and times in their words."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from unicodedata import normalize

from dreiklang.core.tables import Value

from .layout_values import ColumnHead
from .periods import TimeSpan, read_time
from .values import Refused

Numbered = tuple[int, list[Value]]

# A year, or a day as people write it.
_YEAR = re.compile(r"(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d\d")
_TIME_IN_HEAD = re.compile(
    r"(?<!\d)(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d)(?!\d)"
)
_AROUND_TIME = re.compile(r"[\s_,;:()-]+$|^[\s_,;:()-]+|\s+(?:am|zum|im Jahr|in)\s*$")
_ZERO_IN_FRONT = re.compile(r"0\d+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def text_of(value: Value) -> str:
    """A cell as text, with single blanks and letters in one sign ("ü", not "u" and two dots); days in ISO form."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(normalize("NFC", str(value)).split())


def is_year_head(values: Sequence[Value], above: Sequence[Numbered]) -> bool:
    """Whether the numbers of a row are times in its heads: nothing but years or days, under no row that is as filled."""
    texts = [text for value in values if (text := text_of(value))]
    numbers = [text for text in texts if text[0].isdigit()]
    if not numbers or not all(_YEAR.fullmatch(text) for text in numbers):
        return False
    fullest = max((sum(bool(text_of(value)) for value in row) for _, row in above), default=0)
    return fullest < len(texts)


def columns_of(
    heads: Sequence[Numbered], body: Sequence[Numbered], merged: frozenset[tuple[int, int]]
) -> tuple[ColumnHead, ...]:
    """The heads of all columns that have a head or a value."""
    width = max(len(values) for _, values in (*heads, *body))
    names = _names(heads, width, merged)
    columns = []
    for index, (name, group) in enumerate(names):
        cells = [text for _, values in body if index < len(values) and (text := text_of(values[index]))]
        if name or group or cells:
            columns.append(_head(index, name, group, is_key=_is_key(cells)))
    return tuple(columns)


def _head(index: int, name: str, group: str, *, is_key: bool) -> ColumnHead:
    """A head with its time: its own, else that of the group above ("2022" over "männlich" and "weiblich")."""
    period, words = _time_in(name)
    if period is None:
        period, above = _time_in(group)
        if period and not above:
            return ColumnHead(index, f"{group} · {name}", "", period, name, is_key)
        group = above
    return ColumnHead(index, name, group, period, words, is_key)


def _names(
    heads: Sequence[Numbered], width: int, merged: frozenset[tuple[int, int]]
) -> list[tuple[str, str]]:
    """Name and group of each column. A head with nothing below it in the last row stands for its column alone."""
    number, last = heads[-1]
    names: list[tuple[str, str]] = []
    group = ""
    for index in range(width):
        own = _at(last, index)
        above = " ".join(filter(None, (_at(values, index) for _, values in heads[:-1])))
        if not own and above:
            group = ""
            names.append((above, ""))
        elif not own and (number, index) in merged and index:
            names.append(names[-1])
        else:
            group = above or (group if own else "")
            names.append((own, group))
    return names


def _at(values: Sequence[Value], index: int) -> str:
    return text_of(values[index]) if index < len(values) else ""


def _is_key(cells: Sequence[str]) -> bool:
    """Keys begin with zeros; words have letters. A few words in a column of numbers are mistakes, not keys."""
    if any(_ZERO_IN_FRONT.fullmatch(text) for text in cells):
        return True
    return sum(bool(_LETTERS.search(text)) for text in cells) * 2 > len(cells)


def _time_in(name: str) -> tuple[TimeSpan | None, str]:
    """The one time a head names, and the head without it; a head with several times names none."""
    found = _TIME_IN_HEAD.findall(name)
    if len(found) != 1:
        return None, name
    span = read_time(found[0])
    if isinstance(span, Refused):
        return None, name
    return span, _AROUND_TIME.sub("", _AROUND_TIME.sub("", name.replace(found[0], " ").strip())).strip()
