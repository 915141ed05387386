"""Saved searches: what they ask, and what they found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from dreiklang.papers.models import SavedSearch
from dreiklang.papers.queries.papers.choices import FilterLists, filter_lists
from dreiklang.papers.rules.kinds import PaperKind
from dreiklang.papers.rules.papers import PaperFilter, Whereabouts
from dreiklang.people.rules import Viewer

# A search that finds more than this tells of the newest only.
MOST_SEEN = 1000
# What may stand in the address bar of the list of papers, and in a saved search.
ASKABLE = ("q", "art", "gremium", "amt", "ziel", "stadtteil", "jahr", "stand", "strategisch", "intern")


@dataclass(frozen=True)
class SavedRow:
    """One of the viewer's saved searches, with the address of what it finds."""

    id: int
    name: str
    url: str
    looked_at: datetime | None
    told_at: datetime | None


def saved_searches(viewer: Viewer) -> tuple[SavedRow, ...]:
    """The viewer's own saved searches, by name."""
    found = SavedSearch.objects.filter(account=viewer.account_id).order_by("name", "pk").defer("seen_ids")
    return tuple(
        SavedRow(
            one.pk,
            one.name,
            f"{reverse('papers:list')}?{urlencode(one.query)}",
            one.looked_at,
            one.told_at,
        )
        for one in found
    )


def filter_of(viewer: Viewer, *, query: Mapping[str, Any], lists: FilterLists | None = None) -> PaperFilter:
    """What an address bar asks for. A record that does not exist finds nothing; other nonsense is passed over."""
    lists = lists or filter_lists(viewer)

    def chosen(name: str) -> int | None:
        given = query.get(name)
        return next((pk for key, _w, pk in getattr(lists, name) if key == given), 0) if given else None

    return PaperFilter(
        text=str(query.get("q") or ""),
        kind=_member(PaperKind, query.get("art")),
        committee=chosen("gremium"),
        department=chosen("amt"),
        goal=chosen("ziel"),
        area=chosen("stadtteil"),
        year=_year(query.get("jahr")),
        whereabouts=_member(Whereabouts, query.get("stand")),
        only_strategic=bool(query.get("strategisch")),
        only_internal=bool(query.get("intern")),
    )


def _member(kind: Any, value: Any) -> Any:
    return kind(value) if value in set(kind) else None


def _year(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and 1900 <= int(text) <= 2200 else None
