"""A delivered table becomes values: in one transaction, with its file kept whole, or tried and rolled back."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Outcome, RunState
from dreiklang.core.history import acting
from dreiklang.core.models import Problem, RowResult, Run, Source
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Dataset, Delivery, Provider, SourceFile
from dreiklang.monitoring.queries.wording import KIND
from dreiklang.monitoring.rules.ffcsv_parts import BadRow, FfcsvRow
from dreiklang.monitoring.services.bulk import Written, write_values
from dreiklang.monitoring.services.references import references
from dreiklang.monitoring.services.sorting_out import SortedOut, sorted_out
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

_BATCH = 2_000
MOST_PROBLEMS = 2_000


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table as it was delivered and read.

    provider, code  who publishes it, and its name there ("12411-01-01-4")
    rows            as `rules.ffcsv.rows` gives them
    state_words     what the source says of its own state, word for word
    """

    provider: str
    code: str
    title: str
    file_name: str
    content: bytes
    rows: Sequence[FfcsvRow | BadRow]
    state_words: str = ""
    licence: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def deliver_table(
    *, by: Viewer, table: Table, now: datetime, today: date, is_dry_run: bool = False, reason: str = ""
) -> Run:
    """Write the values of the table, or try it, and return the run with its report.

    Rows that cannot be kept are named with row, column, value and reason; the others are written. Raises: NotAllowed.
    """
    require(by, permissions.DELIVER)
    run = Run(
        file_name=table.file_name,
        file_sha256=hashlib.sha256(table.content).hexdigest(),
        file_facts=table.facts,
        state=RunState.DONE,
        is_dry_run=is_dry_run,
        started_at=now,
        by_id=by.account_id,
        by_name=by.name,
        reason=reason,
        row_count=len(table.rows),
        done_count=len(table.rows),
    )
    written, found = _tried(run, table, by, now, today) if is_dry_run else _done(run, table, by, now, today)
    if is_dry_run:
        with transaction.atomic():
            _keep_report(run, table, written, found)
    return run


def _done(run: Run, table: Table, by: Viewer, now: datetime, today: date) -> tuple[Written, SortedOut]:
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Werte geliefert")):
        delivery, written, found = _carried_out(run, table, by, now, today)
        _keep_report(run, table, written, found)
        delivery.run = run
        delivery.save(update_fields=["run"])
        if written.new or written.changed:
            record(
                name="values_delivered",
                subject="monitoring",
                object_key=str(delivery.pk),
                by_id=by.account_id,
                by_name=by.name,
            )
    return written, found


def _tried(run: Run, table: Table, by: Viewer, now: datetime, today: date) -> tuple[Written, SortedOut]:
    result: tuple[Written, SortedOut] | None = None
    try:
        with acting(by_id=by.account_id, by_name=by.name, reason=_("Probelauf")):
            _delivery, written, found = _carried_out(run, table, by, now, today)
            result = (written, found)
            connection.check_constraints()
            raise _RolledBack
    except _RolledBack:
        pass
    assert result is not None  # noqa: S101  # set before the rollback
    return result


def _carried_out(
    run: Run, table: Table, by: Viewer, now: datetime, today: date
) -> tuple[Delivery, Written, SortedOut]:
    dataset = _dataset(table)
    known = references((row for row in table.rows if isinstance(row, FfcsvRow)), dataset=dataset)
    found = sorted_out(table.rows, known, today=today)
    delivery = Delivery.objects.create(
        file=_kept_file(table, run.file_sha256),
        dataset=dataset,
        state_words=table.state_words,
        made_at=now,
        by_id=by.account_id,
        by_name=by.name,
        reason=run.reason,
        released_at=now,
        released_by_name=by.name,
    )
    values = list(found.values.values())
    written = write_values(values, delivery=delivery, quantity_ids=known.quantities.values())
    delivery.row_count, delivery.same_count = len(table.rows), written.same
    delivery.new_count, delivery.changed_count = written.new, written.changed
    delivery.save()
    return delivery, written, found


def _dataset(table: Table) -> Dataset:
    provider, _is_new = Provider.objects.get_or_create(key=table.provider, defaults={"name": table.provider})
    dataset, _is_new = Dataset.objects.get_or_create(
        provider=provider, code=table.code, defaults={"title": table.title[:500] or table.code}
    )
    # Two deliveries of one table wait for each other.
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if table.state_words and dataset.state_words != table.state_words:
        dataset.state_words = table.state_words
        dataset.save(update_fields=["state_words"])
    return dataset


def _kept_file(table: Table, sha256: str) -> SourceFile:
    known = SourceFile.objects.filter(sha256=sha256).only("pk").first()
    return known or SourceFile.objects.create(
        sha256=sha256,
        name=table.file_name[:255],
        size=len(table.content),
        content=zlib.compress(table.content, level=6),
    )


def _keep_report(run: Run, table: Table, written: Written, found: SortedOut) -> None:
    name = f"{table.provider} {table.code}"
    run.source, _is_new = Source.objects.get_or_create(kind=KIND, name=name[:200])
    run.finished_at = run.started_at
    run.new_count, run.changed_count, run.unchanged_count = written.new, written.changed, written.same
    run.refused_count = len(found.refused_rows)
    # What an empty cell says is nothing; how many there were is told all the same.
    run.file_facts = {
        **run.file_facts,
        "empty_count": found.empty_count,
        "problem_count": len(found.problems),
    }
    run.save()
    Problem.objects.bulk_create(
        (
            Problem(
                run=run,
                row=one.row,
                field=one.field[:120],
                code=one.code,
                value=one.value[:2_000],
                weight=one.weight,
                proposals=list(one.proposals),
            )
            for one in found.problems[:MOST_PROBLEMS]
        ),
        batch_size=_BATCH,
    )
    # The page of a run shows problems at their rows; of the rows that were kept the counts say all.
    RowResult.objects.bulk_create(
        (
            RowResult(run=run, row=row, outcome=Outcome.REFUSED)
            for row in sorted(found.refused_rows)[:MOST_PROBLEMS]
        ),
        batch_size=_BATCH,
    )
