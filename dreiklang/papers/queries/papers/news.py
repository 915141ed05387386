"""Papers for the search over everything, and for "what changed lately"."""

from datetime import date

from django.db.models import F
from django.db.models.functions import Left

from dreiklang.core.records import Hit, News
from dreiklang.core.search import found_by
from dreiklang.papers.queries.papers.steps import address_of_paper
from dreiklang.papers.queries.visibility import sees_inside, visible_papers
from dreiklang.people.rules import Viewer

SNIPPET = 160


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Papers that hold the text, best first; outsiders find no withdrawn ones."""
    seen = visible_papers(viewer)
    if not sees_inside(viewer):
        seen = seen.filter(withdrawn_at=None)
    found = found_by(seen, text=text).annotate(snippet=Left("summary", SNIPPET))
    rows = found.values_list("number", "title", "snippet", "key", "hit_rank")[:limit]
    return [
        Hit("paper", number, title, said, address_of_paper(key), rank)
        for number, title, said, key, rank in rows
    ]


def latest_changes(viewer: Viewer, *, since: date, limit: int) -> list[News]:
    """Papers dated since that day, newest first; `text` is the code of their kind."""
    found = visible_papers(viewer).filter(dated_on__gte=since, withdrawn_at=None)
    rows = found.order_by(F("dated_on").desc(nulls_last=True), "-pk")
    return [
        News(on, "paper", title, kind, address_of_paper(key))
        for on, title, kind, key in rows.values_list("dated_on", "title", "kind", "key")[:limit]
        if on is not None
    ]
