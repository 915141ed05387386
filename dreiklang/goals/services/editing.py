"""Goals, future tasks and thematic groups: add, change, move, order, remove."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.core.models import Kept
from dreiklang.goals import permissions
from dreiklang.goals.models import (
    Framework,
    FutureTask,
    Goal,
    GoalLevel,
    GoalTask,
    GroupGoal,
    GroupMember,
    GroupTask,
    ThematicGroup,
)
from dreiklang.goals.rules import FrameworkStatus, natural
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

Record = TypeVar("Record", bound=Kept)
GOAL_FIELDS = ("number", "title", "description", "plain", "parent_id")
TASK_FIELDS = ("number", "title", "description", "plain")
GROUP_FIELDS = ("name", "description")


class CannotChange(Refused):
    """The framework as asked for contradicts itself; `code` says how."""


def save_goal(
    *, by: Viewer, framework_id: int, values: Mapping[str, Any], pk: int | None = None, version: int = 0
) -> Goal:
    """Add a goal or change it. `values`: GOAL_FIELDS and `task_ids`.

    The level follows from the parent. Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotChange
    (superseded, number_taken, below_itself, no_level_below).
    """
    require(by, permissions.EDIT)
    with acting(
        by_id=by.account_id, by_name=by.name, reason=_("Ziel geändert") if pk else _("Ziel angelegt")
    ):
        framework = _open_framework(framework_id)
        goal = _locked(Goal, framework, pk, version) if pk else Goal(framework=framework, version=0)
        _assign(goal, values, GOAL_FIELDS)
        _refuse_taken(goal, framework)
        goal.level = _level_below(goal, framework)
        if not pk:
            goal.position = _last_position(Goal.objects.filter(framework=framework, parent_id=goal.parent_id))
        _save(goal)
        _sink(goal)
        if "task_ids" in values:
            _set_links(GoalTask, "goal", goal.pk, "task_id", values["task_ids"])
        return goal


def save_task(
    *, by: Viewer, framework_id: int, values: Mapping[str, Any], pk: int | None = None, version: int = 0
) -> FutureTask:
    """Add a future task or change it; its rank changes only by an event.

    `values`: TASK_FIELDS and `goal_ids`. In a draft `rank` may be set too. Raises: as save_goal.
    """
    require(by, permissions.EDIT)
    reason = _("Zukunftsaufgabe geändert") if pk else _("Zukunftsaufgabe angelegt")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        framework = _open_framework(framework_id)
        task = (
            _locked(FutureTask, framework, pk, version) if pk else FutureTask(framework=framework, version=0)
        )
        _assign(task, values, TASK_FIELDS)
        if framework.status == FrameworkStatus.DRAFT and "rank" in values:
            task.rank = values["rank"]
        _refuse_taken(task, framework)
        if not pk:
            task.position = _last_position(FutureTask.objects.filter(framework=framework))
        _save(task)
        if "goal_ids" in values:
            _set_links(GoalTask, "task", task.pk, "goal_id", values["goal_ids"])
        return task


def save_group(
    *, by: Viewer, framework_id: int, values: Mapping[str, Any], pk: int | None = None, version: int = 0
) -> ThematicGroup:
    """Add a thematic group or change it.

    `values`: GROUP_FIELDS, `task_ids`, `goal_ids`, `member_ids`, `speaker_id`. Raises: as save_goal.
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Themenschwerpunkt geändert")):
        framework = _open_framework(framework_id)
        group = (
            _locked(ThematicGroup, framework, pk, version)
            if pk
            else ThematicGroup(framework=framework, version=0)
        )
        _assign(group, values, GROUP_FIELDS)
        if ThematicGroup.objects.filter(framework=framework, name=group.name).exclude(pk=group.pk).exists():
            raise CannotChange("name_taken", name=group.name)
        _save(group)
        if "task_ids" in values:
            _set_links(GroupTask, "group", group.pk, "task_id", values["task_ids"])
        if "goal_ids" in values:
            _set_links(GroupGoal, "group", group.pk, "goal_id", values["goal_ids"])
        if "member_ids" in values:
            speaker = values.get("speaker_id")
            ids = list(dict.fromkeys([*([speaker] if speaker else []), *values["member_ids"]]))
            _set_links(GroupMember, "group", group.pk, "account_id", ids)
            GroupMember.objects.filter(group=group, is_speaker=True).exclude(
                models.Q(account_id=speaker)
            ).update(is_speaker=False)
            GroupMember.objects.filter(models.Q(account_id=speaker), group=group, is_speaker=False).update(
                is_speaker=True
            )
        return group


def values_of(record: Any) -> dict[str, Any]:
    """A record's fields and links as a form's initial values, its version included."""
    fields = {
        Goal: GOAL_FIELDS,
        FutureTask: (*TASK_FIELDS, "rank"),
        ThematicGroup: GROUP_FIELDS,
    }.get(type(record))
    if fields is None:
        return dict(vars(record))
    values = {name: getattr(record, name) for name in fields} | {"version": record.version}
    if isinstance(record, Goal):
        values["task_ids"] = list(record.task_links.values_list("task_id", flat=True))
    elif isinstance(record, FutureTask):
        values["goal_ids"] = list(record.goal_links.values_list("goal_id", flat=True))
    else:
        values["task_ids"] = list(record.task_links.values_list("task_id", flat=True))
        values["goal_ids"] = list(record.goal_links.values_list("goal_id", flat=True))
        members = list(record.memberships.values_list("account_id", "is_speaker"))
        values["member_ids"] = [pk for pk, _speaks in members]
        values["speaker_id"] = next((pk for pk, speaks in members if speaks), None)
    return values


def save_level(*, by: Viewer, framework_id: int, rank: int, name: str, plural: str) -> GoalLevel:
    """Name a level of a framework, or add the next one. Raises: NotAllowed; NotFound; CannotChange."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Ebene der Ziele benannt")):
        framework = _open_framework(framework_id)
        level, _new = GoalLevel.objects.update_or_create(
            framework=framework, rank=rank, defaults={"name": name, "plural": plural}
        )
        return level


def move_goal(*, by: Viewer, pk: int, steps: int) -> None:
    """Move a goal up (negative) or down among its siblings. Raises: as save_goal."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Reihenfolge der Ziele geändert")):
        goal = Goal.objects.filter(pk=pk).first()
        if goal is None:
            raise NotFound("goal")
        _open_framework(goal.framework_id)
        _reorder(Goal.objects.filter(framework_id=goal.framework_id, parent_id=goal.parent_id), pk, steps)


def move_task(*, by: Viewer, pk: int, steps: int) -> None:
    """Move a future task up (negative) or down on the page; its rank stays. Raises: as save_goal."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Reihenfolge der Zukunftsaufgaben geändert")):
        task = FutureTask.objects.filter(pk=pk).first()
        if task is None:
            raise NotFound("task")
        _open_framework(task.framework_id)
        _reorder(FutureTask.objects.filter(framework_id=task.framework_id), pk, steps)


def remove_goal(*, by: Viewer, pk: int) -> None:
    """Take a goal and what is below it out of a draft; only drafts may lose goals.

    Raises: NotAllowed; NotFound; CannotChange (not_a_draft).
    """
    _remove(Goal, by, pk, _("Ziel aus dem Entwurf entfernt"))


def remove_task(*, by: Viewer, pk: int) -> None:
    """Take a future task out of a draft. Raises: as remove_goal."""
    _remove(FutureTask, by, pk, _("Zukunftsaufgabe aus dem Entwurf entfernt"))


def _remove(model: type[models.Model], by: Viewer, pk: int, reason: str) -> None:
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        record: Any = model._default_manager.filter(pk=pk).first()
        if record is None:
            raise NotFound("record")
        if record.framework.status != FrameworkStatus.DRAFT:
            raise CannotChange("not_a_draft")
        record.delete()


def _open_framework(pk: int) -> Framework:
    """The framework, if it may still change. Superseded ones are read, never written."""
    framework = Framework.objects.filter(pk=pk).first()
    if framework is None:
        raise NotFound("framework")
    if framework.status == FrameworkStatus.SUPERSEDED:
        raise CannotChange("superseded")
    return framework


def _locked(model: type[Record], framework: Framework, pk: int, version: int) -> Record:
    found = model._default_manager.select_for_update().filter(pk=pk, framework=framework).first()
    if found is None:
        raise NotFound("record")
    if found.version != version:
        raise ChangedMeanwhile(found, version=found.version)
    return found


def _assign(record: models.Model, values: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name in values:
            setattr(record, name, values[name])


def _save(record: Any) -> None:
    record.version += 1
    record.save()


def _refuse_taken(record: Goal | FutureTask, framework: Framework) -> None:
    others = type(record)._default_manager.filter(framework=framework, number=record.number)
    if others.exclude(pk=record.pk).exists():
        raise CannotChange("number_taken", number=record.number)


def _level_below(goal: Goal, framework: Framework) -> GoalLevel:
    """The level right below the parent's; the top one without a parent."""
    rank, above = 1, goal.parent
    if above is not None:
        _refuse_below_itself(goal, above)
        rank = above.level.rank + 1
    level = GoalLevel.objects.filter(framework=framework, rank=rank).first()
    if level is None:
        raise CannotChange("no_level_below")
    return level


def _refuse_below_itself(goal: Goal, above: Goal) -> None:
    seen: Goal | None = above
    while seen is not None:
        if seen.pk == goal.pk or seen.framework_id != goal.framework_id:
            raise CannotChange("below_itself")
        seen = seen.parent


def _sink(goal: Goal) -> None:
    """What is below follows to the levels below."""
    below = list(goal.children.select_related("level"))
    if not below:
        return
    level = GoalLevel.objects.filter(framework_id=goal.framework_id, rank=goal.level.rank + 1).first()
    if level is None:
        raise CannotChange("no_level_below")
    for child in below:
        if child.level_id != level.pk:
            child.level = level
            _save(child)
        _sink(child)


def _last_position(siblings: models.QuerySet[Any]) -> int:
    return (siblings.aggregate(last=models.Max("position"))["last"] or 0) + 1


def _reorder(siblings: models.QuerySet[Any], pk: int, steps: int) -> None:
    """Positions 1, 2, 3 … with one record moved; those that keep their place are not written."""
    ordered = sorted(siblings.select_for_update(), key=lambda r: (r.position, natural(r.number), r.pk))
    place = next(i for i, record in enumerate(ordered) if record.pk == pk)
    record = ordered.pop(place)
    ordered.insert(max(0, min(place + steps, len(ordered))), record)
    for position, one in enumerate(ordered, start=1):
        if one.position != position:
            one.position = position
            _save(one)


def _set_links(model: type[models.Model], owner: str, pk: int, field: str, ids: Sequence[int]) -> None:
    links = model._default_manager.filter(**{owner: pk})
    links.exclude(**{f"{field}__in": list(ids)}).delete()
    there = set(links.values_list(field, flat=True))
    model._default_manager.bulk_create(
        [model(**{f"{owner}_id": pk, field: one}) for one in ids if one not in there]
    )
