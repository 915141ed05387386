"""Saved searches of either list: what they find, and how it reads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from dreiklang.papers.models import SavedSearch
from dreiklang.papers.models.labels import SEARCHED_LABELS
from dreiklang.papers.queries.papers.lines import found_ids, lines_by_id
from dreiklang.papers.queries.papers.searches import ASKABLE, filter_of
from dreiklang.papers.queries.resolutions.lines import found_resolution_ids, resolutions_by_id
from dreiklang.papers.queries.resolutions.searches import ASKABLE_OF_RESOLUTIONS, resolution_filter_of
from dreiklang.papers.rules.kinds import Searched
from dreiklang.papers.rules.papers import PaperLine
from dreiklang.papers.rules.resolutions import ResolutionLine
from dreiklang.people.rules import Viewer

# A search that finds more than this tells of the newest only.
MOST_SEEN = 1000
# What may stand in the address bar of each list, and in a saved search of it.
ASKABLE_IN = {Searched.PAPERS: ASKABLE, Searched.RESOLUTIONS: ASKABLE_OF_RESOLUTIONS}
_LISTS = {Searched.PAPERS: "papers:list", Searched.RESOLUTIONS: "papers:resolutions"}


@dataclass(frozen=True)
class SavedRow:
    """One of the viewer's saved searches, with the address of what it finds."""

    id: int
    name: str
    listed: str
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
            str(SEARCHED_LABELS[Searched(one.searched)]),
            f"{reverse(_LISTS[Searched(one.searched)])}?{urlencode(one.query)}",
            one.looked_at,
            one.told_at,
        )
        for one in found
    )


def search_hits(viewer: Viewer, *, searched: Searched, query: Mapping[str, Any], today: date) -> list[int]:
    """The newest records a search of this list finds for the viewer, by id; MOST_SEEN at most."""
    if searched is Searched.PAPERS:
        return found_ids(viewer, wanted=filter_of(viewer, query=query), limit=MOST_SEEN)
    wanted = resolution_filter_of(viewer, query=query)
    return found_resolution_ids(viewer, wanted=wanted, today=today, limit=MOST_SEEN)


def hit_lines(
    viewer: Viewer, *, searched: Searched, ids: Collection[int], today: date
) -> Mapping[int, PaperLine | ResolutionLine]:
    """The records of those ids as lines, as far as the viewer may know of them."""
    if searched is Searched.PAPERS:
        return lines_by_id(viewer, ids=ids, today=today)
    return resolutions_by_id(viewer, ids=ids, today=today)
