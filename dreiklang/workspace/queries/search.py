"""Search over all subjects at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreiklang.concepts import queries as concepts
from dreiklang.core.records import Hit
from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.monitoring import queries as monitoring
from dreiklang.papers import queries as papers
from dreiklang.people import queries as people
from dreiklang.people.rules import Viewer
from dreiklang.places import queries as places

LEAST_LETTERS = 2
SUBJECTS = (goals, concepts, measures, monitoring, papers, places, people)


@dataclass(frozen=True)
class Found:
    """What a search found, best first; `counts` per kind before cutting."""

    hits: Sequence[Hit]
    counts: dict[str, int]


def search(viewer: Viewer, *, text: str, kind: str = "", limit: int = 100) -> Found:
    """Records whose words or parts of words fit the text; nothing below two letters.

    Parts of words count, so that Verkehr finds Radverkehrskonzept.
    """
    wanted = " ".join(text.split())
    if len(wanted) < LEAST_LETTERS:
        return Found(hits=(), counts={})
    hits = [hit for subject in SUBJECTS for hit in subject.search(viewer, text=wanted, limit=limit)]
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.kind] = counts.get(hit.kind, 0) + 1
    shown = [hit for hit in hits if not kind or hit.kind == kind]
    return Found(hits=sorted(shown, key=lambda h: (-h.rank, h.title))[:limit], counts=counts)
