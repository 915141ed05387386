"""A list of values from a file: bytes become a shape to decide about, and with a plan cells that are read."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dreiklang.core.reading import Notation
from dreiklang.core.tables import CannotRead, Grid, Limits, Note, read_grid
from dreiklang.monitoring.imports.own_downloads import shape_of_download
from dreiklang.monitoring.queries.value_columns import said_words
from dreiklang.monitoring.rules.layout_sums import totals_of
from dreiklang.monitoring.rules.layout_values import ShapePlan, TableShape
from dreiklang.monitoring.rules.layouts import long_rows, notation_of, shape_of
from dreiklang.monitoring.rules.marks import Legend, legend_on
from dreiklang.monitoring.rules.row_facts import RowFacts, rows_that_say
from dreiklang.monitoring.rules.shipped import marks
from dreiklang.monitoring.rules.value_plans import (
    NamedColumn,
    ValuePlan,
    day_made,
    labels_of,
    plan_problems,
    shape_plan,
)
from dreiklang.monitoring.rules.values import Refused, ValueKind
from dreiklang.monitoring.services.value_rows import Cells

ENDINGS = (".csv", ".xlsx", ".txt", ".tsv")
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html|<\?xml[^>]*>\s*<!doctype\s+html)", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)


class CannotUse(Exception):
    """The list, or the plan for it, cannot be used as a whole; `refused` have codes and words."""

    def __init__(self, *refused: Refused) -> None:
        super().__init__(", ".join(one.code for one in refused))
        self.refused = refused


@dataclass(frozen=True)
class FoundList:
    """A list as it stands in its file."""

    grid: Grid
    shape: TableShape
    sha256: str

    @property
    def columns(self) -> tuple[NamedColumn, ...]:
        """Its columns, under the labels plans go by."""
        return labels_of(self.shape)

    @property
    def notes(self) -> list[Note]:
        """What the reading of the file noticed."""
        return list(self.grid.notes)


def find_list(
    content: bytes, *, file_name: str, limits: Limits, place: Mapping[str, str | None] | None = None
) -> FoundList:
    """The list in a file; `place` may name sheet, encoding and delimiter.

    Raises: CannotRead for files that are none; CannotUse `html_page` (with its title), `no_list`, `list_cut_off` (a
    text that ends within its last row, with the number of that).
    """
    if _HTML.match(content[:2_000].removeprefix(b"\xef\xbb\xbf")):
        title = _TITLE.search(content[:20_000])
        words = " ".join(title[1].decode("utf-8", "replace").split())[:200] if title else ""
        raise CannotUse(Refused("html_page", words))
    given = {name: value for name, value in (place or {}).items() if value}
    grid = read_grid(content, filename=file_name, limits=limits, **given)
    shape = shape_of_download(grid) or shape_of(grid)
    if isinstance(shape, Refused):
        # "no_table" is what services say of theirs.
        raise CannotUse(Refused("no_list"))
    if cut := _cut_off(content, grid, shape):
        raise CannotUse(cut)
    return FoundList(grid, shape, hashlib.sha256(content).hexdigest())


def cells_of(found: FoundList, plan: ValuePlan, *, today: date) -> Cells:
    """The cells of the columns chosen. Raises: CannotUse with what is wrong with the plan."""
    problems = plan_problems(plan, found.shape, today=today)
    if problems:
        raise CannotUse(*problems)
    chosen = shape_plan(plan, found.shape)
    legend = legend_on(marks(), provider=plan.legend, on=today) if plan.legend else Legend()
    notation = chosen.notation or notation_of(found.grid, shape=found.shape, plan=chosen, legend=legend)
    rows = long_rows(found.grid, shape=found.shape, plan=_with(chosen, notation), legend=legend)
    if plan.said:
        usual = RowFacts(ValueKind(plan.kind), plan.scenario[:80], day_made(plan))
        rows = rows_that_say(rows, words=said_words(), usual=usual)
    return Cells(
        rows=list(rows),
        labels={head.at: one.label for one in found.columns for head in one.heads},
        units=_column(found, plan.unit),
        totals=[]
        if plan.quantity
        else list(totals_of(found.grid, shape=found.shape, plan=chosen, legend=legend, notation=notation)),
    )


def words_in(found: FoundList, label: str) -> tuple[str, ...]:
    """What a column says, each once, in order: what a long list counts."""
    return tuple(dict.fromkeys(words for words in _column(found, label).values() if words))


def facts_of(found: FoundList, plan: ValuePlan) -> dict[str, Any]:
    """What was recognised in the file, as the page of a run shows it."""
    return {
        "encoding": found.grid.encoding,
        "delimiter": found.grid.delimiter,
        "sheet": found.grid.sheet,
        "header_row": found.shape.header_rows[-1],
        "notes": [{"code": one.code, "value": one.value, "row": one.row} for one in found.notes[:100]],
        "columns": {},
        "plan": plan.as_json(),
    }


def _cut_off(content: bytes, grid: Grid, shape: TableShape) -> Refused | None:
    """Whether a text breaks off: no line end behind its last row, and that row has fewer cells than all others."""
    if not grid.delimiter or content.endswith((b"\n", b"\r", b"\n\x00", b"\x00\n")):
        return None
    number, last = grid.rows[-1]
    widths = {len(values) for row, values in grid.rows if row in shape.body_rows and row != number}
    is_short = number in shape.body_rows and bool(widths) and len(last) < min(widths)
    return Refused("list_cut_off", str(number)) if is_short else None


def _with(plan: ShapePlan, notation: Notation | None) -> ShapePlan:
    return ShapePlan(
        regions=plan.regions,
        values=plan.values,
        breakdowns=plan.breakdowns,
        period=plan.period,
        period_column=plan.period_column,
        quantity_column=plan.quantity_column,
        notation=notation,
        said=plan.said,
    )


def _column(found: FoundList, label: str) -> dict[int, str]:
    at = next((one.heads[0].at for one in found.columns if one.label == label), None) if label else None
    if at is None:
        return {}
    cells = dict(found.grid.rows)
    return {
        row: " ".join(str(values[at]).split())
        for row in found.shape.body_rows
        if at < len(values := cells[row]) and values[at] is not None
    }


__all__ = ["ENDINGS", "CannotRead", "CannotUse", "FoundList", "cells_of", "facts_of", "find_list", "words_in"]
