"""Files to take away: lists as CSV and as a workbook, everywhere alike."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from dreiklang.core.tables.write import Column, write_csv, write_xlsx

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A download is the whole list; beyond this it would be no list for people any more.
MOST_EXPORTED = 20_000


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A download of that name and media type."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def csv_file(columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], *, name: str) -> HttpResponse:
    """The rows as CSV."""
    return as_file(write_csv(columns=columns, rows=rows), f"{name}.csv", CSV)


def xlsx_file(
    columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], *, name: str, title: str
) -> HttpResponse:
    """The rows as a workbook with one sheet of that title."""
    return as_file(write_xlsx(columns=columns, rows=rows, title=title), f"{name}.xlsx", XLSX)
