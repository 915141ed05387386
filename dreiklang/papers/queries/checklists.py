"""The versions of the checklist, and which of them is in force on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from dreiklang.core.errors import NotFound
from dreiklang.papers.models import Checklist
from dreiklang.papers.permissions.checks import SEE
from dreiklang.papers.queries.checks.facts import content_of
from dreiklang.papers.rules.checklist import ChecklistContent
from dreiklang.papers.rules.kinds import ChecklistState, Standing
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class ChecklistLine:
    """A version, where it stands on the day asked, and how many checks use it."""

    record: Checklist
    standing: Standing
    question_count: int
    check_count: int


def published_until(day: date) -> QuerySet[Checklist]:
    """The published versions whose day has come, the one in force first. For the steps of this subject."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    published = Checklist.objects.filter(begun, state=ChecklistState.PUBLISHED)
    return published.order_by(F("valid_from").desc(nulls_last=True), "-published_at", "-pk")


def standing_of(record: Checklist, *, today: date) -> Standing:
    """Where a version stands that day. One statement for what is published, else none."""
    current = published_until(today).first() if record.state == ChecklistState.PUBLISHED else None
    return _standing(record, current, today)


def _standing(record: Checklist, current: Checklist | None, today: date) -> Standing:
    if record.state == ChecklistState.DRAFT:
        return Standing.DRAFT
    if record.state == ChecklistState.RETIRED:
        return Standing.REPLACED
    if record.valid_from is not None and record.valid_from > today:
        return Standing.AHEAD
    return Standing.IN_FORCE if record == current else Standing.REPLACED


def checklist_lines(viewer: Viewer, *, today: date) -> list[ChecklistLine]:
    """All versions: drafts, those to come, the one in force, those before it. Nothing for outsiders."""
    if not may(viewer, SEE):
        return []
    current = published_until(today).first()
    found = Checklist.objects.annotate(check_count=Count("checks")).order_by("-valid_from", "-pk")
    lines = [
        ChecklistLine(one, _standing(one, current, today), len(content_of(one).questions), one.check_count)
        for one in found
    ]
    return sorted(lines, key=lambda line: list(Standing).index(line.standing))


def checklist_of(viewer: Viewer, *, pk: int) -> tuple[Checklist, ChecklistContent]:
    """A version and its questions. Raises: NotFound."""
    found = Checklist.objects.filter(pk=pk).first() if may(viewer, SEE) else None
    if found is None:
        raise NotFound("checklist")
    return found, content_of(found)


def published_checklist(viewer: Viewer, *, today: date) -> Checklist | None:
    """The version in force that day, or None before the coordinator published one."""
    if not may(viewer, SEE):
        return None
    return published_until(today).first()
