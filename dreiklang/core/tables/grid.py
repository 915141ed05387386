"""From rows of bare values to a Table: which row is the header, what the columns are called."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .table import EMPTY, ERROR_WORDS, CannotRead, Cell, Limits, Note, Row, Table, Value

_HEADER_WITHIN = 30
_LOOK_AHEAD = 50

Values = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled rows of a file with their numbers, before anything is known about a header.

    `merged` are the cells covered by a merge (row number, column index from 0), `unresolved` those whose
    formula has no stored result.
    """

    rows: list[tuple[int, Values]]
    merged: frozenset[tuple[int, int]] = frozenset()
    unresolved: frozenset[tuple[int, int]] = frozenset()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[Note, ...] = ()


def table_of(grid: Grid, *, limits: Limits, header_row: int | None) -> Table:
    """The table in a grid. Raises: CannotRead `empty` without any filled cell or where `header_row` is blank."""
    if not grid.rows:
        raise CannotRead("empty", "no_filled_cell")
    at = _header_index(grid.rows, header_row)
    number, header = grid.rows[at]
    body = grid.rows[at + 1 :]
    width = max(_filled_width(values) for _, values in grid.rows[at:])
    if width > limits.columns:
        raise CannotRead("too_large", "columns")
    names, notes = _names(header, body, width, number, grid.merged)
    if at > 0:
        notes.insert(0, Note("title_lines", str(at), number))
    if not body:
        notes.append(Note("no_rows"))
    rows = [_row(n, values, names, grid.unresolved) for n, values in body]
    return Table(
        columns=tuple(name for name in names if name is not None),
        rows=rows,
        header_row=number,
        sheet=grid.sheet,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        notes=(*grid.notes, *notes, *_cell_notes(rows, grid, number)),
    )


def is_filled(value: Value) -> bool:
    """Whether a bare value is more than blank."""
    return value is not None and not (isinstance(value, str) and not value.strip())


def _header_index(rows: list[tuple[int, Values]], wanted: int | None) -> int:
    if wanted is not None:
        for index, (number, _) in enumerate(rows):
            if number == wanted:
                return index
        raise CannotRead("empty", "header_row", line=wanted)
    for index, (_, values) in enumerate(rows[:_HEADER_WITHIN]):
        following = rows[index + 1 : index + 1 + _LOOK_AHEAD]
        if _looks_like_header(values, [following_values for _, following_values in following]):
            return index
    return 0


def _looks_like_header(values: Values, following: list[Values]) -> bool:
    """At least two different texts, and not much shorter than the rows below (a title line is)."""
    texts = {value.strip() for value in values if isinstance(value, str) and re.search(r"[^\W\d_]", value)}
    if len(texts) < 2:
        return False
    usual = median([_filled_count(row) for row in following]) if following else 0
    return _filled_count(values) >= 0.6 * usual


def _names(
    header: Values,
    body: list[tuple[int, Values]],
    width: int,
    number: int,
    merged: frozenset[tuple[int, int]],
) -> tuple[list[str | None], list[Note]]:
    """A unique name for each column, None for one that has neither name nor content; and what to know about it."""
    filled = {i for _, values in body for i, value in enumerate(values) if is_filled(value)}
    names: list[str | None] = []
    notes: list[Note] = []
    used: Counter[str] = Counter()
    above = ""
    for i in range(width):
        name = _clean(header[i]) if i < len(header) else ""
        if not name and (number, i) in merged and above:
            name = above
            notes.append(Note("merged_header", name, number))
        elif not name and i in filled:
            name = f"Spalte {_letters(i)}"
            notes.append(Note("unnamed_column", name, number))
        above = name
        names.append(_unique(name, used, notes, number) if name else None)
    return names, notes


def _unique(name: str, used: Counter[str], notes: list[Note], number: int) -> str:
    used[name] += 1
    if used[name] == 1:
        return name
    numbered = f"{name} ({used[name]})"
    notes.append(Note("duplicate_column", numbered, number))
    return _unique(numbered, used, notes, number) if used[numbered] else _take(numbered, used)


def _take(name: str, used: Counter[str]) -> str:
    used[name] += 1
    return name


def _row(number: int, values: Values, names: list[str | None], unresolved: frozenset[tuple[int, int]]) -> Row:
    cells: dict[str, Cell] = {}
    last = len(values)
    for i, name in enumerate(names):
        if name is None:
            continue
        value = values[i] if i < last else None
        if unresolved and (number, i) in unresolved:
            cells[name] = Cell(None, "formula_without_result")
        elif value is None or value == "":
            cells[name] = EMPTY
        elif isinstance(value, str):
            cells[name] = _text_cell(value)
        else:
            cells[name] = Cell(value)
    return Row(number, cells)


def _text_cell(value: str) -> Cell:
    if value[0] == "#" and value.strip() in ERROR_WORDS:
        return Cell(value.strip(), "error_value")
    return Cell(value) if not value.isspace() else EMPTY


def _cell_notes(rows: list[Row], grid: Grid, header: int) -> list[Note]:
    notes = [
        Note(cell.problem, f"{column}: {cell.text}" if cell.value else column, row.number)
        for row in rows
        for column, cell in row.cells.items()
        if cell.problem
    ]
    merged = sum(1 for number, _ in grid.merged if number > header)
    return [*notes, Note("merged_cells", str(merged))] if merged else notes


def _clean(value: Value) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _filled_count(values: Values) -> int:
    return sum(1 for value in values if is_filled(value))


def _filled_width(values: Values) -> int:
    return max((i + 1 for i, value in enumerate(values) if is_filled(value)), default=0)


def _letters(index: int) -> str:
    """The column as a spreadsheet calls it: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
