"""Tables whose order and columns stand in the address bar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dreiklang.ui.rules.values import Words

SORT_KEY = "sortierung"
COLUMN_KEY = "spalte"
PAGE_KEY = "seite"


@dataclass(frozen=True)
class Column:
    """A column; `is_optional` ones can be left out by the reader, `is_hidden` ones start left out."""

    key: str
    label: Words
    is_numeric: bool = False
    is_sortable: bool = False
    is_optional: bool = True
    is_hidden: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell that is more than text: a link, a state, or a number with its sortable value."""

    text: Any = ""
    href: str = ""
    note: Words = ""


@dataclass(frozen=True)
class Row:
    """One row: the cells by column key. `href` makes the whole row a link to its record."""

    cells: Mapping[str, Any]
    href: str = ""
    is_muted: bool = False


@dataclass(frozen=True)
class TableQuery:
    """What the reader asked for: order and visible columns."""

    sort: str = ""
    is_descending: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """All that `{% data_table %}` needs. `csv_href` empty: no download offered."""

    caption: Words
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    query: TableQuery = field(default_factory=TableQuery)
    csv_href: str = ""
    empty_text: Words = ""
    id: str = "liste"


def table_query(
    params: Mapping[str, Sequence[str]], *, columns: Sequence[Column], default_sort: str = ""
) -> TableQuery:
    """The asked order and columns; whatever is not offered is passed over, never an error.

    `params` maps name → list of values, as `dict(request.GET.lists())` gives it.
    """
    asked = (list(params.get(SORT_KEY, ())) or [default_sort])[-1]
    offered = {c.key for c in columns if c.is_sortable}
    if asked.lstrip("-") not in offered:
        asked = default_sort
    chosen = set(params.get(COLUMN_KEY, ()))
    known = chosen & {c.key for c in columns}
    return TableQuery(
        sort=asked.lstrip("-"),
        is_descending=asked.startswith("-"),
        columns=tuple(c.key for c in columns if _is_shown(c, known)),
    )


def _is_shown(column: Column, chosen: set[str]) -> bool:
    if not column.is_optional:
        return True
    return column.key in chosen if chosen else not column.is_hidden


def next_sort(column: Column, query: TableQuery) -> str:
    """The value of the sort parameter after a click on the column's head."""
    if query.sort == column.key and not query.is_descending:
        return f"-{column.key}"
    return column.key


def aria_sort(column: Column, query: TableQuery) -> str:
    """What the head tells a screen reader: ascending, descending, or empty."""
    if query.sort != column.key:
        return ""
    return "descending" if query.is_descending else "ascending"
