"""The report of a run: the run itself with its counts, each row's outcome, each problem."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from dreiklang.core.enums import Outcome, RunState
from dreiklang.core.imports.compare import Compared, Comparison
from dreiklang.core.imports.contract import Actor, FoundProblem, Importer
from dreiklang.core.imports.mapping import unmapped
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Problem, RowResult, Run, Source

BATCH = 2_000
LABEL_LENGTH = 300
VALUE_LENGTH = 2_000


def new_run(source: Source, order: Order, started: datetime, *, state: RunState = RunState.RUNNING) -> Run:
    """A run that has begun."""
    return Run.objects.create(
        source=source,
        mapping_name=order.mapping_name,
        file_name=order.read.file_name,
        file_sha256=order.read.sha256,
        file_facts=facts_of(order),
        state=state,
        is_dry_run=order.is_dry_run,
        started_at=started,
        by_id=order.by.id,
        by_name=order.by.name,
        reason=order.reason,
        row_count=len(order.read.table.rows),
    )


def write_report(run: Run, order: Order, comparison: Comparison) -> None:
    """Close the run: counts, one result a row, all problems."""
    run.state = RunState.DONE
    run.finished_at = timezone.now()
    run.row_count = run.done_count = len(order.read.table.rows)
    run.file_facts = facts_of(order)
    for outcome in Outcome:
        setattr(run, f"{outcome.value}_count", comparison.count(outcome))
    run.save()
    is_whole = order.is_dry_run
    RowResult.objects.bulk_create(
        (_result(run, row, order.importer, is_whole=is_whole) for row in comparison.rows), batch_size=BATCH
    )
    Problem.objects.bulk_create(
        (_problem(run, row.row_key, one, order) for row in comparison.rows for one in row.problems),
        batch_size=BATCH,
    )


def record_end(
    *,
    source: Source,
    file: tuple[str, str, Mapping[str, Any]],
    state: RunState,
    by: Actor,
    problem: FoundProblem,
    run: Run | None = None,
    is_dry_run: bool = False,
    reason: str = "",
    started: datetime | None = None,
) -> Run:
    """A run that ended without a result: the file was refused, or the run broke off."""
    now = timezone.now()
    file_name, sha256, facts = file
    run = run or Run(source=source, is_dry_run=is_dry_run, started_at=started or now)
    run.file_name, run.file_sha256, run.file_facts = file_name, sha256, dict(facts)
    run.state, run.finished_at, run.reason = state, now, reason
    run.by_id, run.by_name = by.id, by.name
    run.save()
    Problem.objects.create(run=run, **_fields(problem, ""))
    return run


def facts_of(order: Order) -> dict[str, Any]:
    """What was recognised in the file and how it was read, as the run page shows it."""
    table = order.read.table
    return {
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "notes": [asdict_note(note) for note in table.notes[:100]],
        "columns": dict(order.plan.columns),
        "unmapped": list(unmapped(order.plan, table)),
        "defaults": dict(order.plan.defaults),
        "corrections": {name: dict(words) for name, words in order.plan.corrections.items()},
        "options": {
            **{k: v for k, v in order.options.special.items() if v},
            "numbers": order.options.numbers,
            "days": order.options.days,
        },
        **order.read.facts,
    }


def asdict_note(note: Any) -> dict[str, Any]:
    """A note of the reader as JSON."""
    return {"code": note.code, "value": note.value, "row": note.row}


def _result(run: Run, row: Compared, importer: Importer, *, is_whole: bool) -> RowResult:
    return RowResult(
        run=run,
        row=row.row,
        key=row.row_key[:200],
        label=row.label[:LABEL_LENGTH],
        outcome=row.outcome,
        differences=_shown(row, importer, is_whole=is_whole),
    )


def _shown(row: Compared, importer: Importer, *, is_whole: bool) -> list[dict[str, Any]]:
    """Field, before, after. A dry run shows all filled fields of a new row as well."""
    if row.outcome is Outcome.NEW and is_whole and row.candidate:
        filled = (
            (name, value) for name, value in row.candidate.values.items() if value not in (None, "", [])
        )
        return [
            {"field": name, "before": None, "after": importer.shown(name, value)} for name, value in filled
        ]
    return [
        {
            "field": one.field,
            "before": importer.shown(one.field, one.before),
            "after": importer.shown(one.field, one.after),
        }
        for one in row.differences
    ]


def _problem(run: Run, key: str, problem: FoundProblem, order: Order) -> Problem:
    """The field as the user sees it in the file: the header of its column."""
    return Problem(run=run, **_fields(problem, key))


def _fields(problem: FoundProblem, key: str) -> dict[str, Any]:
    return {
        "row": problem.row,
        "key": key[:200],
        "field": problem.field[:120],
        "code": problem.code,
        "value": problem.value[:VALUE_LENGTH],
        "weight": problem.weight,
        "proposals": list(problem.proposals),
    }


def headers_of(importer: Importer, columns: Mapping[str, str]) -> dict[str, str]:
    """Our field → the header in the file, else our label: how a problem names its place."""
    return {one.name: columns.get(one.name, gettext(one.label)) for one in importer.fields}


def rows_by_outcome(results: Sequence[RowResult]) -> dict[str, list[RowResult]]:
    """Outcome → rows, in order of the file."""
    found: dict[str, list[RowResult]] = {}
    for result in results:
        found.setdefault(result.outcome, []).append(result)
    return found
