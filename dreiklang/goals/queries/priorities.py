"""When a priority changed and why, and the order on any day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_date

from dreiklang.core.arrays import array_of
from dreiklang.core.records import News
from dreiklang.goals.models import CAUSE_LABELS, FutureTask, GroupTask, PriorityChange
from dreiklang.goals.queries.groups import group_column, groups_in
from dreiklang.goals.queries.lookups import (
    framework_row,
    goal_names_of,
    in_version,
    page_address,
    task_names,
    task_row,
    visible,
)
from dreiklang.goals.queries.records import PriorityChangeRow, RankedTask, TaskName, TaskPage
from dreiklang.goals.rules import ChangeCause, RankEvent, priorities
from dreiklang.people.rules import Viewer


def priority_changes(
    viewer: Viewer, *, task_id: int | None = None, since: date | None = None, limit: int | None = None
) -> tuple[PriorityChangeRow, ...]:
    """Changes of priority, the latest effective first; unpublished ones for the administration only."""
    found = _seen_by(viewer)
    if task_id is not None:
        found = found.filter(task_id=task_id)
    if since is not None:
        found = found.filter(effective_on__gte=since)
    rows = found.select_related("task__framework").order_by("-effective_on", "-pk")[:limit]
    return tuple(_change(row) for row in rows)


def priority_order(viewer: Viewer, *, on: date, framework_id: int | None = None) -> tuple[RankedTask, ...]:
    """The future tasks of a version (the valid one by default) in the order that holds on that day."""
    found = visible(FutureTask.objects.all(), viewer)
    found = (
        found.filter(framework_id=framework_id) if framework_id else found.filter(framework__status="valid")
    )
    ranks = dict(found.values_list("pk", "rank"))
    names = {name.pk: name for name in task_names(found)}
    ranked = priorities(latest=ranks, events=rank_events(task_ids=list(ranks)), on=on)
    return tuple(RankedTask(names[p.task_id], p.rank, p.since) for p in ranked)


def rank_events(*, task_ids: list[int]) -> list[RankEvent]:
    """All events of those tasks, as the rule wants them."""
    rows = PriorityChange.objects.filter(task_id__in=task_ids)
    fields = ("task_id", "effective_on", "old_rank", "new_rank", "pk")
    return [RankEvent(*row) for row in rows.order_by("pk").values_list(*fields)]


def latest_changes(viewer: Viewer, *, since: date, limit: int) -> list[News]:
    """Published changes of priority since that day, newest first."""
    found = PriorityChange.objects.filter(published_at__isnull=False, effective_on__gte=since)
    rows = found.select_related("task").order_by("-effective_on", "-pk")[:limit]
    page = reverse("goals:priorities")
    return [
        News(
            on=row.effective_on,
            kind="priority",
            title=row.task.title,
            text=row.trigger,
            url=f"{page}#aenderung-{row.pk}",
        )
        for row in rows
    ]


def task_page(viewer: Viewer, *, number: str, label: str = "") -> TaskPage | None:
    """A future task with the goals that serve it, its groups and the course of its priority."""
    found = in_version(visible(FutureTask.objects.all(), viewer), label=label).filter(number=number)
    carried_by = group_column(GroupTask.objects.filter(task=OuterRef("pk")))
    changed = array_of(
        _seen_by(viewer).filter(task=OuterRef("pk")).order_by("-effective_on", "-pk"),
        fields={name: name for name in _CHANGE},
    )
    record: Any = found.select_related("framework").annotate(carried_by=carried_by, changed=changed).first()
    if record is None:
        return None
    return TaskPage(
        task=task_row(record),
        framework=framework_row(record.framework),
        goals=goal_names_of(record.goals.all()),
        groups=groups_in(record.carried_by),
        changes=tuple(_change(_read(one, record)) for one in record.changed),
        neighbours=task_names(FutureTask.objects.filter(framework_id=record.framework_id)),
        successors=_successors(record, viewer),
    )


_CHANGE = (
    "pk",
    "effective_on",
    "cause",
    "trigger",
    "reason",
    "decision_reference",
    "decision_on",
    "old_rank",
    "new_rank",
    "published_at",
)


def _read(one: Mapping[str, Any], task: FutureTask) -> PriorityChange:
    """A change that was read as a column of its task."""
    days = {name: parse_date(one[name]) if one[name] else None for name in ("effective_on", "decision_on")}
    return PriorityChange(**{**one, **days}, task=task)


def _successors(record: FutureTask, viewer: Viewer) -> tuple[TaskName, ...]:
    if record.framework.status != "superseded":
        return ()
    confirmed = record.continuations.filter(confirmed_at__isnull=False).values("new_task")
    return task_names(visible(FutureTask.objects.filter(pk__in=confirmed), viewer))


def _seen_by(viewer: Viewer) -> QuerySet[Any]:
    found = PriorityChange.objects.all()
    return found if viewer.is_internal else found.filter(published_at__isnull=False)


def _change(row: PriorityChange) -> PriorityChangeRow:
    task = row.task
    url = page_address("goals:task", task.number, task.framework.status, task.framework.label)
    return PriorityChangeRow(
        pk=row.pk,
        task=TaskName(task.pk, task.number, task.title, url),
        effective_on=row.effective_on,
        cause=ChangeCause(row.cause),
        cause_label=str(CAUSE_LABELS[ChangeCause(row.cause)]),
        trigger=row.trigger,
        reason=row.reason,
        decision_reference=row.decision_reference,
        decision_on=row.decision_on,
        old_rank=row.old_rank,
        new_rank=row.new_rank,
        is_published=row.published_at is not None,
    )


def task_record(viewer: Viewer, *, pk: int) -> FutureTask | None:
    """The future task itself, for a form that fills its fields from it; None if not for this viewer."""
    return visible(FutureTask.objects.filter(pk=pk), viewer).defer("search").first()
