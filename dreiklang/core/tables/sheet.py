"""Reads one sheet of a workbook with openpyxl, row by row. Only the child process loads this module.

What openpyxl leaves out when it reads row by row is looked up in the parts of the package: merged cells, whether
the formulas were ever calculated, and whether anything is shown in per cent.
"""

import re
import zipfile
from collections.abc import Generator, Iterator
from typing import IO, Any

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from .table import CannotRead, Event, Limits

_BATCH = 1_000
_CHUNK = 1024 * 1024
_MERGED_AT_MOST = 100_000
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# Inside text a "<" is always escaped, so these are tags.
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_RESULT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f [^>]*/>)\s*<(?:\w+:)?v>(?!</)")
_STYLES = "xl/styles.xml"
# The two built-in formats in per cent, and any of people's own with the sign.
_SHARE = re.compile(rb'numFmtId="(?:9|10)"|formatCode="[^"]*%')
# What a number format shows as it stands: 12.5 in the format 0.0"%" is 12.5.
_LITERAL = re.compile(r'"[^"]*"|\\.')
# Longer than any of these tags: so much of a chunk is looked at again with the next one.
_OVERLAP = 500
_CARRIAGE_RETURN = "_x000D_"

Cells = tuple[int, list[Any]]
Place = tuple[int, int]


def sheet_events(file: IO[bytes], *, limits: Limits, sheet: str | None) -> Generator[Event, None, None]:
    """What is in the sheet: `sheet` (its name), `sheets` (all with content), `notes`, `rows` in batches, then `merged`, `unresolved` and `shares` cells.

    Raises: CannotRead `empty`, `broken` or `too_large`; whatever openpyxl raises at a damaged file.
    """
    try:
        yield from _events(file, limits, sheet)
    except ValueError as error:
        # Entities need a document type, which office files never have; openpyxl may wrap the refusal.
        if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
            raise CannotRead("broken", "document_type") from error
        raise


def _events(file: IO[bytes], limits: Limits, wanted: str | None) -> Iterator[Event]:
    with zipfile.ZipFile(file) as package:
        never_calculated = _is_never_calculated(package)
        # A book whose formulas have no results is read with its formulas, so that none of them passes as empty.
        book = load_workbook(file, read_only=True, data_only=not never_calculated, keep_links=False)
        filled = [one for one in book.worksheets if one.title == wanted or next(_rows(one), None)]
        chosen = _chosen(filled, wanted)
        yield "sheet", [chosen.title]
        yield "sheets", [one.title for one in filled]
        yield "notes", [(_note(one), one.title) for one in filled if one is not chosen]
        unresolved: list[Place] = []
        shares: list[Place] = []
        is_plain = not never_calculated and not _has_shares(package)
        rows = _rows(chosen) if is_plain else _looked_at(chosen, unresolved, shares)
        yield from _batches(rows, limits)
        yield "merged", _merged(package, chosen._worksheet_path)
        yield "unresolved", unresolved
        yield "shares", shares


def _batches(rows: Iterator[Cells], limits: Limits) -> Iterator[Event]:
    batch: list[Cells] = []
    for count, (number, values) in enumerate(rows, start=1):
        if count > limits.rows:
            raise CannotRead("too_large", "rows")
        if len(values) > limits.columns:
            raise CannotRead("too_large", "columns")
        batch.append((number, values))
        if len(batch) == _BATCH:
            yield "rows", batch
            batch = []
    yield "rows", batch


def _rows(sheet: Any) -> Iterator[Cells]:
    """The filled rows with their numbers, values up to the last filled cell."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if values := _trimmed([_plain(value) for value in row]):
            yield number, values


def _looked_at(sheet: Any, unresolved: list[Place], shares: list[Place]) -> Iterator[Cells]:
    """The same cell by cell: formulas without result as empty text, their places and those of numbers shown in per cent."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        formulas = {place for place, cell in enumerate(row) if cell.data_type == "f"}
        unresolved.extend((number, place) for place in sorted(formulas))
        shares.extend((number, place) for place, cell in enumerate(row) if _is_share(cell))
        values = ["" if place in formulas else _plain(cell.value) for place, cell in enumerate(row)]
        if values := _trimmed(values):
            yield number, values


def _is_share(cell: Any) -> bool:
    return type(cell.value) in (int, float) and "%" in _LITERAL.sub("", cell.number_format or "")


def _trimmed(values: list[Any]) -> list[Any]:
    while values and values[-1] is None:
        values.pop()
    return values


def _plain(value: Any) -> Any:
    """Text with the line ends that people typed."""
    if type(value) is str and _CARRIAGE_RETURN in value:
        return value.replace(_CARRIAGE_RETURN, "\r")
    return value


def _chosen(filled: list[Any], wanted: str | None) -> Any:
    """The sheet named, else the first filled one that people see, else the first filled one."""
    if wanted is not None:
        filled = [sheet for sheet in filled if sheet.title == wanted]
    if not filled:
        raise CannotRead("empty", "no_filled_sheet" if wanted is None else "no_such_sheet")
    return next((sheet for sheet in filled if sheet.sheet_state == "visible"), filled[0])


def _note(sheet: Any) -> str:
    return "other_sheet" if sheet.sheet_state == "visible" else "hidden_sheet_skipped"


def _is_never_calculated(package: zipfile.ZipFile) -> bool:
    """Whether the book has formulas and not one result: a program wrote it that does not calculate.

    Where some have results, the others have the result "nothing".
    """
    has_formulas = False
    for name in filter(_SHEETS.fullmatch, package.namelist()):
        for piece in _pieces(package, name):
            if _RESULT.search(piece):
                return False
            has_formulas = has_formulas or _FORMULA.search(piece) is not None
    return has_formulas


def _has_shares(package: zipfile.ZipFile) -> bool:
    """Whether any cell may be shown in per cent: only then is each looked at, which takes its time."""
    return _STYLES in package.namelist() and any(_SHARE.search(piece) for piece in _pieces(package, _STYLES))


def _merged(package: zipfile.ZipFile, name: str) -> list[tuple[int, int]]:
    """The cells that merges hide: all of a range but its first; row numbers from 1, columns from 0."""
    ranges = dict.fromkeys(one.decode() for piece in _pieces(package, name) for one in _MERGE.findall(piece))
    hidden: list[tuple[int, int]] = []
    for one in ranges:
        left, top, right, bottom = range_boundaries(one)
        if (right - left + 1) * (bottom - top + 1) + len(hidden) > _MERGED_AT_MOST:
            break
        cells = [(row, column - 1) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        hidden += cells[1:]
    return hidden


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part piece by piece; each begins with the end of the one before, so that no tag is cut."""
    rest = b""
    with package.open(name) as part:
        while chunk := part.read(_CHUNK):
            yield rest + chunk
            rest = chunk[-_OVERLAP:]
