"""Telling what happened, so that subjects above can react: an outbox in the same transaction.

`config/reactions.py` is the one page that says who reacts to what; the worker carries it out after
the commit. A rolled back transaction tells nobody anything.
"""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from dreiklang.core.models import Change

DELIVER = "deliver_change"


def record(
    *, name: str, subject: str, object_key: str, by_id: int | None, by_name: str, **facts: Any
) -> Change:
    """Record that something happened, in the caller's transaction.

    `name` is the past of a verb ("reported", "merged"); `facts` must be JSON.
    """
    change = Change.objects.create(
        name=name, subject=subject, object_key=object_key, facts=facts, by_id=by_id, by_name=by_name
    )
    later(DELIVER, change_id=change.pk)
    return change


def later(task: str, *, in_seconds: int = 0, lock: str | None = None, **arguments: Any) -> None:
    """Let the worker do something after the commit, `in_seconds` from now at the earliest.

    `task` is the name of a task in `config/tasks.py`; `arguments` must be JSON. Of a task with a queueing lock
    one that waits already is enough.
    """
    options: dict[str, Any] = {"lock": lock} if lock else {}
    if in_seconds:
        options["schedule_in"] = {"seconds": in_seconds}
    wanted = jobs.configure_task(task, allow_unknown=True, **options)
    if wanted.job.queueing_lock is None:
        wanted.defer(**arguments)
        return
    try:
        # The refusal comes from the database: without a savepoint it would break the caller's transaction.
        with transaction.atomic():
            wanted.defer(**arguments)
    except AlreadyEnqueued:
        return
