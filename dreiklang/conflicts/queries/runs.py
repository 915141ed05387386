"""How far the comparison of everything is."""

from dreiklang.conflicts.models import Comparison, StaleClaim
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries.records import ComparisonState
from dreiklang.core.enums import RunState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


def comparison_state(viewer: Viewer) -> ComparisonState | None:
    """The latest run, and how many changed claims wait to be compared; None before the first, and for outsiders."""
    if not may(viewer, SEE):
        return None
    latest = Comparison.objects.order_by("-started_at", "-pk").first()
    if latest is None:
        return None
    return ComparisonState(
        is_running=latest.state == RunState.RUNNING,
        started_at=latest.started_at,
        finished_at=latest.finished_at,
        done=latest.done_count,
        total=latest.total_count,
        claim_count=latest.claim_count,
        candidate_count=latest.candidate_count,
        by_name=latest.by_name,
        problem=latest.problem,
        waiting_count=StaleClaim.objects.count(),
    )
