"""Long imports as jobs: their progress is seen while they run, and one that broke off is noticed.

A connection of its own writes the progress (the import's transaction is not visible before its end) and
holds a lock that PostgreSQL gives back when the process dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction

from dreiklang.core.enums import RunState, Weight
from dreiklang.core.imports.engine import Progress
from dreiklang.core.models import Problem, Run

# First number of the advisory locks of imports; the second is the run.
LOCKS = 7_301
# So long a worker may take between fetching a job and taking the lock.
GRACE = timedelta(minutes=2)


@contextmanager
def watched(run: Run) -> Iterator[Progress]:
    """Writes the progress of the run while the block lasts."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, run.pk])

            def tell(done: int, total: int) -> None:
                cursor.execute(
                    "UPDATE core_run SET done_count = %s, row_count = %s WHERE id = %s", [done, total, run.pk]
                )

            yield tell
    finally:
        beside.close()


def note_abandoned(*, now: datetime, still_queued: frozenset[int] = frozenset()) -> list[Run]:
    """Marks runs as failed whose process is gone. Nothing of them was written.

    `still_queued` are runs that wait for a worker.
    """
    begun = Run.objects.filter(state=RunState.RUNNING, started_at__lt=now - GRACE).order_by("pk")
    gone = [run for run in begun if run.pk not in still_queued and not _is_watched(run)]
    for run in gone:
        with transaction.atomic():
            run.state = RunState.FAILED
            run.finished_at = now
            run.save(update_fields=["state", "finished_at"])
            Problem.objects.create(run=run, code="abandoned", weight=Weight.ERROR)
    return gone


def _is_watched(run: Run) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, run.pk])
        return not cursor.fetchone()[0]
