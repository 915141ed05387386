"""Which offices the proposals of a check name for co-signing."""

from dreiklang.papers.models import Check
from dreiklang.papers.queries.papers import labels_of
from dreiklang.papers.rules.kinds import TargetKind, Verdict
from dreiklang.people.rules import Viewer


def offices_proposed(viewer: Viewer, *, check: Check) -> list[tuple[int, str]]:
    """Id and name of offices proposed or confirmed that nobody asked yet, best first; not the office itself."""
    asked = {*check.co_signatures.values_list("department_id", flat=True), check.department_id}
    rows = check.proposals.filter(kind=TargetKind.DEPARTMENT).exclude(verdict=Verdict.REJECTED)
    offered = rows.order_by("rank", "pk").values_list("target", "is_offered", "verdict")
    wanted = [pk for pk, is_now, verdict in offered if is_now or verdict == Verdict.CONFIRMED]
    names = labels_of(viewer, targets=[(TargetKind.DEPARTMENT, pk) for pk in wanted if pk not in asked])
    return [
        (pk, names[(TargetKind.DEPARTMENT, pk)].title)
        for pk in wanted
        if (TargetKind.DEPARTMENT, pk) in names
    ]
