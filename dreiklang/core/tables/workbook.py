"""Reads an XLSX workbook in a child process with limits.

openpyxl stays out of this process: it is large, and what it opens comes from outside.
"""

import io
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import IO, Any

import orjson

from .grid import Grid
from .table import CannotRead, Event, Limits, Note

_CHILD = (sys.executable, "-m", "dreiklang.core.tables.child")
# How Python says it, and how its unpacking says it.
_NO_MEMORY = ("MemoryError", "zlib.error: Error -4")
_REVIVE: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


def read_workbook(file: IO[bytes], *, limits: Limits, sheet: str | None) -> Grid:
    """The rows of the first filled visible sheet, or of the sheet named.

    Raises: CannotRead `empty`, `broken`, `too_large` or `too_slow`.
    """
    events = _from_child(file, limits, sheet)
    kinds = ("rows", "merged", "unresolved", "shares", "notes", "sheet", "sheets")
    gathered: dict[str, list[Any]] = {kind: [] for kind in kinds}
    with closing(events):
        for kind, content in events:
            if kind == "refused":
                raise CannotRead(*content)
            gathered[kind].extend(content)
    return Grid(
        rows=[(number, values) for number, values in gathered["rows"]],
        merged=frozenset((row, column) for row, column in gathered["merged"]),
        unresolved=frozenset((row, column) for row, column in gathered["unresolved"]),
        shares=frozenset((row, column) for row, column in gathered["shares"]),
        sheet=gathered["sheet"][0],
        sheets=tuple(gathered["sheets"]),
        notes=tuple(Note(code, value) for code, value in gathered["notes"]),
    )


def _from_child(file: IO[bytes], limits: Limits, sheet: str | None) -> Generator[Event, None, None]:
    with _as_real_file(file) as real, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            [*_CHILD, _order(limits, sheet)], stdin=real, stdout=subprocess.PIPE, stderr=errors
        )
        stopped = threading.Event()
        watch = threading.Timer(limits.seconds, _stop, (child, stopped))
        watch.start()
        try:
            complete = yield from _messages(child)
        finally:
            watch.cancel()
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()
        if not complete:
            raise CannotRead("too_slow", "seconds") if stopped.is_set() else _failure(errors)


def _stop(child: "subprocess.Popen[bytes]", stopped: threading.Event) -> None:
    stopped.set()
    child.kill()


def _messages(child: "subprocess.Popen[bytes]") -> Generator[Event, None, bool]:
    """What the child reports, line by line; returns whether it came to its end."""
    assert child.stdout is not None  # noqa: S101 (opened as a pipe above)
    for line in child.stdout:
        kind, content = orjson.loads(line)
        if kind == "end":
            return True
        if kind == "rows":
            content = [(number, [_revived(value) for value in values]) for number, values in content]
        yield kind, content
    return False


def _revived(value: Any) -> Any:
    if type(value) is dict:
        ((kind, content),) = value.items()
        return _REVIVE[kind](content)
    return value


def _failure(errors: IO[bytes]) -> CannotRead:
    """A child that ended without a word ran into its limits or fell over the file."""
    errors.seek(0)
    last = errors.read(1024 * 1024).decode(errors="replace").strip().splitlines()[-1:] or [""]
    if any(word in last[0] for word in _NO_MEMORY):
        return CannotRead("too_large", "memory")
    return CannotRead("broken", "parser_stopped")


def _as_real_file(file: IO[bytes]) -> IO[bytes]:
    """The file for the child's standard input, positioned at its start: a copy if it has no descriptor."""
    real: IO[bytes]
    try:
        real = os.fdopen(os.dup(file.fileno()), "rb")
    except (OSError, AttributeError, io.UnsupportedOperation):
        real = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
        file.seek(0)
        while chunk := file.read(1024 * 1024):
            real.write(chunk)
        real.flush()
    os.lseek(real.fileno(), 0, os.SEEK_SET)
    return real


def _order(limits: Limits, sheet: str | None) -> str:
    return orjson.dumps({"limits": asdict(limits), "sheet": sheet}).decode()
