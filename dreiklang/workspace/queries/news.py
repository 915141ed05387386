"""What changed lately, in every subject."""

from datetime import date

from dreiklang.concepts import queries as concepts
from dreiklang.core.records import News
from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.papers import queries as papers
from dreiklang.people.rules import Viewer


def news(viewer: Viewer, *, since: date, limit: int) -> list[News]:
    """What changed since that day in every subject, newest first; at most `limit`."""
    found = [
        *measures.latest_changes(viewer, since=since, limit=limit),
        *concepts.latest_changes(viewer, since=since, limit=limit),
        *goals.latest_changes(viewer, since=since, limit=limit),
        *papers.latest_changes(viewer, since=since, limit=limit),
    ]
    return sorted(found, key=lambda item: (item.on, item.title), reverse=True)[:limit]
