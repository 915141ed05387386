"""A change of priority is an event: cause, reason, decision, day."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import NotFound
from dreiklang.core.history import acting
from dreiklang.goals import permissions
from dreiklang.goals.models import FutureTask, PriorityChange
from dreiklang.goals.rules import ChangeCause, FrameworkStatus, rank_move
from dreiklang.goals.services.editing import CannotChange
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


def change_priority(
    *,
    by: Viewer,
    task_id: int,
    new_rank: int | None,
    effective_on: date,
    cause: ChangeCause,
    trigger: str,
    reason: str,
    decision_reference: str = "",
    decision_on: date | None = None,
    publish: bool = True,
    occasion: str = "",
) -> PriorityChange:
    """Record that a future task moves to another rank from a day on; the others close up.

    `occasion` is the key of what led to it in a subject above, told onwards so that it can name the change.
    A change before the latest recorded one is refused: the order after it would contradict what was
    published. Raises: NotAllowed; NotFound; CannotChange (not_valid, rank_unchanged, rank_too_low,
    before_latest, reason_missing).
    """
    require(by, permissions.CHANGE_PRIORITY)
    if not (trigger.strip() and reason.strip()):
        raise CannotChange("reason_missing")
    with acting(by_id=by.account_id, by_name=by.name, reason=trigger):
        task = FutureTask.objects.select_related("framework").filter(pk=task_id).first()
        if task is None:
            raise NotFound("task")
        if task.framework.status != FrameworkStatus.VALID:
            raise CannotChange("not_valid")
        _refuse_before_latest(task, effective_on)
        old_rank = _move(task, new_rank)
        change = PriorityChange.objects.create(
            task=task,
            effective_on=effective_on,
            cause=cause,
            trigger=trigger,
            reason=reason,
            decision_reference=decision_reference,
            decision_on=decision_on,
            old_rank=old_rank,
            new_rank=new_rank,
        )
        if publish:
            _publish(change, by)
        if occasion:
            _tell_occasion(change, by, occasion)
        return change


def publish_priority_change(*, by: Viewer, pk: int) -> PriorityChange:
    """Show a recorded change to everybody. Raises: NotAllowed; NotFound."""
    require(by, permissions.CHANGE_PRIORITY)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Änderung der Rangfolge veröffentlicht")):
        change = PriorityChange.objects.select_for_update().filter(pk=pk).first()
        if change is None:
            raise NotFound("priority_change")
        if change.published_at is None:
            _publish(change, by)
        return change


def _publish(change: PriorityChange, by: Viewer) -> None:
    change.published_at = timezone.now()
    change.version += 1
    change.save(update_fields=["published_at", "version", "changed_at"])
    record(
        name="priority_changed",
        subject="goals",
        object_key=str(change.pk),
        by_id=by.account_id,
        by_name=by.name,
        task=change.task.number,
        old_rank=change.old_rank,
        new_rank=change.new_rank,
        effective_on=change.effective_on.isoformat(),
    )


def _tell_occasion(change: PriorityChange, by: Viewer, occasion: str) -> None:
    record(
        name="priority_occasioned",
        subject="goals",
        object_key=str(change.pk),
        by_id=by.account_id,
        by_name=by.name,
        occasion=occasion,
        who=by.name,
    )


def _refuse_before_latest(task: FutureTask, effective_on: date) -> None:
    later = PriorityChange.objects.filter(task__framework_id=task.framework_id, effective_on__gt=effective_on)
    if later.exists():
        raise CannotChange("before_latest")


def _move(task: FutureTask, new_rank: int | None) -> int | None:
    """The new ranks of all tasks of the framework, written; gives the old rank of the task."""
    tasks = {
        one.pk: one
        for one in FutureTask.objects.select_for_update()
        .filter(framework_id=task.framework_id)
        .defer("search")
    }
    ranks = {pk: one.rank for pk, one in tasks.items()}
    if new_rank == ranks[task.pk]:
        raise CannotChange("rank_unchanged")
    taken = sum(rank is not None for pk, rank in ranks.items() if pk != task.pk)
    if new_rank is not None and not 1 <= new_rank <= taken + 1:
        raise CannotChange("rank_too_low", last=taken + 1)
    for pk, rank in rank_move(ranks, task_id=task.pk, to=new_rank).items():
        if tasks[pk].rank != rank:
            tasks[pk].rank = rank
            tasks[pk].version += 1
            tasks[pk].save(update_fields=["rank", "version", "changed_at"])
    return ranks[task.pk]
