"""Tasks of the worker. Each is one call into a subject; names are what `core.changes.later` uses."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from dreiklang.config.reactions import REACTIONS
from dreiklang.core.changes import DELIVER
from dreiklang.core.models import Change


@jobs.task(name=DELIVER)
def deliver_change(change_id: int) -> None:
    """Carry out the reactions to one change, once."""
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=change_id)
        if change.handled_at is not None:
            return
        for react in REACTIONS.get((change.subject, change.name), []):
            react(change.object_key, change.facts)
        change.handled_at = timezone.now()
        change.save(update_fields=["handled_at"])
