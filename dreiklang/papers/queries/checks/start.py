"""What a check can begin with: a paper that is there already, and the meeting it is meant for."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from dreiklang.core import text
from dreiklang.papers.queries.meetings import coming_meetings
from dreiklang.papers.queries.visibility import visible_meetings, visible_papers
from dreiklang.people.rules import Viewer

SUGGESTED = 150
MEETINGS_OFFERED = 200


@dataclass(frozen=True)
class CheckedPaper:
    """What a check takes over from a paper."""

    key: str
    title: str
    concept_id: int | None
    department_id: int | None


def checked_paper(viewer: Viewer, *, key: str) -> CheckedPaper | None:
    """The paper of that key, for a check of it; None without one for this viewer."""
    found = visible_papers(viewer).filter(key=key).values_list("title", "concept", "lead_department").first()
    return CheckedPaper(key, *found) if found else None


def paper_key(viewer: Viewer, *, pk: int | None) -> str:
    """The key of a paper, for a form; empty without one."""
    found = visible_papers(viewer).filter(pk=pk).values_list("key", flat=True).first() if pk else None
    return found or ""


def papers_to_check(viewer: Viewer) -> list[tuple[str, str]]:
    """The newest papers, to suggest while typing: key and "number title". One statement."""
    found = visible_papers(viewer).filter(withdrawn_at=None).order_by("-dated_on", "-pk")
    rows = found.values_list("key", "number", "title")[:SUGGESTED]
    return [(key, f"{number} {title}") for key, number, title in rows]


def meetings_ahead(viewer: Viewer, *, today: date, chosen: int | None = None) -> list[tuple[int, str]]:
    """Meetings for a form, soonest first; the one chosen before stays even when it is over."""
    ahead = [
        (one.id, f"{text.day_short(localdate(one.starts_at))} {one.name}")
        for one in coming_meetings(viewer, today=today, limit=MEETINGS_OFFERED)
    ]
    if chosen is None or chosen in {pk for pk, _label in ahead}:
        return ahead
    return [*visible_meetings(viewer).filter(pk=chosen).values_list("pk", "name"), *ahead]
