"""Names and links of goals and future tasks, for other subjects and for forms."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from dreiklang.core.records import Hit
from dreiklang.core.search import found_by
from dreiklang.goals.models import Framework, FutureTask, Goal, GoalTask
from dreiklang.goals.queries.records import FrameworkRow, GoalName, TaskName, TaskRow
from dreiklang.goals.rules import FrameworkStatus, natural
from dreiklang.people.rules import Viewer

_NAME = ("pk", "number", "title", "framework__status", "framework__label")


def frameworks(viewer: Viewer) -> tuple[FrameworkRow, ...]:
    """All versions, the draft first (administration only), then the valid one, then older ones."""
    found = [framework_row(f) for f in Framework.objects.order_by("-valid_from", "-pk")]
    order = {FrameworkStatus.DRAFT: 0, FrameworkStatus.VALID: 1, FrameworkStatus.SUPERSEDED: 2}
    visible = [f for f in found if viewer.is_internal or not f.is_draft]
    return tuple(sorted(visible, key=lambda f: order[f.status]))


def framework(viewer: Viewer, *, label: str = "") -> FrameworkRow | None:
    """The version of that label, the valid one without; None if there is none for this viewer."""
    fitting = Framework.objects.filter(label=label) if label else Framework.objects.filter(status="valid")
    if not viewer.is_internal:
        fitting = fitting.exclude(status="draft")
    found = fitting.order_by("-pk").first()
    return None if found is None else framework_row(found)


def valid_framework() -> FrameworkRow | None:
    """The valid version; None before the city has one."""
    found = Framework.objects.filter(status=FrameworkStatus.VALID).first()
    return None if found is None else framework_row(found)


def draft_framework(viewer: Viewer) -> FrameworkRow | None:
    """The next version in draft; None for outsiders or when none is drafted."""
    if not viewer.is_internal:
        return None
    found = Framework.objects.filter(status=FrameworkStatus.DRAFT).first()
    return None if found is None else framework_row(found)


def framework_row(found: Framework) -> FrameworkRow:
    """The record of a version."""
    return FrameworkRow(
        pk=found.pk,
        version=found.version,
        title=found.title,
        label=found.label,
        status=FrameworkStatus(found.status),
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        resolution_reference=found.resolution_reference,
        resolution_on=found.resolution_on,
    )


def tasks(viewer: Viewer, *, framework_id: int | None = None) -> tuple[TaskRow, ...]:
    """The future tasks of a version (the valid one by default) by rank, then in the city's order."""
    found = visible(FutureTask.objects.all(), viewer)
    found = (
        found.filter(framework_id=framework_id) if framework_id else found.filter(framework__status="valid")
    )
    ordered = found.select_related("framework").defer("search")
    return tuple(
        task_row(t) for t in ordered.order_by(F("rank").asc(nulls_last=True), "position", "number", "pk")
    )


def task(viewer: Viewer, *, number: str, label: str = "") -> TaskRow | None:
    """The future task of that number in the version of that label (the valid one by default)."""
    found = _in_version(visible(FutureTask.objects.all(), viewer), label).filter(number=number)
    first = found.select_related("framework").first()
    return None if first is None else task_row(first)


def task_row(found: FutureTask) -> TaskRow:
    """The record of a future task; its framework must be loaded."""
    return TaskRow(
        pk=found.pk,
        version=found.version,
        number=found.number,
        title=found.title,
        description=found.description,
        plain=found.plain,
        position=found.position,
        rank=found.rank,
        framework_id=found.framework_id,
        url=page_address("goals:task", found.number, found.framework.status, found.framework.label),
    )


def goal_names(viewer: Viewer, *, ids: Collection[int] | None = None) -> tuple[GoalName, ...]:
    """The goals of those ids, or all of the valid version, by number; unknown or hidden ids are left out."""
    found = Goal.objects.filter(framework__status="valid") if ids is None else Goal.objects.filter(pk__in=ids)
    return goal_names_of(visible(found, viewer))


def goal_labels(viewer: Viewer, *, ids: Collection[int]) -> dict[int, GoalName]:
    """Id → name of the goal with its address."""
    return {g.pk: g for g in goal_names(viewer, ids=ids)}


def task_labels(viewer: Viewer, *, ids: Collection[int]) -> dict[int, TaskName]:
    """Id → name of the future task with its address."""
    found = visible(FutureTask.objects.filter(pk__in=ids), viewer)
    return {t.pk: t for t in task_names(found)}


def tasks_of_goals(*, goal_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Goal id → ids of the future tasks it serves, in their order; goals without any are left out."""
    links = GoalTask.objects.filter(goal_id__in=goal_ids).order_by("task__position", "task_id")
    found: dict[int, list[int]] = {}
    for goal_id, task_id in links.values_list("goal_id", "task_id"):
        found.setdefault(goal_id, []).append(task_id)
    return {goal_id: tuple(ids) for goal_id, ids in found.items()}


def goals_by_task(*, task_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Future task id → ids of the goals that serve it; tasks without any are left out."""
    links = GoalTask.objects.filter(task_id__in=task_ids).order_by("goal__position", "goal_id")
    found: dict[int, list[int]] = {}
    for task_id, goal_id in links.values_list("task_id", "goal_id"):
        found.setdefault(task_id, []).append(goal_id)
    return {task_id: tuple(ids) for task_id, ids in found.items()}


def goal_choices(viewer: Viewer, *, framework_id: int | None = None) -> list[tuple[int, str]]:
    """Goals of a version (the valid one by default) for a form: id → "1.2 Titel", in order."""
    found = visible(Goal.objects.all(), viewer)
    found = (
        found.filter(framework_id=framework_id) if framework_id else found.filter(framework__status="valid")
    )
    return [(g.pk, f"{g.number} {g.title}") for g in goal_names_of(found)]


def task_choices(viewer: Viewer, *, framework_id: int | None = None) -> list[tuple[int, str]]:
    """Future tasks of a version (the valid one by default) for a form: id → "1 Titel", in order."""
    return [(t.pk, f"{t.number} {t.title}") for t in tasks(viewer, framework_id=framework_id)]


def goal_count() -> int:
    """How many goals the valid version, or else the draft, holds."""
    return Goal.objects.exclude(framework__status=FrameworkStatus.SUPERSEDED).count()


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Goals and future tasks of the valid version that hold the text, best first."""
    hits = [
        *_hits(FutureTask.objects.all(), viewer, text, limit, kind="task", route="goals:task"),
        *_hits(Goal.objects.all(), viewer, text, limit, kind="goal", route="goals:goal"),
    ]
    return sorted(hits, key=lambda hit: -hit.rank)[:limit]


def _hits(
    records: QuerySet[Any], viewer: Viewer, text: str, limit: int, *, kind: str, route: str
) -> Sequence[Hit]:
    found = found_by(visible(records.filter(framework__status="valid"), viewer), text=text)
    return [
        Hit(
            kind=kind,
            key=row["number"],
            title=row["title"],
            snippet=_short(row["plain"] or row["description"]),
            url=reverse(route, args=[row["number"]]),
            rank=row["hit_rank"],
        )
        for row in found.values("number", "title", "plain", "description", "hit_rank")[:limit]
    ]


def _short(text: str, length: int = 160) -> str:
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def visible(records: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    """Goals, tasks or groups without those of a draft, unless the viewer belongs to the administration."""
    return records if viewer.is_internal else records.exclude(framework__status="draft")


def _in_version(records: QuerySet[Any], label: str) -> QuerySet[Any]:
    return records.filter(framework__label=label) if label else records.filter(framework__status="valid")


def in_version(records: QuerySet[Any], *, label: str) -> QuerySet[Any]:
    """Records of the version of that label, of the valid one without a label."""
    return _in_version(records, label)


def goal_names_of(records: QuerySet[Any]) -> tuple[GoalName, ...]:
    """In the order of their numbers: 1, 1.1, 1.2, 1.10, 2."""
    rows = records.values_list(*_NAME, "level__name")
    found = (
        GoalName(pk, number, title, level, page_address("goals:goal", number, status, label))
        for pk, number, title, status, label, level in rows
    )
    return tuple(sorted(found, key=lambda goal: (natural(goal.number), goal.pk)))


def task_names(records: QuerySet[Any]) -> tuple[TaskName, ...]:
    """The names of future tasks in the city's order."""
    rows = records.order_by("position", "number", "pk").values_list(*_NAME)
    return tuple(
        TaskName(pk, number, title, page_address("goals:task", number, status, label))
        for pk, number, title, status, label in rows
    )


def page_address(route: str, number: str, status: str, label: str) -> str:
    """The address of a goal's or task's page in its version."""
    path = reverse(route, args=[number])
    return path if status == FrameworkStatus.VALID else f"{path}?fassung={label}"
