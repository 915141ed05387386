"""What an address bar of the list of resolutions asks for: saved searches keep it so."""

from collections.abc import Mapping, Sequence
from typing import Any

from dreiklang.papers.queries.papers.choices import Choice
from dreiklang.papers.queries.papers.searches import member, year_of
from dreiklang.papers.queries.resolutions.choices import resolution_lists
from dreiklang.papers.rules.kinds import TrackedKind
from dreiklang.papers.rules.resolutions import Fate, ResolutionFilter
from dreiklang.people.rules import Viewer

ASKABLE_OF_RESOLUTIONS = ("q", "stand", "art", "gremium", "amt", "jahr", "mittel")
UNFUNDED = "ohne"


def resolution_filter_of(viewer: Viewer, *, query: Mapping[str, Any]) -> ResolutionFilter:
    """What the address asks for. A record that does not exist finds nothing; other nonsense is passed over."""
    lists = resolution_lists(viewer)
    return ResolutionFilter(
        text=str(query.get("q") or ""),
        fate=member(Fate, query.get("stand")),
        kind=member(TrackedKind, query.get("art")),
        committee=_chosen(lists.gremium, query.get("gremium")),
        department=_chosen(lists.amt, query.get("amt")),
        year=year_of(query.get("jahr")),
        only_unfunded=query.get("mittel") == UNFUNDED,
    )


def _chosen(choices: Sequence[Choice], given: Any) -> int | None:
    return next((pk for key, _label, pk in choices if key == given), 0) if given else None
