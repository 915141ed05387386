"""The framework as data: public versions only, whoever asks."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema

from dreiklang.goals import queries
from dreiklang.people.rules import PUBLIC

goals = Router()
tasks = Router()


class Name(Schema):
    """Something by number and title, with the address of its page."""

    number: str
    title: str
    url: str


class GoalOut(Schema):
    """A goal with its place in the tree."""

    number: str
    title: str
    level: str
    level_rank: int
    parent: str | None
    description: str
    plain: str
    tasks: list[str]
    url: str


class FrameworkOut(Schema):
    """A version of the framework and its goals, parents before children."""

    label: str
    title: str
    status: str
    valid_from: date | None
    valid_to: date | None
    resolution_reference: str
    resolution_on: date | None
    goals: list[GoalOut]


class PriorityOut(Schema):
    """A published change of priority."""

    effective_on: date
    cause: str
    trigger: str
    reason: str
    decision_reference: str
    decision_on: date | None
    old_rank: int | None
    new_rank: int | None


class TaskOut(Schema):
    """A future task with its rank today and the changes that led there."""

    number: str
    title: str
    description: str
    plain: str
    rank: int | None
    goals: list[str]
    priority_changes: list[PriorityOut]
    url: str


@goals.get("", response=FrameworkOut, summary=_("Die Ziele einer Fassung, ohne Angabe der gültigen"))
def list_goals(request: HttpRequest, version: str = "") -> FrameworkOut:
    """The goals of a version in the order of the tree."""
    found = queries.framework(PUBLIC, label=version)
    if found is None:
        raise Http404
    rows: list[GoalOut] = []
    for tree in queries.goals_tree(PUBLIC, framework=found):
        _collect(tree, None, rows)
    return FrameworkOut(
        label=found.label,
        title=found.title,
        status=found.status.value,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        resolution_reference=found.resolution_reference,
        resolution_on=found.resolution_on,
        goals=rows,
    )


def _collect(node: queries.GoalNode, parent: str | None, rows: list[GoalOut]) -> None:
    rows.append(
        GoalOut(
            number=node.number,
            title=node.title,
            level=node.level,
            level_rank=node.level_rank,
            parent=parent,
            description=node.description,
            plain=node.plain,
            tasks=[task.number for task in node.tasks],
            url=node.url,
        )
    )
    for child in node.children:
        _collect(child, node.number, rows)


@tasks.get("", response=list[TaskOut], summary=_("Die Zukunftsaufgaben mit Rang und dessen Änderungen"))
def list_tasks(request: HttpRequest) -> list[TaskOut]:
    """The future tasks of the valid version in the order that holds today."""
    rows = {task.pk: task for task in queries.tasks(PUBLIC)}
    changes: dict[int, list[PriorityOut]] = {}
    for change in queries.priority_changes(PUBLIC):
        changes.setdefault(change.task.pk, []).append(_change(change))
    served = queries.goals_by_task(task_ids=list(rows))
    labels = queries.goal_labels(PUBLIC, ids={pk for ids in served.values() for pk in ids})
    return [
        TaskOut(
            number=one.task.number,
            title=one.task.title,
            description=rows[one.task.pk].description,
            plain=rows[one.task.pk].plain,
            rank=one.rank,
            goals=[labels[pk].number for pk in served.get(one.task.pk, ()) if pk in labels],
            priority_changes=changes.get(one.task.pk, []),
            url=one.task.url,
        )
        for one in queries.priority_order(PUBLIC, on=timezone.localdate())
    ]


def _change(change: queries.PriorityChangeRow) -> PriorityOut:
    return PriorityOut(
        effective_on=change.effective_on,
        cause=change.cause.value,
        trigger=change.trigger,
        reason=change.reason,
        decision_reference=change.decision_reference,
        decision_on=change.decision_on,
        old_rank=change.old_rank,
        new_rank=change.new_rank,
    )
