"""What became of the rows of a delivery, kept with its run: counts, problems, a sample of what changed."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from dreiklang.core.enums import Outcome
from dreiklang.core.imports.contract import FoundProblem
from dreiklang.core.models import Problem, RowResult, Run, Source
from dreiklang.monitoring.models import Dataset
from dreiklang.monitoring.services.bulk import Written
from dreiklang.monitoring.services.sorting_out import SortedOut

_BATCH = 2_000
MOST_PROBLEMS = 2_000
_VALUE, _FIELD = 2_000, 120


def keep_report(
    run: Run,
    *,
    kind: str,
    source: str,
    written: Written,
    found: SortedOut,
    changes: Sequence[RowResult] = (),
) -> None:
    """Keep the run with its report. Of the rows that were kept the counts say all, but for a sample of the changes."""
    run.source, _is_new = Source.objects.get_or_create(kind=kind, name=source[:200])
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
    _keep_problems(run, found.problems)
    for one in changes:
        one.run = run
    # The page of a run shows problems at their rows.
    refused = (
        RowResult(run=run, row=row, outcome=Outcome.REFUSED)
        for row in sorted(found.refused_rows)[:MOST_PROBLEMS]
    )
    RowResult.objects.bulk_create((*refused, *changes), batch_size=_BATCH)


def counted(dataset: Dataset, indicator_keys: Collection[str] = ()) -> dict[str, Any]:
    """What a run was about, for its facts: of one that was only tried nothing else tells (queries.told_numbers)."""
    return {"dataset": [dataset.provider.key, dataset.code], "indicators": sorted(indicator_keys)}


def _keep_problems(run: Run, problems: Sequence[FoundProblem]) -> None:
    Problem.objects.bulk_create(
        (
            Problem(
                run=run,
                row=one.row,
                field=_plain(one.field, _FIELD),
                code=one.code,
                value=_plain(one.value, _VALUE),
                weight=one.weight,
                proposals=[_plain(words, _VALUE) for words in one.proposals],
            )
            for one in _first(problems)
        ),
        batch_size=_BATCH,
    )


def _first(problems: Sequence[FoundProblem]) -> Iterable[FoundProblem]:
    """As many as anybody reads; what was refused goes before what was only noticed."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    return sorted(problems, key=lambda one: one.weight != "error")[:MOST_PROBLEMS]


def _plain(words: Any, longest: int) -> str:
    """Words as the database holds them: a file may have anything."""
    return str(words).replace("\x00", "\N{REPLACEMENT CHARACTER}")[:longest]
