"""Carries an import out: one transaction for everything, and the same code for a dry run, rolled back.

Nothing of a run that is killed or crashes stays behind but, afterwards, the note that it failed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from dreiklang.core.changes import record
from dreiklang.core.enums import RunState
from dreiklang.core.history import acting
from dreiklang.core.imports import memory, report
from dreiklang.core.imports.compare import Comparison, Sides, compared
from dreiklang.core.imports.contract import Actor, Candidate, FoundProblem, Importer, Options
from dreiklang.core.imports.mapping import Plan, mapped_rows, plan_problems, suggested
from dreiklang.core.imports.order import Order, ReadList
from dreiklang.core.models import Run, Source
from dreiklang.core.tables import CannotRead, Limits, Table

Progress = Callable[[int, int], None]
PROGRESS_EVERY = 250


class CannotImport(Exception):
    """The list as a whole cannot be imported; `problems` say why (a mapping without a key column)."""

    def __init__(self, problems: tuple[FoundProblem, ...]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


def limits() -> Limits:
    """What a list may hold at most, from the settings."""
    return Limits(size=settings.LIST_LIMIT_BYTES)


def read_list(
    importer: Importer, source: bytes | Path, *, file_name: str, options: Options | None = None, **place: Any
) -> ReadList:
    """The list in a file; `place` may hold `sheet`, `header_row`, `encoding` and `delimiter`.

    Raises: CannotRead before anything of a file that is too large or of a wrong type is read whole.
    """
    ending = Path(file_name).suffix.lower()
    if ending not in importer.endings and ending not in _RISKY:
        raise CannotRead("wrong_type", ending)
    given = {name: value for name, value in place.items() if value is not None}
    table, facts = importer.read(
        source, file_name=file_name, options=options or Options(), limits=limits(), **given
    )
    return ReadList(table, facts, file_name, _sha256(source))


def suggested_plan(importer: Importer, table: Table) -> Plan:
    """The mapping that the column names suggest."""
    return Plan(columns=suggested(importer.fields, table.columns))


def run_import(order: Order, *, run: Run | None = None, progress: Progress | None = None) -> Run:
    """Import the list, or try it, and return the run with its report.

    `run` is one that waits already (a job); `progress` is told how many of how many rows are understood.
    Raises: CannotImport if the mapping cannot be used. Any other error is recorded as a failed run and rises.
    """
    problems = plan_problems(order.plan, order.read.table, order.importer.fields)
    if problems:
        raise CannotImport(problems)
    started = timezone.now()
    try:
        return (
            _tried(order, run, started, progress)
            if order.is_dry_run
            else _done(order, run, started, progress)
        )
    except Exception as error:
        with transaction.atomic():
            record_failure(order, run=run, started=started, error=error)
        raise


def record_refused_file(
    importer: Importer, *, file_name: str, sha256: str, source: str, by: Actor, refusal: CannotRead
) -> Run:
    """Keep that a file was refused as a whole, and why."""
    problem = FoundProblem(f"file_{refusal.code}", refusal.line, value=refusal.detail)
    facts = {"line": refusal.line, "column": refusal.column, "detail": refusal.detail}
    return report.record_end(
        source=memory.source_of(importer.kind, source),
        file=(file_name, sha256, facts),
        state=RunState.REFUSED,
        by=by,
        problem=problem,
    )


def record_failure(order: Order, *, run: Run | None, started: Any, error: Exception) -> Run:
    """Keep that an import broke off; nothing of it was written."""
    problem = FoundProblem("crashed", value=f"{type(error).__name__}: {error}"[:500])
    return report.record_end(
        run=run,
        source=memory.source_of(order.importer.kind, order.options.source),
        file=(order.read.file_name, order.read.sha256, report.facts_of(order)),
        state=RunState.FAILED,
        by=order.by,
        problem=problem,
        is_dry_run=order.is_dry_run,
        reason=order.reason,
        started=started,
    )


def _done(order: Order, run: Run | None, started: Any, progress: Progress | None) -> Run:
    reason = " · ".join(part for part in (f"Import {order.read.file_name}", order.reason) if part)
    with acting(by_id=order.by.id, by_name=order.by.name, reason=reason):
        run, source, comparison = _carried_out(order, run, started, progress)
        memory.remember(source, order, comparison, run)
        if comparison.new or comparison.changed:
            # One for the whole list: whoever keeps something derived of such records looks what it means.
            record(
                name="list_imported",
                subject="core",
                object_key=order.importer.kind,
                by_id=order.by.id,
                by_name=order.by.name,
                run_id=run.pk,
            )
        report.write_report(run, order, comparison)
    return run


def _tried(order: Order, run: Run | None, started: Any, progress: Progress | None) -> Run:
    comparison: Comparison | None = None
    try:
        with acting(by_id=order.by.id, by_name=order.by.name, reason="Probelauf"):
            _, _, comparison = _carried_out(order, None, started, progress)
            connection.check_constraints()
            raise _RolledBack
    except _RolledBack:
        pass
    assert comparison is not None  # noqa: S101 (set before the rollback)
    with transaction.atomic():
        source = memory.source_of(order.importer.kind, order.options.source)
        run = run or report.new_run(source, order, started)
        report.write_report(run, order, comparison)
    return run


def _carried_out(
    order: Order, run: Run | None, started: Any, progress: Progress | None
) -> tuple[Run, Source, Comparison]:
    """The import itself, in the caller's transaction."""
    source = memory.source_of(order.importer.kind, order.options.source, lock=True)
    memory.credit(source, order.read.facts)
    remembered = memory.rows_of(source)
    known = {key: row.object_key for key, row in remembered.items()}
    rows = mapped_rows(order.read.table, order.plan, order.importer.fields)
    parsed = order.importer.parse(rows, replace(order.options, known=known, facts=order.read.facts))
    candidates = list(_counted(parsed, len(rows), progress))
    keys = dict.fromkeys(key for one in candidates for key in _named(one) if key)
    existing = order.importer.existing(list(keys))
    comparison = compared(candidates, Sides(existing, remembered, order.decisions), order.importer.fields)
    run = run or report.new_run(source, order, started)
    order.importer.write(new=comparison.new, changed=comparison.changed, by=order.by, run_id=run.pk)
    return run, source, comparison


def _named(candidate: Candidate) -> tuple[str, ...]:
    """The keys of all objects of the kind that a row names."""
    return (candidate.key, *candidate.needs, *(key for _, key in candidate.wishes))


def _counted(candidates: Iterable[Candidate], total: int, progress: Progress | None) -> Iterator[Candidate]:
    for number, candidate in enumerate(candidates, start=1):
        if progress is not None and number % PROGRESS_EVERY == 0:
            progress(number, total)
        yield candidate
    if progress is not None:
        progress(total, total)


def _sha256(source: bytes | Path) -> str:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Known dangerous or old types: the reader says more about them than "wrong type".
_RISKY = frozenset({".xlsm", ".xltm", ".xls"})
