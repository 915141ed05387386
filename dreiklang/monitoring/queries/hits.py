"""Indicators, criteria, surveys, the frame and data requests for the search over everything."""

from textwrap import shorten

from dreiklang.core.records import Hit
from dreiklang.core.search import found_by
from dreiklang.goals.queries import page_address
from dreiklang.monitoring.queries.frame import change_hits
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.queries.requests import request_hits
from dreiklang.monitoring.queries.surveys import survey_hits
from dreiklang.monitoring.queries.visibility import visible_criteria, visible_indicators
from dreiklang.people.rules import Viewer

SNIPPET = 160


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """What holds the text, best first. Four statements, one more for the administration."""
    hits = [
        *_indicators(viewer, text, limit),
        *_criteria(viewer, text, limit),
        *survey_hits(viewer, text=text, limit=limit),
        *change_hits(viewer, text=text, limit=limit),
        *(request_hits(viewer, text=text, limit=limit) if viewer.is_internal else ()),
    ]
    return sorted(hits, key=lambda hit: -hit.rank)[:limit]


def _indicators(viewer: Viewer, text: str, limit: int) -> list[Hit]:
    found = found_by(visible_indicators(viewer), text=text, title="name")
    rows = found.values_list("key", "name", "meaning", "hit_rank")[:limit]
    return [
        # Nobody calls an indicator by its key: it stands in the address.
        Hit("indicator", "", name, shorten(meaning, SNIPPET, placeholder=" …"), address(key), rank)
        for key, name, meaning, rank in rows
    ]


def _criteria(viewer: Viewer, text: str, limit: int) -> list[Hit]:
    """Criteria that hold, of the valid framework: those of older versions are read on their goals' pages."""
    holding = visible_criteria(viewer).filter(retired_on=None, goal__framework__status="valid")
    found = found_by(holding, text=text, title="text")
    rows = found.values_list("pk", "goal__number", "number", "text", "explanation", "hit_rank")[:limit]
    return [
        Hit(
            "criterion",
            f"{goal} {number}",
            words,
            shorten(more, SNIPPET, placeholder=" …"),
            f"{page_address('monitoring:goal-criteria', goal, 'valid', '')}#kriterium-{pk}",
            rank,
        )
        for pk, goal, number, words, more, rank in rows
    ]
