"""Cells that lists of indicators have in common: numbers, units, rhythms, areas; read into values and written again."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dreiklang.core.imports.contract import ListField, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.reading import Notation, Refused, read_number
from dreiklang.core.tables.write import Column, Written
from dreiklang.core.text import german
from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.rules.units import shipped_units, unit_of

_NOTATIONS = {"de": Notation.GERMAN, "en": Notation.ENGLISH}
# How a list calls the whole city; an empty cell is the city, too.
CITY = "Stadt"
MOST_DIGITS = 16


def number(draft: Draft, name: str, options: Options, *, before_comma: int = MOST_DIGITS) -> Decimal | None:
    """The number in a cell, kept as text so that it stays exact; an empty cell clears the field.

    Refused is what has more digits before the comma than the field of the table.
    """
    if not draft.has(name):
        return None
    found = read_number(draft.row.cells[name], notation=_NOTATIONS.get(options.numbers))
    if isinstance(found, Refused):
        draft.note(found.code, name)
        return None
    value = None if isinstance(found, Unknown) else found
    if value is not None and value.adjusted() >= before_comma:
        draft.note("number_too_large", name)
        return None
    draft.set(name, None if value is None else plain_number(value))
    return value


def plain_number(value: Decimal) -> str:
    """A number in one way, however many zeros it was stored with."""
    return f"{value.normalize():f}" if value else "0"


def whole(draft: Draft, name: str, *, least: int, most: int) -> None:
    """A whole number between two ends; an empty cell clears the field."""
    if not draft.has(name):
        return
    text = draft.cell(name)
    if not text:
        draft.set(name, None)
    elif text.isdecimal() and least <= int(text) <= most:
        draft.set(name, int(text))
    else:
        draft.note("not_a_whole_number", name)


def unit(draft: Draft, name: str) -> None:
    """The code of a unit written as code, name or sign; an unknown one refuses the row."""
    if not draft.has(name):
        return
    text = draft.cell(name)
    found = unit_of(text) if text else None
    if isinstance(found, Unknown):
        draft.note("unknown_unit", name)
    else:
        draft.set(name, found.code if found else "")


def rhythm(draft: Draft, name: str) -> None:
    """The code of a rhythm in words ("jährlich"), as code or as address of the EU's list."""
    if not draft.has(name):
        return
    text = draft.cell(name)
    found = shipped_vocabularies()["frequency"].find(text) if text else None
    if text and found is None:
        draft.unknown_word(name, text, rhythm_words().values())
    else:
        draft.set(name, found.code if found else "")


def rhythm_words() -> dict[str, str]:
    """Code → words of every rhythm."""
    return {one.code: one.name for one in shipped_vocabularies()["frequency"].entries if one.is_active}


def unit_words() -> dict[str, str]:
    """Code → name of every unit."""
    return {code: one.name for code, one in shipped_units().by_code.items()}


def region(draft: Draft, name: str, areas: Lookup, *, city_keys: Sequence[str]) -> str:
    """The label of the area a row is about; empty for the whole city, also where its official key stands."""
    text = draft.cell(name)
    if not draft.has(name) or not text or text == CITY or text in city_keys:
        draft.set(name, "")
        return ""
    return draft.reference(name, areas, code="unknown_area") or ""


def words_of(labels: Mapping[Any, Any]) -> dict[str, str]:
    """The words and the codes of a closed list, for `Draft.choice`."""
    return {german(label): code.value for code, label in labels.items()} | {
        code.value: code.value for code in labels
    }


def written(
    fields: Sequence[ListField],
    records: Sequence[Mapping[str, Any]],
    *,
    words: Mapping[str, Mapping[str, str]],
    numbers: Sequence[str] = (),
    days: Sequence[str] = (),
) -> tuple[list[Column], list[tuple[Written, ...]]]:
    """The list as its own importer reads it: the columns of its template, and a row for each record.

    `words` says for fields of closed lists what stands for a code; `numbers` and `days` are kept as text in `records`.
    """

    def cell(name: str, value: Any) -> Written:
        if value is None or value == "":
            return None
        if name in words:
            return str(words[name].get(value, value))
        if name in numbers:
            return Decimal(value)
        if name in days:
            return date.fromisoformat(value)
        kept: Written = value
        return kept

    columns = [Column(one.label, one.hint, one.example) for one in fields]
    return columns, [tuple(cell(one.name, record.get(one.name)) for one in fields) for record in records]
