"""The versions of the checklist, for the coordinator's page."""

from dataclasses import dataclass

from django.db.models import Count

from dreiklang.core.errors import NotFound
from dreiklang.papers.models import Checklist
from dreiklang.papers.permissions.checks import SEE
from dreiklang.papers.queries.checks.facts import content_of
from dreiklang.papers.rules.checklist import ChecklistContent
from dreiklang.papers.rules.kinds import ChecklistState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class ChecklistLine:
    """A version with how many checks use it."""

    record: Checklist
    question_count: int
    check_count: int


def checklist_lines(viewer: Viewer) -> list[ChecklistLine]:
    """All versions: drafts first, then the one in force, then those before it. Nothing for outsiders."""
    if not may(viewer, SEE):
        return []
    order = {ChecklistState.DRAFT: 0, ChecklistState.PUBLISHED: 1, ChecklistState.RETIRED: 2}
    found = Checklist.objects.annotate(check_count=Count("checks")).order_by("-valid_from", "-pk")
    lines = [ChecklistLine(one, len(content_of(one).questions), one.check_count) for one in found]
    return sorted(lines, key=lambda line: order[ChecklistState(line.record.state)])


def checklist_of(viewer: Viewer, *, pk: int) -> tuple[Checklist, ChecklistContent]:
    """A version and its questions. Raises: NotFound."""
    found = Checklist.objects.filter(pk=pk).first() if may(viewer, SEE) else None
    if found is None:
        raise NotFound("checklist")
    return found, content_of(found)


def published_checklist(viewer: Viewer) -> Checklist | None:
    """The version in force, or None before the coordinator published one."""
    if not may(viewer, SEE):
        return None
    return Checklist.objects.filter(state=ChecklistState.PUBLISHED).first()
