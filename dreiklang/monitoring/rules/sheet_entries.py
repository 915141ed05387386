"""What people write into a grant sheet by hand: only where nothing is known, and in the unit of the row."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dreiklang.core.reading import Notation, read_number
from dreiklang.core.values import Unknown

from .sheets import FilledRow, Row, Sheet
from .values import Refused

LONGEST = 2_000


def read_entry(row: Row, written: str, *, is_german: bool) -> Decimal | str | Unknown | Refused:
    """What somebody wrote for a row: a number in its unit, or words.

    unknown: `to_enter` where nothing was written. Refused: `not_a_number`, `ambiguous_number`, `too_long`.
    """
    text = written.strip()
    if not text:
        return Unknown("to_enter")
    if len(text) > LONGEST:
        return Refused("too_long", text[:60])
    if not row.unit:
        return text
    found = read_number(text, notation=Notation.GERMAN if is_german else Notation.ENGLISH)
    if isinstance(found, Decimal):
        return found
    return found if isinstance(found, Unknown) else Refused(found.code, text)


def with_entries(sheet: Sheet, entries: Mapping[str, Decimal | str], *, rests_on: str) -> Sheet:
    """The sheet with entries by the key of their row. What is known from data stays: nobody overwrites a figure."""
    return Sheet(sheet.layout, tuple(_with_entry(row, entries, rests_on) for row in sheet.rows))


def _with_entry(row: FilledRow, entries: Mapping[str, Decimal | str], rests_on: str) -> FilledRow:
    entry = entries.get(row.row.key)
    if (
        entry is None
        or not isinstance(row.value, Unknown)
        or isinstance(entry, Decimal) != bool(row.row.unit)
    ):
        return row
    return replace(row, value=entry, rests_on=rests_on, is_estimate=False)
