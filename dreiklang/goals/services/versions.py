"""The next version of the framework: drafted beside the valid one, mapped, made valid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.goals import permissions
from dreiklang.goals.models import (
    Framework,
    FutureTask,
    Goal,
    GoalLevel,
    GoalMapping,
    GoalTask,
    GroupGoal,
    GroupMember,
    GroupTask,
    TaskMapping,
    ThematicGroup,
)
from dreiklang.goals.rules import Continuation, FrameworkStatus, MappingGap, Pair, mapping_gaps
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FRAMEWORK_FIELDS = ("title", "label", "valid_from", "valid_to", "resolution_reference", "resolution_on")
DATE_FIELDS = ("valid_from", "valid_to", "resolution_reference", "resolution_on")
_PLAIN_LEVELS = ((1, "Leitziel", "Leitziele"), (2, "Entwicklungsziel", "Entwicklungsziele"))


class CannotMakeValid(Refused):
    """The draft may not become valid yet; `gaps` are the goals and tasks that are not mapped."""

    def __init__(self, code: str, gaps: Sequence[MappingGap] = ()) -> None:
        super().__init__(code)
        self.gaps = tuple(gaps)


class CannotCorrect(Refused):
    """The dates cannot stand so: `not_valid`, `ends_before_start`, `begins_too_early`."""


@dataclass(frozen=True)
class Validated:
    """The framework that became valid, and along which pairs (old id, new id) links may move."""

    framework: Framework
    goal_pairs: tuple[tuple[int, int], ...]
    task_pairs: tuple[tuple[int, int], ...]


def start_draft(*, by: Viewer, title: str, label: str) -> Framework:
    """The next version, beside the valid one: its levels, goals, tasks and groups are copied as a start.

    The copies are mapped to their originals as "same"; without a valid version the draft starts with
    two levels. Raises: NotAllowed; Refused (draft_exists, label_taken).
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Fortschreibung begonnen")):
        if Framework.objects.filter(status=FrameworkStatus.DRAFT).exists():
            raise Refused("draft_exists")
        if Framework.objects.filter(label=label).exists():
            raise Refused("label_taken")
        valid = Framework.objects.filter(status=FrameworkStatus.VALID).first()
        draft = Framework.objects.create(title=title, label=label, predecessor=valid)
        if valid is None:
            GoalLevel.objects.bulk_create(
                [GoalLevel(framework=draft, rank=r, name=one, plural=many) for r, one, many in _PLAIN_LEVELS]
            )
        else:
            _copy(valid, draft)
        return draft


def save_framework(*, by: Viewer, pk: int, version: int, values: Mapping[str, Any]) -> Framework:
    """Change title, label, resolution and validity of a version. Raises: NotAllowed; NotFound; ChangedMeanwhile."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Angaben zur Fassung geändert")):
        found = Framework.objects.select_for_update().filter(pk=pk).first()
        if found is None:
            raise NotFound("framework")
        if found.version != version:
            raise ChangedMeanwhile(found, version=found.version)
        for name in FRAMEWORK_FIELDS:
            if name in values:
                setattr(found, name, values[name])
        found.version += 1
        found.save()
        return found


def correct_dates(*, by: Viewer, pk: int, version: int, values: Mapping[str, Any], reason: str) -> Framework:
    """Correct validity and resolution of the valid version; the reason stands in the history.

    Where the version before ended the day before this one began, it still does.
    Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotCorrect (not_valid, ends_before_start, begins_too_early).
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=reason.strip()):
        found = Framework.objects.select_for_update().filter(pk=pk).first()
        if found is None:
            raise NotFound("framework")
        if found.version != version:
            raise ChangedMeanwhile(found, version=found.version)
        if found.status != FrameworkStatus.VALID:
            raise CannotCorrect("not_valid")
        before = found.valid_from
        for name in DATE_FIELDS:
            setattr(found, name, values[name])
        if found.valid_from and found.valid_to and found.valid_to < found.valid_from:
            raise CannotCorrect("ends_before_start")
        _move_end_of_predecessor(found, before)
        found.version += 1
        found.save()
        return found


def _move_end_of_predecessor(framework: Framework, before: date | None) -> None:
    if framework.predecessor_id is None or framework.valid_from is None:
        return
    former = Framework.objects.select_for_update().get(pk=framework.predecessor_id)
    if former.valid_from is not None and framework.valid_from <= former.valid_from:
        raise CannotCorrect("begins_too_early")
    is_seamless = before is not None and former.valid_to == before - timedelta(days=1)
    if is_seamless and framework.valid_from != before:
        former.valid_to = framework.valid_from - timedelta(days=1)
        former.version += 1
        former.save()


def map_goals(*, by: Viewer, old_ids: Sequence[int], pairs: Sequence[Pair]) -> None:
    """Say what becomes of these old goals; what was told of them before is replaced. Raises: NotAllowed."""
    _map(by, old_ids, pairs, GoalMapping, "goal", _("Zuordnung der Ziele geändert"))


def map_tasks(*, by: Viewer, old_ids: Sequence[int], pairs: Sequence[Pair]) -> None:
    """Say what becomes of these old future tasks, as map_goals. Raises: NotAllowed."""
    _map(by, old_ids, pairs, TaskMapping, "task", _("Zuordnung der Zukunftsaufgaben geändert"))


def _map(
    by: Viewer,
    old_ids: Sequence[int],
    pairs: Sequence[Pair],
    model: type[GoalMapping] | type[TaskMapping],
    noun: str,
    reason: str,
) -> None:
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        old, new = f"old_{noun}_id", f"new_{noun}_id"
        mappings = model._default_manager.filter(**{f"{old}__in": list(old_ids)})
        wanted = {(pair.old_id, pair.new_id): pair.continuation for pair in pairs}
        for mapping in mappings:
            key = (getattr(mapping, old), getattr(mapping, new))
            if key not in wanted:
                mapping.delete()
            elif wanted.pop(key) != mapping.continuation:
                mapping.continuation = next(p.continuation for p in pairs if (p.old_id, p.new_id) == key)
                mapping.save()
        added: list[Any] = [
            model(**{old: old_id, new: new_id, "continuation": kind})
            for (old_id, new_id), kind in wanted.items()
        ]
        model._default_manager.bulk_create(added)


def make_valid(*, by: Viewer, on: date) -> Validated:
    """The draft becomes the valid version on that day; the one before is superseded and stays readable.

    The mapping is confirmed; what it says is told upwards so that links can follow (the pairs are in
    the result). Raises: NotAllowed; NotFound; CannotMakeValid (mapping_open with the gaps,
    begins_too_early).
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Neue Fassung gültig")):
        draft = Framework.objects.select_for_update().filter(status=FrameworkStatus.DRAFT).first()
        if draft is None:
            raise NotFound("draft")
        valid = Framework.objects.select_for_update().filter(status=FrameworkStatus.VALID).first()
        goal_pairs: tuple[tuple[int, int], ...] = ()
        task_pairs: tuple[tuple[int, int], ...] = ()
        if valid is not None:
            goal_pairs = _confirm(by, Goal, GoalMapping, "goal", valid)
            task_pairs = _confirm(by, FutureTask, TaskMapping, "task", valid)
            _supersede(valid, on)
        draft.status, draft.valid_from = FrameworkStatus.VALID, on
        draft.version += 1
        draft.save()
        record(
            name="framework_valid",
            subject="goals",
            object_key=str(draft.pk),
            by_id=by.account_id,
            by_name=by.name,
            goal_pairs=goal_pairs,
            task_pairs=task_pairs,
        )
        return Validated(draft, goal_pairs, task_pairs)


def _confirm(
    by: Viewer, records: type[models.Model], model: type[models.Model], noun: str, valid: Framework
) -> tuple[tuple[int, int], ...]:
    """Confirms the mapping from the old version and gives its pairs, if it is complete."""
    mappings = model._default_manager.filter(**{f"old_{noun}__framework": valid}).order_by("pk")
    rows = list(mappings.values_list(f"old_{noun}_id", f"new_{noun}_id", "continuation"))
    old_ids = list(
        records._default_manager.filter(framework=valid).order_by("pk").values_list("pk", flat=True)
    )
    gaps = mapping_gaps(old_ids=old_ids, pairs=[Pair(o, n, Continuation(kind)) for o, n, kind in rows])
    if gaps:
        raise CannotMakeValid("mapping_open", gaps)
    mappings.update(confirmed_at=timezone.now(), confirmed_by_name=by.name)
    return tuple((old, new) for old, new, _kind in rows if new is not None)


def _supersede(valid: Framework, on: date) -> None:
    if valid.valid_from is not None and on <= valid.valid_from:
        raise CannotMakeValid("begins_too_early")
    valid.status, valid.valid_to = FrameworkStatus.SUPERSEDED, on - timedelta(days=1)
    valid.version += 1
    valid.save()


def _copy(valid: Framework, draft: Framework) -> None:
    levels = {level.pk: _again(level, framework=draft) for level in valid.levels.order_by("rank")}
    tasks = {task.pk: _again(task, framework=draft) for task in valid.tasks.order_by("pk")}
    goals: dict[int, Goal] = {}
    for goal in valid.goals.order_by("level__rank", "pk"):
        parent = goals[goal.parent_id] if goal.parent_id else None
        goals[goal.pk] = _again(goal, framework=draft, level=levels[goal.level_id], parent=parent)
    served = GoalTask.objects.filter(goal__framework=valid)
    GoalTask.objects.bulk_create(
        [GoalTask(goal=goals[one.goal_id], task=tasks[one.task_id]) for one in served if one.task_id in tasks]
    )
    _copy_groups(valid, draft, goals, tasks)
    GoalMapping.objects.bulk_create(
        [
            GoalMapping(old_goal_id=pk, new_goal=new, continuation=Continuation.SAME)
            for pk, new in goals.items()
        ]
    )
    TaskMapping.objects.bulk_create(
        [
            TaskMapping(old_task_id=pk, new_task=new, continuation=Continuation.SAME)
            for pk, new in tasks.items()
        ]
    )


def _copy_groups(
    valid: Framework, draft: Framework, goals: Mapping[int, Goal], tasks: Mapping[int, FutureTask]
) -> None:
    groups = {
        group.pk: _again(group, framework=draft) for group in ThematicGroup.objects.filter(framework=valid)
    }
    GroupTask.objects.bulk_create(
        [GroupTask(group=groups[g], task=tasks[t])
         for g, t in GroupTask.objects.filter(group__in=list(groups)).values_list("group_id", "task_id")]
    )  # fmt: skip
    GroupGoal.objects.bulk_create(
        [GroupGoal(group=groups[g], goal=goals[t])
         for g, t in GroupGoal.objects.filter(group__in=list(groups)).values_list("group_id", "goal_id")]
    )  # fmt: skip
    members = GroupMember.objects.filter(group__in=list(groups))
    GroupMember.objects.bulk_create(
        [
            GroupMember(group=groups[m.group_id], account_id=m.account_id, is_speaker=m.is_speaker)
            for m in members
        ]
    )


def _again(record: Any, **changed: Any) -> Any:
    """A new record with the same plain fields; relations are given in `changed`."""
    left_out = {"id", "search", "version", "created_at", "changed_at"}
    names = [f.attname for f in record._meta.concrete_fields if f.attname not in left_out and not f.generated]
    kept = {name: getattr(record, name) for name in names}
    copy = type(record)(**kept)
    for name, value in changed.items():
        setattr(copy, name, value)
    copy.save()
    return copy
