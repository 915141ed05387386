"""Measuring: two things in turn, statements of one request, and the table of what came out."""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from types import FrameType
from typing import Any

from django.db import connection

RUNS = 21
WARM_UP = 3
# Loading who is looking is no part of a page's own data; nor is control of the transaction.
_WHO = (
    ("/django/contrib/sessions/", ""),
    ("/django/contrib/auth/", "get_user"),
    ("/people/queries/viewing.py", "viewer_of"),
)
_CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET ")


@dataclass(frozen=True)
class Line:
    """One line of the table. `value` is what the bound is about; without a bound the line only tells."""

    name: str
    ours: str
    reference: str
    value: float
    bound: float | None = None
    unit: str = "×"

    @property
    def is_ok(self) -> bool:
        return self.bound is None or self.value <= self.bound


@dataclass(frozen=True)
class Pair:
    """Milliseconds of both (medians), and the median of the ratios of neighbouring runs."""

    ours: float
    reference: float
    ratio: float

    def line(self, name: str, *, reference: str, bound: float | None = None) -> Line:
        return Line(name, f"{self.ours:.1f} ms", f"{self.reference:.1f} ms {reference}", self.ratio, bound)


def in_turn(ours: Callable[[], Any], reference: Callable[[], Any], *, runs: int = RUNS) -> Pair:
    """Runs both in turn after a warm-up; who goes first changes from pair to pair.

    The ratio is the median over pairs, since a busy machine slows both halves of a pair alike.
    """
    for _ in range(WARM_UP):
        ours()
        reference()
    gc.collect()
    gc.freeze()
    times: list[tuple[float, float]] = []
    for run in range(runs):
        if run % 2:
            second = _timed(reference)
            first = _timed(ours)
        else:
            first = _timed(ours)
            second = _timed(reference)
        times.append((first, second))
    gc.unfreeze()
    return Pair(
        ours=statistics.median(one for one, _ in times) * 1000,
        reference=statistics.median(other for _, other in times) * 1000,
        ratio=statistics.median(one / other for one, other in times),
    )


def _timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL statements of the block, without session, user and control of the transaction."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(_CONTROL) and not _is_about_who():
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def _is_about_who() -> bool:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if any(file in code.co_filename and (not name or name == code.co_name) for file, name in _WHO):
            return True
        frame = frame.f_back
    return False


def table(lines: Sequence[Line]) -> str:
    """The lines in columns, with a head."""
    rows = [("name", "ours", "reference", "ratio", "bound", "ok")]
    for line in lines:
        is_ratio = line.unit == "×"
        bound = "" if line.bound is None else f"≤ {line.bound:g}{'' if is_ratio else ' ' + line.unit}"
        ok = "" if line.bound is None else ("ok" if line.is_ok else "MISSED")
        rows.append(
            (line.name, line.ours, line.reference, f"{line.value:.2f}" if is_ratio else "", bound, ok)
        )
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    numeric = {1, 3}
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place in numeric else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def as_json(lines: Sequence[Line]) -> str:
    """The same as data, for whoever keeps a record of it."""
    return json.dumps([asdict(line) | {"is_ok": line.is_ok} for line in lines], ensure_ascii=False, indent=1)
