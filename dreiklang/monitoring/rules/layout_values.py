"""What the reading of city lists speaks about: a shape, what a person decides about it, and the rows that come out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from dreiklang.core.reading import Notation
from dreiklang.core.tables import Value

from .marks import ReadValue
from .periods import TimeSpan
from .row_facts import RowFacts
from .values import Refused


class ColumnHead(NamedTuple):
    """One column: its head in the last row of heads, the group above it, the time its head names.

    at       from 0
    name     in the words of the file; empty where nobody named it
    group    what stands above several columns; empty for a column that stands for itself
    period   of a head like "2015" or "einwohner_2013"
    words    of such a head without its time ("einwohner"); else the name
    is_key   whether its cells are keys or words rather than numbers
    """

    at: int
    name: str
    group: str = ""
    period: TimeSpan | None = None
    words: str = ""
    is_key: bool = False

    @property
    def letters(self) -> str:
        """The column as a spreadsheet calls it."""
        letters, number = "", self.at + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


@dataclass(frozen=True, slots=True)
class TableShape:
    """How a list is laid out. Rows are numbers as in a spreadsheet.

    repeat_columns  columns whose blank cells mean "as above"
    total_rows      rows that sum up others: never an area
    titles          what stands above, `footnotes` what stands below
    days_in_titles  days a title names: proposals, nothing more
    """

    columns: tuple[ColumnHead, ...]
    header_rows: tuple[int, ...]
    body_rows: tuple[int, ...]
    total_rows: frozenset[int] = frozenset()
    repeat_columns: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    days_in_titles: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapePlan:
    """What a person confirmed about a list; columns by their index.

    regions     columns that name the area: key, name
    breakdowns  columns that part an area further (age)
    values      columns of numbers
    period      of all values whose head or row names none
    period_column, quantity_column  where a long list says when and what
    notation    of the numbers, if the person said so
    said        what rows say of their values themselves, each with its column
    """

    regions: tuple[int, ...]
    values: tuple[int, ...]
    breakdowns: tuple[int, ...] = ()
    period: TimeSpan | None = None
    period_column: int | None = None
    quantity_column: int | None = None
    notation: Notation | None = None
    said: tuple[tuple[str, int], ...] = ()


class LongRow(NamedTuple):
    """One cell of a list with everything its row and its column say.

    row        as in a spreadsheet
    regions    words of the columns of areas, in their order, blanks filled from above where that is meant
    breakdown  pairs of what a column is called and what it says; the group of the column last
    quantity   what is counted, in the words of the file
    period     None where nothing names it
    cell       as the file has it; `value` as read, None for an empty cell
    said       what the row says of its value itself, in the words of the file
    facts      the same, understood; None where the plan says it for all rows
    """

    row: int
    column: ColumnHead
    regions: tuple[str, ...]
    breakdown: tuple[tuple[str, str], ...]
    quantity: str
    period: TimeSpan | Refused | None
    is_total: bool
    cell: Value
    value: ReadValue | Refused | None
    said: Mapping[str, str] = MappingProxyType({})
    facts: RowFacts | Refused | None = None
