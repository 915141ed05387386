"""Counts of measures: each in one statement with GROUP BY, whatever the city's size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from dreiklang.core.kept import kept
from dreiklang.goals.queries import tasks
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.models import Measure, MeasureGoal, MeasureTask
from dreiklang.measures.queries.standing import counted, narrowed, serving_goals, standing_case
from dreiklang.measures.queries.terms import terms_of
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import (
    Cell,
    Distribution,
    Duration,
    MeasureFilter,
    OfficeState,
    Phase,
    Standing,
    TaskDistribution,
    Terms,
)
from dreiklang.measures.rules import distribution as added_up
from dreiklang.people.rules import Viewer


def distribution(
    viewer: Viewer,
    *,
    today: date,
    task: int | None = None,
    goal: int | None = None,
    concept: int | None = None,
    area: int | None = None,
    department: int | None = None,
    terms: Terms | None = None,
) -> Distribution:
    """How the measures are spread by standing, phase and duration; each counts once. Ids are database ids.

    A measure serves the tasks it names, or without any those of the goals it supports; a goal
    includes those below it, and only measures that support it count.
    """
    wanted = MeasureFilter(task=task, goal=goal, concept=concept, area=area, department=department)
    return spread(viewer, wanted, terms=terms or terms_of(today=today))


def whole_and_office(
    viewer: Viewer, *, department: int | None, terms: Terms
) -> tuple[Distribution, Distribution]:
    """The distribution of the whole city and of what one office leads. One statement."""
    rows = grouped(narrowed(visible(viewer), MeasureFilter(), terms=terms), "lead_department", terms=terms)
    own = [cell for (office,), cell in rows if office is not None and office == department]
    return added_up(cell for _, cell in rows), added_up(own)


def measure_count() -> int:
    """How many measures there are, whatever became of them."""
    return Measure.objects.count()


def spread(viewer: Viewer, wanted: MeasureFilter, *, terms: Terms) -> Distribution:
    """The distribution of what a filter leaves. One statement."""
    return added_up(cells(narrowed(visible(viewer), wanted, terms=terms), terms))


def cells(measures: QuerySet[Measure], terms: Terms) -> Iterable[Cell]:
    """The measures counted by standing, phase and duration."""
    return (cell for _, cell in grouped(measures, terms=terms))


def grouped(measures: QuerySet[Measure], *by: str, terms: Terms) -> list[tuple[tuple[Any, ...], Cell]]:
    """Cells per combination of the given fields (paths over Measure)."""
    rows = (
        measures.annotate(derived=standing_case(terms), phase=F("current_report__phase"))
        .values_list(*by, "derived", "phase", "duration")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [(tuple(row[:-4]), _cell(*row[-4:])) for row in rows]


def _cell(standing: str, phase: str | None, duration: str, number: int) -> Cell:
    return Cell(Standing(standing), Phase(phase) if phase else None, Duration(duration), number)


@dataclass(frozen=True)
class Overview:
    """The board of future tasks, and the whole city beside it, where each measure counts once."""

    board: tuple[TaskDistribution, ...]
    whole: Distribution


def overview(viewer: Viewer, *, today: date, terms: Terms | None = None) -> Overview:
    """The future tasks of the valid framework by rank, then position, each with its measures; and the city's sum.

    Two statements, and one more after a change: the state of the data, the measures' links and standings,
    read once for both, then the tasks. A measure that serves two tasks stands in both rows and once in
    the sum.
    """
    terms = terms or terms_of(today=today)
    found: dict[int | None, list[Cell]] = defaultdict(list)
    for task_id, cell in _cells_of_tasks(viewer, terms):
        found[task_id].append(cell)
    ranked = sorted(tasks(viewer), key=lambda task: (task.rank is None, task.rank or 0, task.position))
    rows = tuple(
        TaskDistribution(
            task_id=task.pk,
            number=task.number,
            title=task.title,
            rank=task.rank,
            url=task.url,
            distribution=added_up(found[task.pk]),
        )
        for task in ranked
    )
    return Overview(board=rows, whole=added_up(found[WHOLE]))


def board(viewer: Viewer, *, today: date, terms: Terms | None = None) -> list[TaskDistribution]:
    """The future tasks alone; see `overview`."""
    return list(overview(viewer, today=today, terms=terms).board)


def _cells_of_tasks(viewer: Viewer, terms: Terms) -> list[tuple[int | None, Cell]]:
    """Every pair of measure and task once, and every measure once under `WHOLE`, counted in the database.

    Written as SQL around the ORM's own statement, because the two ways to a task, named and through
    a goal, are united before they are grouped, which the ORM cannot say. Read again only after somebody
    wrote what it reads, since it is the one statement of the start page that grows with the city.
    """
    inner, params = (
        counted(visible(viewer))
        .order_by()
        .annotate(derived=standing_case(terms), phase=F("current_report__phase"))
        .values("pk", "derived", "phase", "duration")
        .query.sql_with_params()
    )
    rows = kept(_SERVED.format(inner=inner), (*params, LinkSign.SUPPORTS.value))
    return [(task_id, _cell(*row)) for task_id, *row in rows]


# Stands for a task where a row counts all measures.
WHOLE = None
_GOAL_TASK = serving_goals()._meta.db_table
# Only the ORM's own statement with its placeholders is filled in, and names of tables.
_SERVED = f"""
WITH shown (measure_id, derived, phase, duration) AS MATERIALIZED ({{inner}}),
served AS (
    SELECT measure_id, task_id FROM {MeasureTask._meta.db_table}
    UNION ALL
    SELECT DISTINCT linked.measure_id, serving.task_id
    FROM {MeasureGoal._meta.db_table} linked
    JOIN {_GOAL_TASK} serving ON serving.goal_id = linked.goal_id
    WHERE linked.sign = %s AND NOT EXISTS (
        SELECT 1 FROM {MeasureTask._meta.db_table} named WHERE named.measure_id = linked.measure_id
    )
)
SELECT served.task_id, shown.derived, shown.phase, shown.duration, count(*)
FROM served JOIN shown ON shown.measure_id = served.measure_id
GROUP BY 1, 2, 3, 4
UNION ALL
SELECT NULL, derived, phase, duration, count(*) FROM shown GROUP BY 2, 3, 4
"""  # noqa: S608 - put together from constants


def leadership(viewer: Viewer, *, today: date, terms: Terms | None = None) -> list[OfficeState]:
    """How the running measures of each office stand, by key of the office; nothing for outsiders.

    Counts stand per office and never for a person. Measures without an office come last.
    """
    if not viewer.is_internal:
        return []
    terms = terms or terms_of(today=today)
    running = counted(visible(viewer)).annotate(derived=standing_case(terms))
    running = running.exclude(derived__in=[Standing.IN_USE.value, Standing.ENDED.value])
    rows = (
        running.values("lead_department", "lead_department__key", "lead_department__name")
        .annotate(
            total=Count("pk"),
            unreported=Count("pk", filter=Q(derived=Standing.UNREPORTED.value)),
            stopped=Count("pk", filter=Q(derived=Standing.STOPPED.value)),
            delayed=Count("pk", filter=Q(derived=Standing.DELAYED.value)),
            waiting=Count(
                "pk", filter=Q(current_report__isnull=False) & ~Q(current_report__decision_needed="")
            ),
        )
        .order_by(F("lead_department__key").asc(nulls_last=True), "lead_department")
    )
    return [
        OfficeState(
            department_id=row["lead_department"],
            key=row["lead_department__key"] or "",
            name=row["lead_department__name"] or "",
            total=row["total"],
            reported=row["total"] - row["unreported"],
            url=reverse("people:department", args=[row["lead_department__key"]])
            if row["lead_department"]
            else "",
            stale=row["unreported"],
            blocked=row["stopped"],
            waiting=row["waiting"],
            delayed=row["delayed"],
        )
        for row in rows
    ]
