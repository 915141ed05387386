"""What was said of a candidate, as a course from the newest to the oldest."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.conflicts.queries import CandidatePage, TalkLine
from dreiklang.conflicts.queries.said import Saying
from dreiklang.conflicts.rules import State
from dreiklang.core import text
from dreiklang.ui.rules import Entry


def entries_of(page: CandidatePage, sayings: Sequence[Saying]) -> list[Entry]:
    """Sayings and talks, newest first. An invitation stands as a talk, so its saying is left out."""
    found: list[tuple[datetime, Entry]] = [
        *_sayings(sayings),
        *(entry for talk in page.talks for entry in _talk(talk)),
    ]
    if page.reopened_at:
        is_outdated = page.line.state is State.OUTDATED
        said = (
            _("Überholt: Was geklärt wurde, trifft nicht mehr zu")
            if is_outdated
            else _("Wieder offen: Etwas hat sich geändert")
        )
        reopened = Entry(timezone.localdate(page.reopened_at), said)
        found.append((page.reopened_at, reopened))
    return [entry for _at, entry in sorted(found, key=lambda one: one[0], reverse=True)]


def _sayings(sayings: Iterable[Saying]) -> Iterable[tuple[datetime, Entry]]:
    words = {
        State.SEEN: _("Angesehen"),
        State.WEIGHED: _("Geklärt"),
        State.NO_CONFLICT: _("Kein Konflikt"),
    }
    for one in sayings:
        if one.state in words:
            on = timezone.localdate(one.at)
            yield one.at, Entry(on, words[one.state], text=one.reason, source=one.by)


def _talk(talk: TalkLine) -> Iterable[tuple[datetime, Entry]]:
    to = text.listing(talk.to) or _("das Amt")
    on = timezone.localdate(talk.asked_at)
    title = _("%(who)s zum Gespräch eingeladen") % {"who": to}
    yield talk.asked_at, Entry(on, title, text=talk.message, source=talk.asked_by)
    if talk.held_on or talk.note:
        held = talk.held_on or on
        # The day alone says when; it comes after the invitation.
        yield talk.asked_at + timedelta(microseconds=1), Entry(held, _("Gespräch"), text=talk.note)
