"""The shapes of statistics as cities publish them: title lines, heads in several rows, sums, footnotes, blanks that repeat.

What is found is a proposal: a person confirms it (`ShapePlan`) before anything is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dreiklang.core.reading import Notation, detect_notation
from dreiklang.core.tables import Grid, Value

from .layout_cells import read_of, read_share
from .layout_heads import Numbered, columns_of, is_year_head, text_of
from .layout_sums import sums_fit
from .layout_values import ColumnHead, LongRow, ShapePlan, TableShape
from .marks import Legend, ReadValue, ValueCache
from .periods import TimeSpan, read_time
from .values import Refused

# Numbers, and what people write where there is none.
_NUMBER = re.compile(
    r"[-\u2212]?[\d.,  ]*\d[\d.,  ]*%?|[-–./x…*]|\.\.\.|k\. ?A\.|n/a|#[A-Z/0]+[!?]?", re.IGNORECASE
)
_TOTAL = re.compile(
    r"(?:gesamt|insgesamt|summe|zusammen|total|alle)\b.*|gesamtstadt|stadt\b.*\b(?:ins)?gesamt", re.IGNORECASE
)
_NOTE = re.compile(
    r"(?:quellen?|hinweise?|anmerkung(?:en)?|stand|erläuterung(?:en)?|datenquelle|lizenz)\b|[*©¹²³]|\d\)",
    re.I,
)
_LONG_TEXT = 60
_DAY = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}-\d\d-\d\d\b")
_MOST_HEADS = 3
_SIGN = re.compile("[.,]")
_KEY = re.compile(r"[\d.,]+")


def shape_of(grid: Grid) -> TableShape | Refused:
    """How a list is laid out. Refused: `no_table` where no row of heads stands above rows with numbers."""
    rows = [(number, list(values)) for number, values in grid.rows]
    first = next((at for at, (_, values) in enumerate(rows) if _is_body(values, rows[:at])), None)
    # A long list of many words has few numbers in each row: there a row of words alone stands above one with numbers.
    first = first or next((at for at in range(1, len(rows)) if _is_below_heads(rows, at)), None)
    if not first:
        return Refused("no_table")
    heads = _header_rows(rows[:first])
    if not heads:
        return Refused("no_table")
    body, notes = _without_notes(rows[first:])
    columns = columns_of(heads, body, grid.merged)
    repeat_columns = _repeat_columns(body)
    above = [values for number, values in rows[:first] if number < heads[0][0]]
    titles = tuple(text for values in above if (text := " ".join(filter(None, map(text_of, values)))))
    return TableShape(
        columns=columns,
        header_rows=tuple(number for number, _ in heads),
        body_rows=tuple(number for number, _ in body),
        total_rows=_total_rows(body, repeat_columns),
        repeat_columns=repeat_columns,
        titles=titles,
        footnotes=notes,
        days_in_titles=_days(titles),
    )


def suggested_plan(shape: TableShape) -> ShapePlan:
    """The plan a person starts from: keys and words in front name the area, what follows are values.

    Where blanks repeat, the columns that do name the area, further keys part it. A period is proposed where the title
    names a single day.
    """
    front = []
    for column in shape.columns:
        if not column.is_key:
            break
        front.append(column.at)
    regions = shape.repeat_columns or tuple(front)
    period = None
    if len(shape.days_in_titles) == 1:
        day = shape.days_in_titles[0]
        period = TimeSpan(day, day, "STAG", day.isoformat())
    return ShapePlan(
        regions=regions,
        breakdowns=tuple(index for index in front if index not in regions),
        values=tuple(one.at for one in shape.columns if not one.is_key),
        period=period,
    )


def long_rows(grid: Grid, *, shape: TableShape, plan: ShapePlan, legend: Legend) -> Iterator[LongRow]:
    """Every cell of the columns of values, row by row; empty ones too, with no value.

    Numbers are read in the notation of the plan, or the one the list shows by itself (`notation_of`). A text in a
    column of numbers is Refused with its words; row and column say where.
    """
    notation = plan.notation or notation_of(grid, shape=shape, plan=plan, legend=legend)
    known = ValueCache(legend=legend, notation=notation)
    columns = {one.at: one for one in shape.columns}
    cells = dict(grid.rows)
    above: dict[int, str] = {}
    for number in shape.body_rows:
        values = cells[number]
        is_total = number in shape.total_rows
        _carry(above, values, shape.repeat_columns)
        regions = tuple(_words(values, index, above) for index in plan.regions)
        parts = tuple(
            (columns[index].name, text) for index in plan.breakdowns if (text := _words(values, index, above))
        )
        period = _period_of(values, plan)
        said = {role: _words(values, index, above) for role, index in plan.said}
        for index in plan.values:
            column = columns[index]
            cell = _cell(values, index)
            yield LongRow(
                row=number,
                column=column,
                regions=regions,
                breakdown=(*parts, *_group(column)),
                quantity=_quantity(values, column, plan),
                period=column.period or period,
                is_total=is_total,
                cell=cell,
                value=_value(cell, (number, column), grid, known),
                said=said,
            )


def _value(
    cell: Value, place: tuple[int, ColumnHead], grid: Grid, known: ValueCache
) -> ReadValue | Refused | None:
    """A formula nobody ever calculated has no value, and is no empty cell either."""
    number, column = place
    if (number, column.at) in grid.unresolved:
        return Refused("formula_without_result", f"{column.letters}{number}")
    if (number, column.at) in grid.shares:
        return read_share(cell, legend=known.legend)
    return read_of(cell, known=known)


def notation_of(grid: Grid, *, shape: TableShape, plan: ShapePlan, legend: Legend) -> Notation | None:
    """Which sign separates decimals: as the numbers show by themselves, else as the sums demand.

    "1.049" may be one thousand or one. Where rows sum up others, only one of the two gives their sums. None when
    neither tells; such numbers are then refused as ambiguous.
    """
    cells = dict(grid.rows)
    found = (_cell(cells[number], index) for number in shape.body_rows for index in plan.values)
    shown = detect_notation({cell for cell in found if isinstance(cell, str) and _SIGN.search(cell)})
    if shown is not None:
        return shown
    fitting = [one for one in Notation if sums_fit(grid, shape=shape, plan=plan, legend=legend, notation=one)]
    return fitting[0] if len(fitting) == 1 else None


def fits_broken(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names a text may have been before letters were lost on the way ("B\ufffdckingen"): proposals, in their order."""
    if "\ufffd" not in text:
        return ()
    pattern = re.compile("".join("." if sign == "\ufffd" else re.escape(sign) for sign in text))
    return tuple(name for name in names if pattern.fullmatch(name))


def _is_body(values: Sequence[Value], above: Sequence[Numbered]) -> bool:
    filled, numbers = _numbers_in(values)
    return filled > 1 and numbers * 5 >= filled * 2 and not is_year_head(values, above)


def _is_below_heads(rows: Sequence[Numbered], at: int) -> bool:
    here, above = (_numbers_in(rows[one][1]) for one in (at, at - 1))
    return here[1] > 0 and above[1] == 0 and min(here[0], above[0]) > 1


def _numbers_in(values: Sequence[Value]) -> tuple[int, int]:
    """How many cells are filled, and how many of these are numbers."""
    texts = [text for value in values if (text := text_of(value))]
    return len(texts), sum(bool(_NUMBER.fullmatch(text)) for text in texts)


def _header_rows(above: Sequence[Numbered]) -> list[Numbered]:
    """The rows right above the numbers. A row with a single text at its start is a title."""
    heads: list[Numbered] = []
    for number, values in reversed(above[-_MOST_HEADS:]):
        filled = [index for index, value in enumerate(values) if text_of(value)]
        if not filled or filled == [0]:
            break
        heads.insert(0, (number, values))
    return heads


def _without_notes(rows: Sequence[Numbered]) -> tuple[list[Numbered], tuple[str, ...]]:
    """The rows without the remarks below them. A lone word at the end stays: it may be an area without values."""
    body = list(rows)
    notes: list[str] = []
    while body:
        texts = [text for value in body[-1][1] if (text := text_of(value))]
        is_note = len(texts) == 1 and (_NOTE.match(texts[0]) or ":" in texts[0] or len(texts[0]) > _LONG_TEXT)
        if not is_note:
            break
        notes.insert(0, texts[0])
        body.pop()
    return body, tuple(notes)


def _is_total(values: Sequence[Value]) -> bool:
    for value in values:
        text = text_of(value)
        if text and not _KEY.fullmatch(text):
            return bool(_TOTAL.fullmatch(text))
    return False


def _total_rows(body: Sequence[Numbered], repeat_columns: Sequence[int]) -> frozenset[int]:
    """Rows that are called a sum, and all below one whose name repeats: the city, age by age."""
    found, is_block = set(), False
    for number, values in body:
        if repeat_columns and text_of(_cell(values, repeat_columns[0])):
            is_block = _is_total(values)
        if is_block or _is_total(values):
            found.add(number)
    return frozenset(found)


def _repeat_columns(body: Sequence[Numbered]) -> tuple[int, ...]:
    """The columns in front whose blanks mean "as above": filled in the first row, blank where those before are blank."""
    rows = [values for _, values in body if not _is_total(values)]
    found: list[int] = []
    blank = range(len(rows))
    for index in range(len(rows[0]) if rows else 0):
        blank_here = [at for at in blank if not text_of(_cell(rows[at], index))]
        if not blank_here or 0 in blank_here or (found and len(blank_here) < len(blank)):
            break
        found.append(index)
        blank = blank_here  # type: ignore[assignment]
    return tuple(found)


def _carry(above: dict[int, str], values: Sequence[Value], columns: Sequence[int]) -> None:
    """Takes over what a row names; what stands behind a new word begins anew, also as a blank."""
    first = next((at for at, index in enumerate(columns) if text_of(_cell(values, index))), len(columns))
    for index in columns[first:]:
        above[index] = text_of(_cell(values, index))


def _words(values: Sequence[Value], index: int, above: Mapping[int, str]) -> str:
    return text_of(_cell(values, index)) or above.get(index, "")


def _cell(values: Sequence[Value], index: int) -> Value:
    return values[index] if index < len(values) else None


def _group(column: ColumnHead) -> tuple[tuple[str, str], ...]:
    """What the head of a column adds: the value of its group, where the head is not just a time."""
    said = column.words if column.period else column.name
    return ((column.group, said),) if column.group and said else ()


def _quantity(values: Sequence[Value], column: ColumnHead, plan: ShapePlan) -> str:
    if plan.quantity_column is not None:
        return text_of(_cell(values, plan.quantity_column))
    if column.group:
        return "" if _group(column) else column.group
    return column.words


def _period_of(values: Sequence[Value], plan: ShapePlan) -> TimeSpan | Refused | None:
    if plan.period_column is None:
        return plan.period
    said = text_of(_cell(values, plan.period_column))
    return read_time(said) if said else plan.period


def _days(titles: Sequence[str]) -> tuple[date, ...]:
    spans = [read_time(text) for title in titles for text in _DAY.findall(title)]
    return tuple(dict.fromkeys(one.ends_on for one in spans if isinstance(one, TimeSpan)))
