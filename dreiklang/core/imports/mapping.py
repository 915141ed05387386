"""From a city's own list to rows in our fields: which column means what, and the cells under it. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import FoundProblem, ListField, MappedRow
from dreiklang.core.tables import Cell, Table

LIKE_ENOUGH = 0.8
EMPTY = Cell()
_SEPARATORS = ("|", "\n", ";")


@dataclass(frozen=True)
class Plan:
    """What the user decided about a list, kept with the saved mapping.

    `columns`: our field → header of the file. `defaults`: field → text for empty or absent cells.
    `corrections`: field → text in the file → the text that was meant.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def suggested(fields: Sequence[ListField], columns: Sequence[str]) -> dict[str, str]:
    """Our field → column, each column at most once: by label, then by alias, then by likeness."""
    free = {_plain(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for names_of in (_own_names, _aliases):
        for one in fields:
            name = next((n for n in map(_plain, names_of(one)) if n in free), None)
            if one.name not in found and name is not None:
                found[one.name] = free.pop(name)
    for one in fields:
        if one.name not in found and (name := _likest(one, free)):
            found[one.name] = free.pop(name)
    return {one.name: found[one.name] for one in fields if one.name in found}


def unmapped(plan: Plan, table: Table) -> tuple[str, ...]:
    """Columns of the file that mean none of our fields; their content is kept as a note."""
    used = set(plan.columns.values())
    return tuple(column for column in table.columns if column not in used)


def plan_problems(plan: Plan, table: Table, fields: Sequence[ListField]) -> tuple[FoundProblem, ...]:
    """Why the mapping cannot be used: no key column, or a column that the file does not have."""
    keys = [one for one in fields if one.is_key]
    given = {*plan.columns, *plan.defaults}
    problems = [
        FoundProblem("column_absent", field=name, value=column)
        for name, column in plan.columns.items()
        if column not in table.columns
    ]
    if keys and not any(one.name in given for one in keys):
        problems.append(FoundProblem("key_column_missing", field=keys[0].name))
    return tuple(problems)


def mapped_rows(table: Table, plan: Plan, fields: Sequence[ListField]) -> list[MappedRow]:
    """The rows of the table in our fields, in order of the file.

    A cell with an error (#REF!, a formula without result) is left out and noted: it must not empty a field.
    """
    known = [one for one in fields if one.name in plan.columns or one.name in plan.defaults]
    readers = [(one, plan.columns.get(one.name), _corrector(one, plan)) for one in known]
    rest = unmapped(plan, table)
    return [_mapped(row.number, row.cells, readers, plan.defaults, rest) for row in table.rows]


def parts(value: Any) -> tuple[str, ...]:
    """The parts of a cell that holds several things: separated by |, lines or semicolons."""
    text = as_text(value)
    separator = next((s for s in _SEPARATORS if s in text), None)
    found = [text] if separator is None else text.split(separator)
    return tuple(part.strip() for part in found if part.strip())


def as_text(value: Any) -> str:
    """A cell's value as one would type it; 61.0 from a spreadsheet is 61."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def as_json(value: Any) -> Any:
    """A cell's value as JSON keeps it."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value) if isinstance(value, Decimal) else as_text(value)


def _mapped(
    number: int,
    row: Mapping[str, Cell],
    readers: Sequence[tuple[ListField, str | None, Callable[[Any], Any] | None]],
    defaults: Mapping[str, str],
    rest: Sequence[str],
) -> MappedRow:
    cells: dict[str, Any] = {}
    problems: list[FoundProblem] = []
    for one, column, correct in readers:
        cell = row.get(column or "", EMPTY)
        if cell.problem:
            weight = Weight.ERROR if one.is_required else Weight.WARNING
            problems.append(FoundProblem(cell.problem, number, one.name, cell.text, weight))
            continue
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        if value is None and one.name in defaults:
            value = defaults[one.name]
        cells[one.name] = value if correct is None or value is None else correct(value)
    extra = {name: as_json(row[name].value) for name in rest if name in row and row[name].value is not None}
    return MappedRow(number, cells, extra, tuple(problems))


def _corrector(one: ListField, plan: Plan) -> Callable[[Any], Any] | None:
    meant = plan.corrections.get(one.name)
    if not meant:
        return None

    def correct(value: Any) -> Any:
        text = as_text(value)
        if text in meant:
            return meant[text]
        if one.is_multiple and any(part in meant for part in parts(text)):
            return "|".join(meant.get(part, part) for part in parts(text))
        return value

    return correct


def _own_names(one: ListField) -> tuple[str, ...]:
    return (one.label, one.name)


def _aliases(one: ListField) -> tuple[str, ...]:
    return one.aliases


def _likest(one: ListField, free: Mapping[str, str]) -> str:
    names = [_plain(name) for name in (one.label, *one.aliases)]
    rated = [(max(_likeness(name, column) for name in names), column) for column in free]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= LIKE_ENOUGH else ""


def _likeness(name: str, column: str) -> float:
    if min(len(name), len(column)) < 4:
        return 0.0
    return SequenceMatcher(None, name, column).ratio()


def _plain(name: str) -> str:
    """A header without case, umlauts, brackets and signs."""
    text = name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\(.*?\)", "", text)) or text
