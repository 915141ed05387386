"""Reads CSV and its kin: recognises encoding, delimiter and quotes."""

import csv
import io
import re
from collections import Counter
from typing import IO

from .grid import Grid, is_filled
from .table import CannotRead, Limits, Note

ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "utf-16")
_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_CHARACTERS = 100_000
_SAMPLE_ROWS = 200
# Fewer rows than this share cut alike: the sign is part of the text, and the list has a single column.
_MOST_ROWS = 0.5
_SEP_LINE = re.compile(r"\Asep=(.)\r?\n?", re.IGNORECASE)
# A text that starts like a formula is written with an apostrophe in front; it is not part of the text.
_GUARDED = re.compile(r"'[=+\-@\t\r]")
_MISREAD_UTF8 = re.compile("Ã[\u0080-\u00bf„–œŸ]|â‚¬|â€")


def read_delimited(
    file: IO[bytes], *, limits: Limits, encoding: str | None = None, delimiter: str | None = None
) -> Grid:
    """The rows of a text file. Row numbers count records, as Excel shows them; a `sep=;` line is not counted.

    `encoding` (one of ENCODINGS) and `delimiter` override what is found by itself.
    Raises: CannotRead `wrong_type` for what is no text, `broken` for a quote that never ends, `too_large`.
    """
    raw = file.read(limits.size + 1)
    text, encoding = _decoded_as(raw, encoding) if encoding else decoded(raw)
    notes = _encoding_notes(text, encoding)
    declared = _SEP_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = delimiter or (declared.group(1) if declared else _delimiter(text))
    records, quote_notes = _records(text, delimiter)
    rows = [
        (number, [_unguarded(value) for value in record])
        for number, record in enumerate(records, start=1)
        if any(is_filled(value) for value in record)
    ]
    if len(rows) > limits.rows:
        raise CannotRead("too_large", "rows")
    return Grid(rows=list(rows), encoding=encoding, delimiter=delimiter, notes=(*notes, *quote_notes))


def decoded(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: utf-8, utf-8-sig, utf-16, cp1252 or iso-8859-1.

    The last two differ in the bytes 0x80 to 0x9f only: letters in the one, control characters in the other.
    Raises: CannotRead `wrong_type` if it is no text, `broken` if an announced encoding does not hold.
    """
    try:
        if raw.startswith(b"\xef\xbb\xbf"):
            return raw.decode("utf-8-sig"), "utf-8-sig"
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16"), "utf-16"
        if b"\x00" in raw:
            return _utf16_without_mark(raw)
    except UnicodeDecodeError as error:
        raise CannotRead("broken", "encoding", column=error.start + 1) from error
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass  # not UTF-8: one of the two single-byte encodings
    if not re.search(rb"[\x80-\x9f]", raw):
        return raw.decode("iso-8859-1"), "iso-8859-1"
    try:
        return raw.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise CannotRead("broken", "encoding", line=raw.count(b"\n", 0, error.start) + 1) from error


def _decoded_as(raw: bytes, encoding: str) -> tuple[str, str]:
    """The text in the encoding that somebody chose, without a mark at its start."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise CannotRead("broken", "encoding", line=raw.count(b"\n", 0, error.start) + 1) from error
    return text.removeprefix("\ufeff"), encoding


def _utf16_without_mark(raw: bytes) -> tuple[str, str]:
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if max(even, odd) < len(raw) // 5:
        raise CannotRead("wrong_type", "binary")
    return raw.decode("utf-16-le" if odd > even else "utf-16-be"), "utf-16"


def _encoding_notes(text: str, encoding: str) -> list[Note]:
    """Pieces of UTF-8 in a file of another encoding come from lists pasted together: say where."""
    if encoding not in {"cp1252", "iso-8859-1"}:
        return []
    misread = _MISREAD_UTF8.search(text)
    return (
        [Note("mixed_encoding", misread.group(), text.count("\n", 0, misread.start()) + 1)] if misread else []
    )


def _delimiter(text: str) -> str:
    """The delimiter that cuts most rows into the same number of fields, then into the most fields."""
    scores = {delimiter: _score(text[:_SAMPLE_CHARACTERS], delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best][0] >= _MOST_ROWS else ";"


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            if any(record):
                widths[len(record)] += 1
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    cut = {width: n for width, n in widths.items() if width > 1}
    if not cut:
        return 0.0, 0
    width, rows = max(cut.items(), key=lambda item: (item[1], item[0]))
    return round(rows / widths.total(), 2), width


def _records(text: str, delimiter: str) -> tuple[list[list[str]], list[Note]]:
    """All records. Quotes out of order inside a field are kept as written, with a note."""
    try:
        return _parsed(text, delimiter, strict=True), []
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise CannotRead("broken", "quote_without_end") from error
    try:
        return _parsed(text, delimiter, strict=False), [Note("unclean_quotes")]
    except csv.Error as error:
        raise CannotRead("broken", "rows") from error


def _parsed(text: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict))


def _unguarded(value: str) -> str:
    return value[1:] if value[:1] == "'" and _GUARDED.match(value) else value
