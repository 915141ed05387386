"""A delivered table becomes values: in one transaction, with its file kept whole, or tried and rolled back."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import RunState
from dreiklang.core.history import acting
from dreiklang.core.models import Run
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Delivery
from dreiklang.monitoring.queries.wording import KIND
from dreiklang.monitoring.rules.ffcsv_parts import BadRow, FfcsvRow
from dreiklang.monitoring.services.bulk import Incoming, Written, write_values
from dreiklang.monitoring.services.provenance import (
    kept_dataset,
    kept_file,
    remember_decimals,
    remember_state,
)
from dreiklang.monitoring.services.references import references
from dreiklang.monitoring.services.run_reports import counted, keep_report
from dreiklang.monitoring.services.sorting_out import SortedOut, rows_that_fit, sort_out
from dreiklang.monitoring.services.value_doubts import beside, doubt_problems
from dreiklang.monitoring.services.value_targets import Target, official_targets
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


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
            keep_report(run, kind=KIND, source=f"{table.provider} {table.code}", written=written, found=found)
    return run


def _done(run: Run, table: Table, by: Viewer, now: datetime, today: date) -> tuple[Written, SortedOut]:
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Werte geliefert")):
        delivery, written, found = _carried_out(run, table, by, now, today)
        keep_report(run, kind=KIND, source=f"{table.provider} {table.code}", written=written, found=found)
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
    dataset = kept_dataset(provider=table.provider, code=table.code, title=table.title)
    found = SortedOut()
    rows = rows_that_fit(table.rows, found)
    known = references((row for row in rows if isinstance(row, FfcsvRow)), dataset=dataset)
    sort_out(rows, known, found, today=today)
    if not found.refused_rows:
        # Else the source would have nothing newer the next time, and the refused rows would never come.
        remember_state(dataset, table.state_words)
    delivery = Delivery.objects.create(
        file=kept_file(name=table.file_name, content=table.content, sha256=run.file_sha256),
        dataset=dataset,
        state_words=table.state_words,
        made_at=now,
        by_id=by.account_id,
        by_name=by.name,
        reason=run.reason,
        released_at=now,
        released_by_name=by.name,
    )
    delivery.quantities.set(known.quantities.values())
    run.file_facts = {**run.file_facts, **counted(dataset)}
    values = list(found.values.values())
    _tell_doubts(run, values, official_targets(known.quantities), found, today)
    written = write_values(values, delivery=delivery, quantity_ids=known.quantities.values())
    remember_decimals(found.decimals)
    delivery.row_count, delivery.same_count = len(table.rows), written.same
    delivery.new_count, delivery.changed_count = written.new, written.changed
    delivery.save()
    return delivery, written, found


def _tell_doubts(
    run: Run, values: Sequence[Incoming], targets: Mapping[int, Target], found: SortedOut, today: date
) -> None:
    """What seems wrong beside the series, as with a list. It is only told: an official table waits for nobody."""
    set_beside = beside(values, targets, today=today)
    found.problems += doubt_problems(set_beside, targets, column=lambda one: targets[one.quantity_id].name)
    run.file_facts = {**run.file_facts, "doubt_count": len(set_beside.doubts)}
