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
    formula has no stored result, `shares` numbers that people see in per cent: 0.125 as 12.5 %.
    """

    rows: list[tuple[int, Values]]
    merged: frozenset[tuple[int, int]] = frozenset()
    unresolved: frozenset[tuple[int, int]] = frozenset()
    shares: frozenset[tuple[int, int]] = frozenset()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
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
    rows, problems = _rows(body, names, grid)
    return Table(
        columns=tuple(name for name in names if name is not None),
        rows=rows,
        header_row=number,
        sheet=grid.sheet,
        sheets=grid.sheets,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        notes=(*grid.notes, *notes, *problems, *_merge_notes(grid, number)),
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
    names: list[str | None] = []
    notes: list[Note] = []
    used: Counter[str] = Counter()
    above = ""
    for i in range(width):
        name = _clean(header[i]) if i < len(header) else ""
        if not name and (number, i) in merged and above:
            name = above
            notes.append(Note("merged_header", name, number))
        elif not name and _has_content(body, i):
            name = f"Spalte {_letters(i)}"
            notes.append(Note("unnamed_column", name, number))
        above = name
        names.append(_unique(name, used, notes, number) if name else None)
    return names, notes


def _has_content(body: list[tuple[int, Values]], column: int) -> bool:
    return any(len(values) > column and is_filled(values[column]) for _, values in body)


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


def _rows(
    body: list[tuple[int, Values]], names: list[str | None], grid: Grid
) -> tuple[list[Row], list[Note]]:
    """The rows with a cell for every named column, and a note for every cell that has a problem."""
    columns = [(i, name) for i, name in enumerate(names) if name is not None]
    texts = _TextCells()
    rows = []
    for number, values in body:
        last = len(values)
        cells = {}
        for i, name in columns:
            value = values[i] if i < last else None
            if value is None or value == "":
                cells[name] = EMPTY
            else:
                cells[name] = texts[value] if type(value) is str else Cell(value)
        rows.append(Row(number, cells))
    _mark_unresolved(rows, dict(columns), grid)
    return rows, _problem_notes(rows) if texts.errors or grid.unresolved else []


class _TextCells(dict[str, Cell]):
    """The cell for each text, made once: lists repeat themselves, and this saves time and memory."""

    def __init__(self) -> None:
        super().__init__()
        self.errors = False

    def __missing__(self, value: str) -> Cell:
        word = value.strip()
        is_error = word in ERROR_WORDS
        self.errors = self.errors or is_error
        cell = Cell(word, "error_value") if is_error else Cell(value) if word else EMPTY
        self[value] = cell
        return cell


def _mark_unresolved(rows: list[Row], names: dict[int, str], grid: Grid) -> None:
    by_number = {row.number: row for row in rows} if grid.unresolved else {}
    for number, column in grid.unresolved:
        if number in by_number and column in names:
            by_number[number].cells[names[column]] = Cell(None, "formula_without_result")


def _problem_notes(rows: list[Row]) -> list[Note]:
    return [
        Note(cell.problem, f"{column}: {cell.text}" if cell.value else column, row.number)
        for row in rows
        for column, cell in row.cells.items()
        if cell.problem
    ]


def _merge_notes(grid: Grid, header: int) -> list[Note]:
    merged = sum(1 for number, _ in grid.merged if number > header)
    return [Note("merged_cells", str(merged))] if merged else []


def _clean(value: Value) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _filled_count(values: Values) -> int:
    return sum(1 for value in values if is_filled(value))


def _filled_width(values: Values) -> int:
    width = len(values)
    while width and not is_filled(values[width - 1]):
        width -= 1
    return width


def _letters(index: int) -> str:
    """The column as a spreadsheet calls it: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
