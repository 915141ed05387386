"""Searches that somebody saved, and the mail about what they find new."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import SavedSearch
from dreiklang.papers.permissions.papers import SAVE_SEARCH
from dreiklang.papers.queries.searches import MOST_SEEN, hit_lines, search_hits
from dreiklang.papers.rules.kinds import Searched
from dreiklang.people.queries import accounts_by_id, viewer_of
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

MOST_SEARCHES = 30
MOST_TOLD = 20


class CannotSaveSearch(Refused):
    """The search cannot be kept: `name_taken`, `nothing_asked`, `too_many`."""


def save_search(
    *, by: Viewer, name: str, query: Mapping[str, Any], searched: Searched = Searched.PAPERS
) -> SavedSearch:
    """Keep a search of the list of papers, or of resolutions. What it finds now counts as seen.

    Raises: NotAllowed; CannotSaveSearch.
    """
    require(by, SAVE_SEARCH)
    account = accounts_by_id([by.account_id or 0])[by.account_id or 0]
    asked = {key: str(value) for key, value in query.items() if value}
    if not asked:
        raise CannotSaveSearch("nothing_asked")
    mine = SavedSearch.objects.filter(account=by.account_id)
    if mine.filter(name=name).exists():
        raise CannotSaveSearch("name_taken", name=name)
    if mine.count() >= MOST_SEARCHES:
        raise CannotSaveSearch("too_many")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Suche gemerkt")):
        return SavedSearch.objects.create(
            account=account,
            searched=searched,
            name=name,
            query=asked,
            seen_ids=search_hits(by, searched=searched, query=asked, today=timezone.localdate()),
            looked_at=timezone.now(),
        )


def forget_search(*, by: Viewer, search_id: int) -> None:
    """Give up one's own saved search. Raises: NotFound; NotAllowed."""
    require(by, SAVE_SEARCH)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Gemerkte Suche gelöscht")):
        count, _rows = SavedSearch.objects.filter(account=by.account_id, pk=search_id).delete()
    if not count:
        raise NotFound("search", key=str(search_id))


def tell_of_new_hits(*, now: datetime) -> int:
    """One mail to everybody whose saved searches find something new; gives how many mails went out.

    Each search is asked as its owner may see. What was told counts as seen, so nothing is told twice.
    """
    ids = list(SavedSearch.objects.order_by("account_id", "pk").values_list("pk", "account_id"))
    by_account: dict[int, list[int]] = {}
    for pk, account in ids:
        by_account.setdefault(account, []).append(pk)
    accounts = accounts_by_id(list(by_account))
    return sum(
        _tell(accounts[account], searches, now)
        for account, searches in by_account.items()
        if account in accounts
    )


def _tell(account: Any, search_ids: list[int], now: datetime) -> int:
    viewer = viewer_of(account=account, today=timezone.localdate(now))
    if not viewer.is_logged_in:
        return 0
    with transaction.atomic():
        searches = SavedSearch.objects.select_for_update().filter(pk__in=search_ids).order_by("name", "pk")
        found = [(one, new) for one in searches if (new := _new(viewer, one, now))]
        if not found:
            return 0
        told = [(one.name, _lines(viewer, one, new[:MOST_TOLD], now), len(new)) for one, new in found]
        _send(account.email, account.name, told)
    return 1


def _lines(viewer: Viewer, search: SavedSearch, ids: list[int], now: datetime) -> list[Any]:
    today = timezone.localdate(now)
    lines = hit_lines(viewer, searched=Searched(search.searched), ids=ids, today=today)
    return [lines[pk] for pk in ids]


def _new(viewer: Viewer, search: SavedSearch, now: datetime) -> list[int]:
    """What the search finds that its owner was not told of; remembers it."""
    there = search_hits(
        viewer, searched=Searched(search.searched), query=search.query, today=timezone.localdate(now)
    )
    seen = frozenset(search.seen_ids)
    new = [pk for pk in there if pk not in seen]
    search.seen_ids = [*new, *search.seen_ids][: MOST_SEEN * 2]
    search.looked_at = now
    if new:
        search.told_at = now
    search.save(update_fields=["seen_ids", "looked_at", "told_at"])
    return new


def _send(address: str, name: str, told: list[Any]) -> None:
    with translation.override("de"):
        facts = {"name": name, "told": told, "site": settings.SITE_URL}
        said = render_to_string("papers/mail/new_hits.txt", facts)
    subject, _sign, body = said.strip().partition("\n")
    EmailMessage(subject=subject.strip(), body=body.strip() + "\n", to=[address]).send()
