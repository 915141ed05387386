"""Writes lists for people: templates and exports as CSV and XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dreiklang.core import text
from dreiklang.core.text.language import wording
from dreiklang.core.values import Money, Period, Share, Unknown

Written = str | int | Decimal | bool | date | Money | Share | Period | Unknown | None

_FORMULA_LIKE = re.compile(r"[=+\-@\t\r]")
_WIDEST = 60
_NARROWEST = 10
_CHOICES_AT_MOST = 255  # characters a list of choices may have in a workbook
_INK, _PAPER, _LINE = "#1B2A3A", "#E8EEF4", "#9AA8B5"


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write: its name, what to enter, an example, and the choices if there are fixed ones."""

    name: str
    hint: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()


def write_csv(*, columns: Sequence[Column], rows: Iterable[Sequence[Written]]) -> bytes:
    """A CSV file as Excel in Germany opens it: UTF-8 with mark, semicolons, CRLF, decimal comma.

    Who reads English gets days as 2026-09-30, a decimal point and "yes"; semicolons stay.
    A text that starts like a formula gets an apostrophe in front; `read_table` takes it off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(column.name) for column in columns])
    for row in rows:
        writer.writerow([_csv_text(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Written]],
    title: str,
    hints_title: str = "Hinweise",
    hints_header: tuple[str, str, str] = ("Spalte", "Was hinein gehört", "Beispiel"),
) -> bytes:
    """A workbook with one list, its header fixed and filterable, and a sheet of hints if a column has any.

    Text is always written as text, never as a formula or a link. `title` names the sheet.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    styles = _Styles(book)
    sheet = book.add_worksheet(sheet_title(title))
    widths = [len(column.name) + 3 for column in columns]
    _write_header(sheet, [column.name for column in columns], styles.header)
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            widths[at] = max(widths[at], styles.write(sheet, last, at, value))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, max(_NARROWEST, min(_WIDEST, width)))
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    _offer_choices(sheet, columns)
    if any(column.hint or column.example or column.choices for column in columns):
        _write_hints(book.add_worksheet(sheet_title(hints_title)), columns, hints_header, styles)
    book.close()
    return out.getvalue()


def sheet_title(title: str) -> str:
    """A title as a sheet may have it: at most 31 characters, none of []:*?/\\ and no apostrophe at its ends."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "Liste"


class _Styles:
    """The formats of one workbook, and how each kind of value is written with them."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        self.header = book.add_format(
            {"bold": True, "font_color": _INK, "bg_color": _PAPER, "bottom": 1, "bottom_color": _LINE, **top}
        )
        self.text = book.add_format({"text_wrap": True, **top})
        self._day = book.add_format({"num_format": wording().day_in_workbooks, "align": "left", **top})
        self._money = book.add_format({"num_format": '#,##0.00 "€"', **top})
        self._share = book.add_format({"num_format": "0.0 %", **top})
        self._number = book.add_format({"num_format": "General", **top})

    def write(self, sheet: Worksheet, row: int, column: int, value: Written) -> int:
        """Writes a value and gives the width it would like."""
        if value is None or value == "":
            return 0
        if isinstance(value, date):
            day = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(row, column, day, self._day)
            return 12
        if isinstance(value, Money):
            return self._write_number(sheet, row, column, value.amount, self._money, 18)
        if isinstance(value, Share):
            return self._write_number(sheet, row, column, value.value, self._share, 9)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return self._write_number(sheet, row, column, value, self._number, len(str(value)) + 2)
        words = _words(value)
        sheet.write_string(row, column, words, self.text)
        return max(len(line) for line in words.split("\n")) + 2

    def _write_number(
        self, sheet: Worksheet, row: int, column: int, value: Decimal | int, style: Format, width: int
    ) -> int:
        """A number with more digits than a spreadsheet keeps is written as text instead."""
        if len(Decimal(value).as_tuple().digits) > 15:
            sheet.write_string(row, column, str(value), self.text)
        else:
            sheet.write_number(row, column, value, style)
        return width


def _write_header(sheet: Worksheet, names: Sequence[str], style: Format) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, style)


def _offer_choices(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for at, column in enumerate(columns):
        fits = sum(len(choice) + 1 for choice in column.choices) <= _CHOICES_AT_MOST
        if column.choices and fits and not any("," in choice for choice in column.choices):
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(1, at, 1_048_575, at, rule)


def _write_hints(
    sheet: Worksheet, columns: Sequence[Column], header: tuple[str, str, str], styles: _Styles
) -> None:
    _write_header(sheet, header, styles.header)
    for row, column in enumerate(columns, start=1):
        hint = column.hint
        if column.choices:
            hint = f"{hint}\n{text.listing(column.choices)}".strip()
        for at, words in enumerate((column.name, hint, column.example)):
            sheet.write_string(row, at, words, styles.text)
    for at, width in enumerate((28, 70, 32)):
        sheet.set_column(at, at, width)


def _csv_text(value: Written) -> str:
    if value is None:
        return ""
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, Share):
        return f"{value.as_percent.normalize():f} %".replace(".", wording().decimal)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return wording().day_in_files.format(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:f}".replace(".", wording().decimal) if isinstance(value, Decimal) else str(value)
    return _guarded(_words(value))


def _words(value: Written) -> str:
    if isinstance(value, Unknown):
        return text.unknown(value)
    if isinstance(value, Period):
        return text.span(value)
    if isinstance(value, bool):
        return wording().yes_no[0 if value else 1]
    return str(value)


def _guarded(words: str) -> str:
    return "'" + words if _FORMULA_LIKE.match(words) else words
