"""What people said of a candidate, one after the other, from its history."""

from dataclasses import dataclass
from datetime import datetime

import pghistory.models

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.rules import State
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class Saying:
    """Somebody said where it stands, and why."""

    at: datetime
    by: str
    state: State
    reason: str


def sayings_of(viewer: Viewer, *, pk: int) -> tuple[Saying, ...]:
    """All that was said, newest first; nothing for outsiders. Two statements."""
    candidate = Candidate.objects.filter(pk=pk).first() if viewer.is_internal else None
    if candidate is None:
        return ()
    events = pghistory.models.Events.objects.tracks(candidate).order_by("-pgh_created_at", "-pgh_id")
    found: dict[str, Saying] = {}
    for row in events.values_list("pgh_data", flat=True):
        if row.get("said_at"):
            at = datetime.fromisoformat(row["said_at"])
            saying = Saying(at, row["said_by_name"], State(row["said_state"]), row["said_reason"])
            found.setdefault(row["said_at"], saying)
    return tuple(found.values())
