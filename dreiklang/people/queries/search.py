"""Departments and committees that a search finds."""

from dreiklang.core.records import Hit
from dreiklang.core.search import found_by
from dreiklang.people.models import COMMITTEE_KIND_LABELS, Committee
from dreiklang.people.queries.committees import committee_address
from dreiklang.people.queries.departments import department_hits
from dreiklang.people.rules import CommitteeKind, Viewer


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Living departments and all committees whose name holds the text, departments first."""
    return [*department_hits(viewer, text=text, limit=limit), *_committee_hits(text, limit)]


def _committee_hits(text: str, limit: int) -> list[Hit]:
    """Those that ended too: what they decided is still followed."""
    found = found_by(Committee.objects.all(), text=text, title="name", has_words=False)
    rows = found.values_list("key", "name", "kind", "hit_rank")[:limit]
    return [
        Hit(
            "committee",
            key,
            name,
            str(COMMITTEE_KIND_LABELS[CommitteeKind(kind)]),
            committee_address(key),
            rank,
        )
        for key, name, kind, rank in rows
    ]
