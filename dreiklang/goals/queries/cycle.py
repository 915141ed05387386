"""The evaluation cycle's work plan, and the mapping from one version to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from dreiklang.core.records import Ref
from dreiklang.goals.models import EvaluationStep, FutureTask, Goal, GoalMapping, TaskMapping
from dreiklang.goals.queries.records import StepInternal, StepRow
from dreiklang.goals.rules import Continuation, MappingGap, Pair, mapping_gaps, step_state
from dreiklang.people.rules import Role, Viewer


def evaluation_steps(viewer: Viewer, *, today: date, framework_id: int | None = None) -> tuple[StepRow, ...]:
    """The work plan of a version (the valid one by default) by due date; remarks are internal."""
    found = EvaluationStep.objects.select_related("department")
    found = (
        found.filter(framework_id=framework_id) if framework_id else found.filter(framework__status="valid")
    )
    return tuple(
        StepRow(
            pk=step.pk,
            version=step.version,
            title=step.name,
            due_on=step.due_on,
            department=step.department.name if step.department else "",
            repeats_after_months=step.repeats_after_months,
            done_on=step.done_on,
            state=step_state(due_on=step.due_on, done_on=step.done_on, today=today),
            internal=StepInternal(note=step.note) if viewer.is_internal else None,
        )
        for step in found.order_by("due_on", "pk")
    )


def evaluation_step(viewer: Viewer, *, pk: int) -> EvaluationStep | None:
    """The step itself, for a form that fills its fields from it; None for outsiders."""
    return EvaluationStep.objects.filter(pk=pk).first() if viewer.is_internal else None


@dataclass(frozen=True)
class DueStep:
    """A step that somebody should turn to now."""

    pk: int
    name: str
    due_on: date
    url: str


def evaluation_due(viewer: Viewer, *, today: date, within_days: int = 30) -> tuple[DueStep, ...]:
    """Open steps of the valid version due by then, by date: all for the coordinator, a department's own for others."""
    if not viewer.is_internal:
        return ()
    found = _open_steps().filter(due_on__lte=today + timedelta(days=within_days))
    if not viewer.has(Role.COORDINATOR):
        found = found.filter(Q(department_id=viewer.department_id), department__isnull=False)
    page = reverse("goals:cycle")
    rows = found.order_by("due_on", "pk").values_list("pk", "name", "due_on")
    return tuple(DueStep(pk, name, due_on, page) for pk, name, due_on in rows)


def ownerless(viewer: Viewer) -> tuple[Ref, ...]:
    """Open steps without a department, or with one that has ended, by date. Administration only."""
    if not viewer.is_internal:
        return ()
    lacking = Q(department=None) | Q(department__ended_on__isnull=False)
    rows = _open_steps().filter(lacking).order_by("due_on", "pk").values_list("pk", "name")
    return tuple(Ref(str(pk), name, reverse("goals:step-edit", args=[pk])) for pk, name in rows)


def _open_steps() -> QuerySet[EvaluationStep]:
    return EvaluationStep.objects.filter(done_on=None, framework__status="valid")


@dataclass(frozen=True)
class MappingState:
    """The mapping of the draft: what is told, and what is still open. Internal."""

    goal_pairs: tuple[Pair, ...]
    task_pairs: tuple[Pair, ...]
    goal_gaps: tuple[MappingGap, ...]
    task_gaps: tuple[MappingGap, ...]

    @property
    def is_complete(self) -> bool:
        return not self.goal_gaps and not self.task_gaps


def mapping_state(*, old_framework_id: int, new_framework_id: int) -> MappingState:
    """How far every goal and task of the old version is mapped to the new one."""
    goals = GoalMapping.objects.filter(old_goal__framework_id=old_framework_id)
    tasks = TaskMapping.objects.filter(old_task__framework_id=old_framework_id)
    goal_pairs = _pairs(goals.order_by("pk").values_list("old_goal_id", "new_goal_id", "continuation"))
    task_pairs = _pairs(tasks.order_by("pk").values_list("old_task_id", "new_task_id", "continuation"))
    old_goals = Goal.objects.filter(framework_id=old_framework_id).order_by("position", "number", "pk")
    old_tasks = FutureTask.objects.filter(framework_id=old_framework_id).order_by("position", "number", "pk")
    return MappingState(
        goal_pairs=goal_pairs,
        task_pairs=task_pairs,
        goal_gaps=mapping_gaps(old_ids=list(old_goals.values_list("pk", flat=True)), pairs=goal_pairs),
        task_gaps=mapping_gaps(old_ids=list(old_tasks.values_list("pk", flat=True)), pairs=task_pairs),
    )


def _pairs(rows: Iterable[tuple[int, int | None, str]]) -> tuple[Pair, ...]:
    return tuple(Pair(old, new, Continuation(kind)) for old, new, kind in rows)
