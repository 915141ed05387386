"""Talks about something that was only being typed: nobody knows their candidate yet."""

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
