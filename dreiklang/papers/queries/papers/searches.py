"""What an address bar of the list of papers asks for: saved searches keep it so."""

from collections.abc import Mapping
from typing import Any

from dreiklang.papers.queries.papers.choices import FilterLists, filter_lists
from dreiklang.papers.rules.kinds import PaperKind
from dreiklang.papers.rules.papers import PaperFilter, Whereabouts
from dreiklang.people.rules import Viewer

# What may stand in the address bar of the list of papers, and in a saved search.
ASKABLE = ("q", "art", "gremium", "amt", "ziel", "stadtteil", "jahr", "stand", "strategisch", "intern")


def filter_of(viewer: Viewer, *, query: Mapping[str, Any], lists: FilterLists | None = None) -> PaperFilter:
    """What an address bar asks for. A record that does not exist finds nothing; other nonsense is passed over."""
    lists = lists or filter_lists(viewer)

    def chosen(name: str) -> int | None:
        given = query.get(name)
        return next((pk for key, _w, pk in getattr(lists, name) if key == given), 0) if given else None

    return PaperFilter(
        text=str(query.get("q") or ""),
        kind=member(PaperKind, query.get("art")),
        committee=chosen("gremium"),
        department=chosen("amt"),
        goal=chosen("ziel"),
        area=chosen("stadtteil"),
        year=year_of(query.get("jahr")),
        whereabouts=member(Whereabouts, query.get("stand")),
        only_strategic=bool(query.get("strategisch")),
        only_internal=bool(query.get("intern")),
    )


def member(kind: Any, value: Any) -> Any:
    """The member of a closed list that an address names; None for anything else."""
    return kind(value) if value in set(kind) else None


def year_of(value: Any) -> int | None:
    """The year an address names; None for anything else."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and 1900 <= int(text) <= 2200 else None
