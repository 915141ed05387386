"""What a list from outside looks like once it is read, and why one cannot be read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

Value = str | int | float | Decimal | bool | date | datetime | time | timedelta | None

# What the child process tells about a workbook: `rows` and the like, with what there is of it.
Event = tuple[str, list[Any]]

# What Excel shows where a formula has no result.
ERROR_WORDS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#WERT!", "#BEZUG!", "#NV"}
)


class CannotRead(Exception):
    """A file cannot be read as a list.

    `code` is one of: wrong_type, empty, too_large, password, macros, zip_bomb, legacy_xls, broken, too_slow.
    `detail` says more as a code, or is the ending of the file; line and column count from 1 where known.
    """

    def __init__(
        self, code: str, detail: str = "", *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most. Sizes in bytes; the last three guard against hostile workbooks."""

    size: int = 20 * 1024 * 1024
    rows: int = 100_000
    columns: int = 500
    unpacked_size: int = 300 * 1024 * 1024
    unpacked_ratio: int = 250
    entries: int = 2_000
    seconds: int = 60
    memory: int = 1024 * 1024 * 1024


class Cell(NamedTuple):
    """One cell: its value as the file has it (None when empty), and the problem if it has one.

    `problem` is `error_value` (#REF! and the like) or `formula_without_result`.
    """

    value: Value = None
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it; a cell with a problem is not empty."""
        return self.value is None and not self.problem

    @property
    def text(self) -> str:
        """The value as text, stripped; empty text for an empty cell; days in ISO form."""
        value = self.value
        if isinstance(value, datetime) and value.time() == time():
            value = value.date()
        return "" if value is None else str(value).strip()


EMPTY = Cell()


class Row(NamedTuple):
    """One row: its number as people see it in Excel, and a cell for every column."""

    number: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """The text of a cell, empty if there is no such column."""
        return self.cells.get(column, EMPTY).text


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about how a list was read, as a code; `value` and `row` say what and where.

    Codes: title_lines, duplicate_column, unnamed_column, merged_header, merged_cells, no_rows, error_value,
    formula_without_result, other_sheet, hidden_sheet_skipped, unclean_quotes, mixed_encoding, other_field,
    nested_value.
    """

    code: str
    value: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A list: column names (unique, in order of the file) and its filled rows (in order of the file).

    `header_row` is the number of the row the names come from. `sheet`, `encoding` and `delimiter` are empty
    where the format has none; `sheets` are all of a workbook that have content.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    header_row: int
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[Note, ...] = ()
