"""Indicators for the search over everything."""

from textwrap import shorten

from dreiklang.core.records import Hit
from dreiklang.core.search import found_by
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.people.rules import Viewer

SNIPPET = 160


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Indicators that hold the text, best first. One statement."""
    found = found_by(visible_indicators(viewer), text=text, title="name")
    rows = found.values_list("key", "name", "meaning", "hit_rank")[:limit]
    return [
        # Nobody calls an indicator by its key: it stands in the address.
        Hit("indicator", "", name, shorten(meaning, SNIPPET, placeholder=" …"), address(key), rank)
        for key, name, meaning, rank in rows
    ]
