"""Talks about something that was only being typed: nobody knows their candidate yet."""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from dreiklang.conflicts.models import Talk
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries.page import talk_lines
from dreiklang.conflicts.queries.records import TalkLine
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

SHOWN = 5


def talks_about(viewer: Viewer, *, key: str) -> tuple[TalkLine, ...]:
    """The talks about that record that still wait for their candidate, newest first; nothing for outsiders.

    Three statements, one where there is none.
    """
    if not key or not may(viewer, SEE):
        return ()
    rows = list(Talk.objects.filter(candidate=None, about_key=key).order_by("-asked_at", "-pk")[:SHOWN])
    return talk_lines(viewer, rows) if rows else ()


def invited_today(viewer: Viewer, *, own_key: str, draft_title: str, keys: Collection[str]) -> frozenset[str]:
    """With whom of these the viewer asked to talk today about what she is typing. One statement.

    A title that grew since, or was cut back, is still that of the same draft. `own_key` names the record that is
    edited; what she asked about another record and one of these says nothing about this one.
    """
    if viewer.account_id is None or not keys:
        return frozenset()
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Talk.objects.filter(asked_by_id=viewer.account_id, asked_at__gte=since)
    found = asked.filter(Q(about_key__in=keys) | Q(candidate__parties__contains=[own_key]))
    return frozenset(
        key
        for about, title, parties in found.values_list("about_key", "draft_title", "candidate__parties")
        if not title or (draft_title and (draft_title.startswith(title) or title.startswith(draft_title)))
        for key in ({about, *(parties or ())} & set(keys))
    )
