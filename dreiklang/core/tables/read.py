"""Opens a file from outside: decides by its first bytes what it is, and refuses what it should not be."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END, SEEK_SET
from pathlib import Path, PurePath
from typing import IO

from .delimited import read_delimited
from .grid import Grid, table_of
from .json_list import read_json
from .package import refuse_unsafe_workbook
from .table import CannotRead, Limits, Table
from .workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = {".csv", ".tsv", ".txt", ".tab"}
_WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xltx", ".xltm"}
# Names of streams in an OLE file, as its directory writes them.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))

Source = Path | str | bytes | IO[bytes]


def read_table(
    source: Source,
    *,
    filename: str,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    sheet: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """The list in a CSV, XLSX or JSON file.

    `source` is a path, the bytes, or an open binary file; `filename` is the name its user knows.
    `sheet`, `header_row` (number as in Excel), `encoding` and `delimiter` override what is found by itself, where the
    format has such a thing. A workbook is parsed in a
    child process with limits of time and memory.

    Raises: CannotRead with the reason; checks of size, type, password, macros and zip bombs come first, before
    anything is read whole.
    """
    with opened(source, limits) as file:
        kind = _kind(file, PurePath(filename).suffix.lower())
        if kind == "json":
            return read_json(file, limits=limits)
        grid = _grid(file, kind, limits, sheet=sheet, encoding=encoding, delimiter=delimiter)
    return table_of(grid, limits=limits, header_row=header_row)


def read_grid(
    source: Source,
    *,
    filename: str,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Grid:
    """All filled rows of a CSV or XLSX file with their numbers: title lines, heads in several rows, footnotes.

    Options as in `read_table`, which knows one row of heads only.
    Raises: CannotRead as `read_table`; `wrong_type` for JSON, which has no rows of cells.
    """
    ending = PurePath(filename).suffix.lower()
    with opened(source, limits) as file:
        kind = _kind(file, ending)
        if kind == "json":
            raise CannotRead("wrong_type", ending)
        return _grid(file, kind, limits, sheet=sheet, encoding=encoding, delimiter=delimiter)


def _grid(
    file: IO[bytes],
    kind: str,
    limits: Limits,
    *,
    sheet: str | None,
    encoding: str | None,
    delimiter: str | None,
) -> Grid:
    if kind == "text":
        return read_delimited(file, limits=limits, encoding=encoding, delimiter=delimiter)
    refuse_unsafe_workbook(file, limits=limits)
    return read_workbook(file, limits=limits, sheet=sheet)


@contextmanager
def opened(source: Source, limits: Limits) -> Iterator[IO[bytes]]:
    """The source as a seekable file at its start. Raises: CannotRead `empty` or `too_large`."""
    if isinstance(source, bytes):
        _refuse_size(len(source), limits)
        with tempfile.TemporaryFile() as file:
            file.write(source)
            file.seek(0)
            yield file
    elif isinstance(source, Path | str):
        with Path(source).open("rb") as file:
            yield _at_start(file, limits)
    else:
        yield _at_start(source, limits)


def _at_start(file: IO[bytes], limits: Limits) -> IO[bytes]:
    _refuse_size(file.seek(0, SEEK_END), limits)
    file.seek(0, SEEK_SET)
    return file


def _refuse_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise CannotRead("empty", "no_bytes")
    if size > limits.size:
        raise CannotRead("too_large", "bytes")


def _kind(file: IO[bytes], ending: str) -> str:
    """What the file is: json, text or workbook. Raises: CannotRead when content and ending do not go together."""
    head = file.read(4096)
    file.seek(0)
    if head.startswith(_OLE):
        raise _ole_refusal(file)
    if head.startswith(_ZIP):
        if ending not in _WORKBOOK_ENDINGS:
            raise CannotRead("wrong_type", ending)
        if ending in {".xlsm", ".xltm"}:
            raise CannotRead("macros", ending)
        return "workbook"
    if ending == ".json":
        return "json"
    if ending in _TEXT_ENDINGS and not _is_binary(head):
        return "text"
    raise CannotRead("broken" if ending == ".xlsx" and _is_binary(head) else "wrong_type", ending)


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"PK")):
        return True
    text_like_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[1::2].count(0) > len(head) // 4
    return b"\x00" in head and not text_like_utf16 and head[0::2].count(0) <= len(head) // 4


def _ole_refusal(file: IO[bytes]) -> CannotRead:
    """An OLE file is an XLSX with a password, an old XLS, or something else altogether."""
    found = CannotRead("wrong_type", "ole")
    rest = b""
    while chunk := file.read(1024 * 1024):
        window = rest + chunk
        if _ENCRYPTED in window:
            return CannotRead("password", "ole")
        if any(name in window for name in _OLD_BOOKS):
            found = CannotRead("legacy_xls", "ole")
        rest = window[-64:]
    return found
