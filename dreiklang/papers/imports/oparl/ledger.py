"""The report of a run while it is written: counts, what became of each object, what was wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from dreiklang.core.enums import Outcome, RunState, Weight
from dreiklang.core.models import Problem, RowResult, Run, Source
from dreiklang.papers.imports.oparl.records import Noticed
from dreiklang.papers.models import OparlSource
from dreiklang.people.rules import Viewer

KIND = "oparl"
# More than that nobody reads; the counts stay right, and the raw objects keep everything.
MOST_PROBLEMS, MOST_RESULTS = 5_000, 20_000
KEY_LENGTH, LABEL_LENGTH, FIELD_LENGTH = 200, 300, 120


class Ledger:
    """Collects while objects are written, and is written with them, batch by batch.

    A dry run is rolled back; so its lines wait in memory until `keep`, and are no more than the limits.
    """

    def __init__(self, source: OparlSource, *, by: Viewer, started: datetime, is_dry_run: bool) -> None:
        self.source = source
        self.is_dry_run = is_dry_run
        self.counts: Counter[Outcome] = Counter()
        self.facts: Counter[str] = Counter()
        self.lists: Counter[str] = Counter()
        self.problem_count = 0
        self.result_count = 0
        self._problems: list[Problem] = []
        self._results: list[RowResult] = []
        self.run = Run(
            source=_credited(source),
            file_name=source.address[-255:],
            file_sha256="",
            state=RunState.RUNNING,
            is_dry_run=is_dry_run,
            started_at=started,
            by_id=by.account_id,
            by_name=by.name,
        )
        if not is_dry_run:
            self.run.save()

    def seen(self, outcome: Outcome, *, list_name: str, count: int = 1) -> None:
        """So many objects of a list were new, changed, unchanged or refused."""
        self.counts[outcome] += count
        self.lists[list_name] += count

    def note(self, noticed: Iterable[Noticed], *, key: str = "", row: int | None = None) -> None:
        """What was wrong with an object, or with a list."""
        for one in noticed:
            self.problem_count += 1
            if self.problem_count <= MOST_PROBLEMS:
                self._problems.append(
                    Problem(
                        row=row,
                        key=key[-KEY_LENGTH:],
                        field=one.field[:FIELD_LENGTH],
                        code=one.code,
                        value=one.value,
                        weight=one.weight,
                    )
                )

    def result(
        self, outcome: Outcome, *, key: str, label: str, row: int | None, differences: list[dict[str, Any]]
    ) -> None:
        """What became of one object that is not as it was."""
        self.result_count += 1
        if self.result_count <= MOST_RESULTS:
            self._results.append(
                RowResult(
                    row=row,
                    key=key[-KEY_LENGTH:],
                    label=label[:LABEL_LENGTH],
                    outcome=outcome,
                    differences=differences,
                )
            )

    def flush(self) -> None:
        """Write what was collected, in the transaction of the objects it is about."""
        if self.is_dry_run:
            return
        for problem in self._problems:
            problem.run = self.run
        for result in self._results:
            result.run = self.run
        Problem.objects.bulk_create(self._problems, batch_size=1000)
        RowResult.objects.bulk_create(self._results, batch_size=1000)
        self._problems, self._results = [], []
        self._count()
        self.run.save()

    def close(self, state: RunState, facts: Mapping[str, Any]) -> Run:
        """The run as it ended; what a dry run collected is kept now."""
        was_dry, self.is_dry_run = self.is_dry_run, False
        self._count()
        self.run.state, self.run.finished_at = state, timezone.now()
        self.run.is_dry_run = was_dry
        self.run.file_facts = {
            **dict(facts),
            **dict(self.facts),
            "lists": dict(self.lists),
            "problems": self.problem_count,
        }
        if self.problem_count > MOST_PROBLEMS:
            left_out = Noticed("more_problems", value=str(self.problem_count - MOST_PROBLEMS))
            self._problems.append(Problem(code=left_out.code, value=left_out.value, weight=Weight.WARNING))
        self.run.save()
        self.flush()
        self.run.is_dry_run = was_dry
        return self.run

    def _count(self) -> None:
        for outcome in Outcome:
            setattr(self.run, f"{outcome.value}_count", self.counts[outcome])
        self.run.row_count = self.run.done_count = sum(self.counts.values())


def _credited(source: OparlSource) -> Source:
    """The source as all imports know it."""
    found, _ = Source.objects.get_or_create(kind=KIND, name=source.name)
    return found
