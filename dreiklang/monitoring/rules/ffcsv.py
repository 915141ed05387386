"""GENESIS ffcsv: one line for each value, with codes and words for everything it is about.

Two forms: the one of today, with English heads in every language, and the one before 2025 with a column for each
quantity. docs/sources/genesis.md describes both. Pure: takes lines, opens nothing.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from dreiklang.core.reading import Notation, detect_notation

from .ffcsv_axes import AxesReader, Rest
from .ffcsv_layout import FfcsvLayout, Line, ValueColumn
from .ffcsv_parts import BadRow, FfcsvRow, QuantityRef, RegionalVariables, TimeRef
from .marks import Legend, ReadValue, ValueCache, with_quality, written
from .periods import read_time
from .values import Refused

Getter = Callable[[Line], tuple[str, ...]]

_WITH_SIGN = re.compile(r"\d[.,]\d")


def notation_of(lines: Iterable[Line], form: FfcsvLayout) -> Notation | None:
    """Which sign separates decimals in this file: files in German have a comma, in English a point.

    None where no value has decimals, or where values contradict each other: "1.234" is then refused.
    """
    places = [one.at for one in form.columns] or [form.value[0]]
    width = len(form.heads)
    texts = {line[place] for line in lines if len(line) == width for place in places}
    return detect_notation(text for text in texts if _WITH_SIGN.search(text))


def rows(
    lines: Sequence[Line],
    form: FfcsvLayout,
    *,
    legend: Legend,
    variables: RegionalVariables,
    notation: Notation | None = None,
    is_complete: bool = True,
) -> Iterator[FfcsvRow | BadRow]:
    """Every value of a file, in its order; every line that is none, with the reason.

    lines        all but the head, from `records`
    notation     of the decimals; found out by `notation_of` if not given
    is_complete  whether the file ends with the end of a line. If not, a last line that is short or names a quantity
                 nobody named before is refused as `file_cut_off`
    """
    values = ValueCache(legend=legend, notation=notation or notation_of(lines, form))
    reader = (_OldReader if form.is_old else _NewReader)(form, values, variables)
    yield from reader.rows(lines if is_complete else lines[:-1])
    if not is_complete and lines:
        last, number = lines[-1], len(lines) + 1
        if len(last) == len(form.heads) and reader.knows(last):
            yield from reader.rows([last], number)
        else:
            yield BadRow(number, "file_cut_off", ";".join(last))


def lines_of(
    found: Iterable[FfcsvRow], form: FfcsvLayout, *, notation: Notation | None = None
) -> Iterator[list[str]]:
    """The cells of rows as their source wrote them; the head is `form.heads`.

    Written from the parts of each row, so that it shows whether anything was lost. Rows of one line of the old form
    become that line again.
    """
    sign = notation or Notation.GERMAN
    line: list[str] = []
    number = 0
    for row in found:
        if row.number != number and line:
            yield line
        if row.number != number:
            line = [""] * len(form.heads)
            number = row.number
        _fill(line, row, form, sign)
    if line:
        yield line


def text_of(found: Iterable[FfcsvRow], form: FfcsvLayout, *, notation: Notation | None = None) -> str:
    """A whole file, with its head, as its source wrote it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(form.heads)
    writer.writerows(lines_of(found, form, notation=notation))
    return file.getvalue()


class _NewReader:
    """Reads lines of today's form. What repeats is read once: a line costs three looks into what is known already."""

    def __init__(self, form: FfcsvLayout, values: ValueCache, variables: RegionalVariables) -> None:
        self.form = form
        self.values = values
        self.axes = AxesReader(form.axes, variables)
        self.quantities: dict[tuple[str, ...], QuantityRef] = {}
        self.times: dict[tuple[str, ...], TimeRef] = {}
        self.get_quantity = itemgetter(*form.base[:2], *form.value[1:])
        self.get_time = itemgetter(*form.base[2:])

    def knows(self, line: Line) -> bool:
        """Whether another line named the quantity of this one."""
        return self.get_quantity(line) in self.quantities

    def rows(self, lines: Iterable[Line], first_number: int = 2) -> Iterator[FfcsvRow | BadRow]:
        width, at, quality = len(self.form.heads), self.form.value[0], self.form.quality
        values, regions = self.values, self.axes.regions
        get_first, get_others = self._getters()
        rests: dict[tuple[str, ...], Rest] = {}
        for number, line in enumerate(lines, start=first_number):
            if len(line) != width:
                if line:
                    yield _bad(number, line, width)
                continue
            value = values[line[at]]
            if quality is not None and line[quality]:
                value = _qualified(value, line[quality], values)
            first, others = get_first(line), get_others(line)
            region = regions.get(first) or self.axes.first(first)
            rest = rests.get(others)
            if region is None or rest is None:
                region, rest = self.axes.read(line, self.quantity(line), self.time(line))
                if region.axis is not None and region.axis.position == 1:
                    rests[others] = rest
            yield FfcsvRow(number, rest[0], region, rest[1], rest[2], value)

    def quantity(self, line: Line) -> QuantityRef:
        words = self.get_quantity(line)
        if words not in self.quantities:
            statistic, statistic_label, unit, code, name = words
            self.quantities[words] = QuantityRef(
                statistic, statistic_label, code, name, unit, code, name, unit
            )
        return self.quantities[words]

    def time(self, line: Line) -> TimeRef:
        words = self.get_time(line)
        if words not in self.times:
            code, label, when = words
            self.times[words] = TimeRef(code, label, when, read_time(when, time_code=code))
        return self.times[words]

    def _getters(self) -> tuple[Getter, Getter]:
        """What cuts the first axis out of a line, and everything but that axis and the value."""
        if not self.form.axes:
            return lambda line: (), self.get_quantity
        others = [place for axis in self.form.axes[1:] for place in axis]
        return itemgetter(*self.form.axes[0]), itemgetter(*self.form.base, *others, *self.form.value[1:])


class _OldReader(_NewReader):
    """Reads lines of the form before: one for each column of values."""

    def __init__(self, form: FfcsvLayout, values: ValueCache, variables: RegionalVariables) -> None:
        super().__init__(form, values, variables)
        self.get_statistic = itemgetter(*form.base[:2])

    def knows(self, line: Line) -> bool:
        return True

    def rows(self, lines: Iterable[Line], first_number: int = 2) -> Iterator[FfcsvRow | BadRow]:
        width = len(self.form.heads)
        for number, line in enumerate(lines, start=first_number):
            if len(line) == width:
                yield from self._of_line(number, line)
            elif line:
                yield _bad(number, line, width)

    def _of_line(self, number: int, line: Line) -> Iterator[FfcsvRow]:
        for column in self.form.columns:
            value = self.values[line[column.at]]
            if column.quality is not None and line[column.quality]:
                value = _qualified(value, line[column.quality], self.values)
            quantity = self._quantity_of(line, column)
            region, (quantity, breakdown, time) = self.axes.read(line, quantity, self.time(line))
            yield FfcsvRow(number, quantity, region, breakdown, time, value)

    def _quantity_of(self, line: Line, column: ValueColumn) -> QuantityRef:
        key = (*self.get_statistic(line), column.code)
        if key not in self.quantities:
            self.quantities[key] = QuantityRef(
                statistic=key[0],
                statistic_label=key[1],
                variable=column.code,
                variable_label=column.name,
                unit=column.unit,
                code=column.code,
                name=column.name,
                unit_words=column.unit,
            )
        return self.quantities[key]


def _qualified(
    value: ReadValue | Refused | None, letters: str, values: ValueCache
) -> ReadValue | Refused | None:
    return value if isinstance(value, Refused) else with_quality(value, letters, legend=values.legend)


def _bad(number: int, line: Line, width: int) -> BadRow:
    code = "too_few_cells" if len(line) < width else "too_many_cells"
    return BadRow(number, code, ";".join(line))


def _fill(line: list[str], row: FfcsvRow, form: FfcsvLayout, sign: Notation) -> None:
    quantity, time = row.quantity, row.time
    for place, text in zip(
        form.base,
        (quantity.statistic, quantity.statistic_label, time.code, time.label, time.words),
        strict=True,
    ):
        line[place] = text
    for axis in (row.region.axis, quantity.axis, time.axis, *row.breakdown.axes):
        if axis is not None:
            for place, text in zip(form.axes[axis.position - 1], axis[1:], strict=True):
                line[place] = text
    column = next((one for one in form.columns if one.code == quantity.variable), None)
    at = column.at if column else form.value[0]
    line[at] = row.value.words if isinstance(row.value, Refused) else written(row.value, notation=sign)
    if column is None:
        for place, text in zip(
            form.value[1:], (quantity.unit, quantity.variable, quantity.variable_label), strict=True
        ):
            line[place] = text
    quality = column.quality if column else form.quality
    if quality is not None and isinstance(row.value, ReadValue):
        line[quality] = row.value.qualifiers
