"""Rows that sum up others: they check a list, and they show how its numbers are meant."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from dreiklang.core.reading import Notation
from dreiklang.core.tables import Grid, Value

from .layout_heads import text_of
from .layout_values import ColumnHead, ShapePlan, TableShape
from .marks import Legend, ReadValue, read_cell


class Total(NamedTuple):
    """A sum as delivered, and as reckoned: over the rows since the last sum, over all rows, over those of its name.

    of_name  of the rows that say the same in the columns of words (all districts at the age of 5); None without any
    """

    row: int
    column: ColumnHead
    delivered: Decimal
    since_last: Decimal
    of_all: Decimal
    of_name: Decimal | None

    @property
    def fits(self) -> bool:
        """Whether it is one of these sums."""
        return self.delivered in (self.since_last, self.of_all, self.of_name)


def totals_of(
    grid: Grid, *, shape: TableShape, plan: ShapePlan, legend: Legend, notation: Notation | None
) -> Iterator[Total]:
    """The sums of every column of values whose parts are all known, column by column."""
    if not shape.total_rows:
        return
    cells = dict(grid.rows)
    names = {number: _name(cells[number], shape) for number in shape.body_rows}
    columns = {one.at: one for one in shape.columns}
    for index in plan.values:
        numbers = {number: _known(cells[number], index, legend, notation) for number in shape.body_rows}
        yield from _of_column(columns[index], numbers, names, shape.total_rows)


def _of_column(
    column: ColumnHead,
    numbers: Mapping[int, Decimal | None],
    names: Mapping[int, tuple[str, ...]],
    total_rows: frozenset[int],
) -> Iterator[Total]:
    parts = {number: value for number, value in numbers.items() if number not in total_rows}
    if None in parts.values():
        return
    known = {number: value for number, value in parts.items() if value is not None}
    of_name: dict[tuple[str, ...], Decimal] = {}
    for number, value in known.items():
        of_name[names[number]] = of_name.get(names[number], Decimal(0)) + value
    of_all = sum(known.values(), Decimal(0))
    since_last = Decimal(0)
    for number, delivered in numbers.items():
        if number in known:
            since_last += known[number]
        else:
            if delivered is not None:
                yield Total(number, column, delivered, since_last, of_all, of_name.get(names[number]))
            since_last = Decimal(0)


def _known(values: Sequence[Value], index: int, legend: Legend, notation: Notation | None) -> Decimal | None:
    cell = values[index] if index < len(values) else None
    read = read_cell(cell, legend=legend, notation=notation)
    return read.value if isinstance(read, ReadValue) else None


def _name(values: Sequence[Value], shape: TableShape) -> tuple[str, ...]:
    named = [one.at for one in shape.columns if one.is_key and one.at not in shape.repeat_columns]
    return tuple(text_of(values[index]) if index < len(values) else "" for index in named)


def sums_fit(grid: Grid, *, shape: TableShape, plan: ShapePlan, legend: Legend, notation: Notation) -> bool:
    """Whether every sum of a list is right when its numbers are read so; a list without sums shows nothing."""
    found = list(totals_of(grid, shape=shape, plan=plan, legend=legend, notation=notation))
    return bool(found) and all(one.fits for one in found)
