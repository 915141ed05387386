"""Papers and resolutions for the search over everything."""

from django.db.models.functions import Left

from dreiklang.core.records import Hit
from dreiklang.core.search import found_by
from dreiklang.papers.queries.papers import search as search_papers
from dreiklang.papers.queries.resolutions.lines import address
from dreiklang.papers.queries.visibility import visible_resolutions
from dreiklang.people.rules import Viewer

SNIPPET = 160


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Papers, then resolutions that hold the text, each best first."""
    return search_papers(viewer, text=text, limit=limit) + _resolutions(viewer, text, limit)


def _resolutions(viewer: Viewer, text: str, limit: int) -> list[Hit]:
    found = found_by(visible_resolutions(viewer), text=text).annotate(snippet=Left("text", SNIPPET))
    rows = found.values_list("number", "title", "snippet", "hit_rank")[:limit]
    return [
        Hit("resolution", number, title, said, address(number), rank) for number, title, said, rank in rows
    ]
