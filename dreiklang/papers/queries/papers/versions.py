"""Versions of a paper's text."""

from dataclasses import dataclass
from datetime import datetime

from dreiklang.papers.models import Paper, PaperVersion
from dreiklang.papers.queries.visibility import sees_inside
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class VersionRow:
    """One version without its text. `by_name` is empty for outsiders."""

    number: int
    title: str
    recorded_at: datetime
    by_name: str
    origin: str


def versions(viewer: Viewer, *, paper: Paper) -> tuple[VersionRow, ...]:
    """The versions, newest first. Outsiders see none: what changed on the way was not public."""
    if not sees_inside(viewer):
        return ()
    rows = PaperVersion.objects.filter(paper=paper).order_by("-number", "-pk")
    fields = ("number", "title", "recorded_at", "by_name", "origin")
    return tuple(VersionRow(*row) for row in rows.values_list(*fields))


def two_versions(
    viewer: Viewer, *, paper: Paper, before: int, after: int
) -> tuple[PaperVersion, PaperVersion] | None:
    """Both versions with their texts; None if one does not exist or is not for this viewer."""
    if not sees_inside(viewer):
        return None
    found = {one.number: one for one in PaperVersion.objects.filter(paper=paper, number__in=[before, after])}
    return (found[before], found[after]) if before in found and after in found else None
