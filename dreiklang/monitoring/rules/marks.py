"""Official signs: what a source writes in place of a number, or beside it, by its legend of that day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from dreiklang.core.reading import Notation, read_number
from dreiklang.core.tables import Value
from dreiklang.core.values import Unknown

from .values import MarkMeaning, Refused

# These stand beside a number and say how to take it; all others stand in its place.
BESIDE = frozenset(
    {
        MarkMeaning.LIMITED,
        MarkMeaning.PRELIMINARY,
        MarkMeaning.REVISED,
        MarkMeaning.ESTIMATED,
        MarkMeaning.FINAL,
        MarkMeaning.BREAK,
    }
)
BRACKETS = "()"
ZERO = "0"
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)")
_MINUS = re.compile("[\u2212\u2013](?=\\d)")
_LETTERS = re.compile(
    r"(?P<number>[^A-Za-z|]*\d[^A-Za-z|]*?)[\s,]*(?P<letters>[A-Za-z|](?:[\s,]*[A-Za-z|])*)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign of one source: `also` are other ways to type it. `valid_to` is its last day, both ends may be open."""

    provider: str
    mark: str
    meaning: MarkMeaning
    words: str
    valid_from: date | None = None
    valid_to: date | None = None
    also: tuple[str, ...] = ()
    source: str = ""

    def holds(self, on: date) -> bool:
        """Whether the sign is in use on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Legend:
    """The signs of one source on one day, by how they are typed. An empty legend knows no sign at all."""

    provider: str = ""
    alone: Mapping[str, Mark] = field(default_factory=dict)
    beside: Mapping[str, Mark] = field(default_factory=dict)


class ReadValue(NamedTuple):
    """What a cell says.

    value       the number, exact, with the decimals written; None where a sign stands in its place
    mark        the sign, in the spelling of the legend
    qualifiers  letters beside the number, without blanks
    words       the cell as written, only where it cannot be written again from value and mark
    meaning     of the sign; None for a bare number. With more than one sign, of the first
    """

    value: Decimal | None
    mark: str = ""
    qualifiers: str = ""
    words: str = ""
    meaning: MarkMeaning | None = None


def legend_on(marks: Iterable[Mark], *, provider: str, on: date) -> Legend:
    """The legend of a source on the day it published.

    Raises: ValueError if two signs of one spelling hold at once: the shipped list would say two things.
    """
    alone: dict[str, Mark] = {}
    beside: dict[str, Mark] = {}
    for mark in marks:
        if mark.provider == provider and mark.holds(on):
            known = beside if mark.meaning in BESIDE else alone
            for spelling in (mark.mark, *mark.also):
                if spelling in known:
                    raise ValueError(f"{provider}: {spelling!r} stands twice in the legend of {on}")
                known[spelling] = mark
    return Legend(provider, alone, beside)


def read_value(text: str, *, legend: Legend, notation: Notation | None = None) -> ReadValue | Refused | None:
    """What a cell of text says; None for an empty one, which is no value at all.

    A sign is never a number: "-" is what the legend calls it, with no value. A zero by a legend that has "0" as a
    sign keeps both. "(12)" is a number in brackets, not a negative one.
    Refused: `unknown_sign`, `not_a_number`, `ambiguous_number` ("1.234" without a notation).
    """
    plain = text.strip()
    if not plain:
        return None
    if _PLAIN.fullmatch(plain):
        return _number(Decimal(plain), text, legend, notation)
    if plain != ZERO and (mark := legend.alone.get(plain)):
        return ReadValue(None, mark.mark, "", "" if text == mark.mark else text, mark.meaning)
    if plain[0] == "(" and plain[-1] == ")":
        return _qualified(plain[1:-1].strip(), [BRACKETS], text, legend, notation)
    if letters := _LETTERS.fullmatch(plain):
        signs = re.findall(r"[A-Za-z|]", letters["letters"])
        if all(sign in legend.beside for sign in signs):
            return _qualified(letters["number"].strip(), signs, text, legend, notation)
    return _bare(plain, text, legend, notation)


def read_cell(
    value: Value, *, legend: Legend, notation: Notation | None = None
) -> ReadValue | Refused | None:
    """As `read_value`, for a cell of any sort: numbers of a workbook count with their 15 digits."""
    if value is None or isinstance(value, str):
        return read_value(value or "", legend=legend, notation=notation)
    number = read_number(value)
    if not isinstance(number, Decimal):
        return Refused("not_a_number", str(value))
    return _number(number, _rebuilt(number, "", Notation.GERMAN), legend, Notation.GERMAN)


def with_quality(read: ReadValue | None, quality: str, *, legend: Legend) -> ReadValue | Refused | None:
    """A value with what a column of quality signs says of it.

    A sign in place of a number says more than the column: its meaning stays. Refused: `unknown_sign`.
    """
    letters = quality.strip()
    if read is None or not letters:
        return read
    mark = legend.beside.get(letters) or legend.alone.get(letters)
    if mark is None:
        return Refused("unknown_sign", quality)
    return read._replace(qualifiers=letters, meaning=read.meaning or mark.meaning)


def written(read: ReadValue | None, *, notation: Notation = Notation.GERMAN) -> str:
    """A value as its source wrote it."""
    if read is None:
        return ""
    return read.words or _rebuilt(read.value, read.mark, notation)


def unknown_of(read: ReadValue) -> Decimal | Unknown:
    """The value as rules calculate with it. unknown: by what the sign means, with the sign as its words.

    "-" is unknown here too, as `nothing_there`: only somebody who knows the table may say that it is zero.
    """
    if read.value is not None:
        return read.value
    reason = str(read.meaning or MarkMeaning.UNKNOWN)
    return Unknown("not_delivered" if reason == MarkMeaning.UNKNOWN else reason, read.mark)


def shipped_marks_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """The signs in the shipped list, as YAML gives them. Raises: KeyError, ValueError for what is no sign."""
    return tuple(
        Mark(
            provider=provider,
            mark=str(one["mark"]),
            meaning=MarkMeaning(one["meaning"]),
            words=one["words"],
            valid_from=one.get("valid_from"),
            valid_to=one.get("valid_to"),
            also=tuple(one.get("also", ())),
            source=one["source"],
        )
        for one in entries
        for provider in one["providers"]
    )


def _bare(plain: str, text: str, legend: Legend, notation: Notation | None) -> ReadValue | Refused:
    number = _read(plain, text, notation)
    return number if isinstance(number, Refused) else _number(number, text, legend, notation)


def _read(plain: str, text: str, notation: Notation | None) -> Decimal | Refused:
    """The number in a text without signs. Negative ones begin with a minus, other ways to write them are refused."""
    plain = _MINUS.sub("-", plain)
    if not re.search(r"\d", plain):
        # A word is no number; a sign that the legend lacks is one that nobody may interpret.
        return Refused("not_a_number" if len(plain) > 3 else "unknown_sign", text)
    if plain.endswith("-") or plain.startswith("("):
        return Refused("not_a_number", text)
    number = read_number(plain, notation=notation)
    if isinstance(number, Decimal):
        return number
    return Refused("unknown_sign" if isinstance(number, Unknown) else number.code, text)


def _qualified(
    inner: str, signs: list[str], text: str, legend: Legend, notation: Notation | None
) -> ReadValue | Refused:
    if any(sign not in legend.beside for sign in signs):
        return Refused("unknown_sign", text)
    number = _read(inner, text, notation)
    if isinstance(number, Refused):
        return number
    mark = legend.beside[signs[0]]
    in_brackets = signs == [BRACKETS]
    return ReadValue(
        number, mark.mark if in_brackets else "", "" if in_brackets else "".join(signs), text, mark.meaning
    )


def _number(number: Decimal, text: str, legend: Legend, notation: Notation | None) -> ReadValue:
    if number.is_zero():
        number = abs(number)  # no store keeps the sign of a zero; the words do
    zero = legend.alone.get(ZERO) if number.is_zero() else None
    is_kept = text == _rebuilt(number, "", notation or Notation.GERMAN)
    return ReadValue(
        number,
        mark=zero.mark if zero else "",
        words="" if is_kept else text,
        meaning=zero.meaning if zero else None,
    )


def _rebuilt(value: Decimal | None, mark: str, notation: Notation) -> str:
    if value is None:
        return mark
    text = f"{value:f}"
    return text.replace(".", ",") if notation is Notation.GERMAN else text


class ValueCache(dict[str, ReadValue | Refused | None]):
    """What each text of a file says, read once: a table of statistics has few different ones."""

    def __init__(self, *, legend: Legend, notation: Notation | None) -> None:
        super().__init__()
        self.legend = legend
        self._notation = notation
        # Nothing needs looking at: no zero, no sign, no group of thousands.
        decimals = {None: "", Notation.GERMAN: r"(?:,\d+)?", Notation.ENGLISH: r"(?:\.\d+)?"}[notation]
        self._usual = re.compile(rf"-?(?:[1-9]\d*{decimals}|0{decimals}(?<=[1-9]))")

    def __missing__(self, text: str) -> ReadValue | Refused | None:
        read: ReadValue | Refused | None
        if self._usual.fullmatch(text):
            read = ReadValue(Decimal(text.replace(",", ".")))
        else:
            read = read_value(text, legend=self.legend, notation=self._notation)
        self[text] = read
        return read
