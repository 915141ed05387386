"""Reads lists that come as JSON."""

import json
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NoReturn

from .delimited import decoded
from .table import CannotRead, Cell, Limits, Note, Row, Table

_CHUNK = 1024 * 1024


def load_json(
    source: Path | bytes | IO[bytes],
    *,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    keeps_nan: bool = False,
) -> Any:
    """The content of a JSON file; numbers with places as Decimal.

    NaN and Infinity, which are no JSON, break the file; `keeps_nan` leaves them in it as floats, for a reader that
    names the place. Raises: CannotRead `empty`, `too_large`, `wrong_type`, or `broken` with line and column.
    """
    raw = _bytes(source, limits)
    if not raw.strip():
        raise CannotRead("empty", "no_bytes")
    text, _ = decoded(raw)
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=float if keeps_nan else _refuse_constant)
    except json.JSONDecodeError as error:
        raise CannotRead("broken", "json", line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise CannotRead(
            "broken", "nested_too_deep" if isinstance(error, RecursionError) else "number"
        ) from error


def read_json(source: Path | bytes | IO[bytes], *, limits: Limits = Limits()) -> Table:  # noqa: B008 (frozen)
    """The list in a JSON file: an array of objects, or an object with exactly one such array.

    Row numbers count the objects from 1. Values that are not flat are kept as JSON text, with a note.
    Raises: CannotRead as `load_json`, and `wrong_type` where there is no such list or more than one.
    """
    return table_of_objects(load_json(source, limits=limits), limits=limits)


def table_of_objects(content: Any, *, limits: Limits) -> Table:
    """The same of content that is loaded already. Raises: CannotRead `wrong_type`, `empty`, `too_large`."""
    notes: list[Note] = []
    if isinstance(content, dict):
        content, notes = _only_list(content)
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        raise CannotRead("wrong_type", "no_list_of_objects")
    if not content:
        raise CannotRead("empty", "no_objects")
    if len(content) > limits.rows:
        raise CannotRead("too_large", "rows")
    columns = tuple(dict.fromkeys(str(key) for item in content for key in item))
    if len(columns) > limits.columns:
        raise CannotRead("too_large", "columns")
    rows = [
        Row(number, {column: _cell(item.get(column)) for column in columns})
        for number, item in enumerate(content, start=1)
    ]
    nested = {key for item in content for key, value in item.items() if isinstance(value, dict | list)}
    notes.extend(Note("nested_value", key) for key in columns if key in nested)
    return Table(columns=columns, rows=rows, header_row=0, encoding="utf-8", notes=tuple(notes))


def _bytes(source: Path | bytes | IO[bytes], limits: Limits) -> bytes:
    """The bytes of the source, at most one more than allowed are ever read."""
    if isinstance(source, bytes):
        raw = source
    elif isinstance(source, Path):
        with source.open("rb") as file:
            raw = file.read(limits.size + 1)
    else:
        raw = source.read(limits.size + 1)
    if len(raw) > limits.size:
        raise CannotRead("too_large", "bytes")
    return raw


def _only_list(content: dict[str, Any]) -> tuple[Any, list[Note]]:
    lists = [key for key, value in content.items() if isinstance(value, list)]
    if len(lists) != 1:
        raise CannotRead("wrong_type", "several_lists" if lists else "no_list_of_objects")
    return content[lists[0]], [Note("other_field", key) for key in content if key != lists[0]]


def _cell(value: Any) -> Cell:
    if isinstance(value, dict | list):
        return Cell(json.dumps(value, ensure_ascii=False, default=str))
    return Cell(None if value == "" else value)


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")
