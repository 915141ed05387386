"""What happened to a check, newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.papers.models import Check, CheckText
from dreiklang.papers.models.labels import CHECK_STATE_LABELS
from dreiklang.papers.rules.kinds import CheckState
from dreiklang.ui.rules import Entry


@dataclass(frozen=True)
class Course:
    """The steps, and the texts the check was made of."""

    entries: tuple[Entry, ...]
    texts: tuple[CheckText, ...]


def course_of(check: Check) -> Course:
    """Steps, moved days and texts of a check its viewer may see, each newest first."""
    steps = [
        (
            one.entered_at,
            Entry(
                on=localdate(one.entered_at),
                title=CHECK_STATE_LABELS[CheckState(one.state)],
                text=one.reason,
                source=one.by_name,
            ),
        )
        for one in check.steps.order_by("-entered_at", "-pk")
    ]
    told = sorted([*steps, *_moved_days(check)], key=lambda one: one[0], reverse=True)
    return Course(entries=tuple(entry for _when, entry in told), texts=tuple(check.texts.order_by("-number")))


def _moved_days(check: Check) -> list[tuple[datetime, Entry]]:
    """Each time the day of the committee changed after the check began, newest first; read from the history."""
    kept = list(
        check.history_events.order_by("-pgh_id").values_list(  # type: ignore[attr-defined]  # made by pghistory
            "pgh_created_at", "committee_on", "meeting_id", "pgh_context__metadata"
        )
    )
    found = []
    for (at, day, meeting, context), (_at, before, meeting_before, _context) in pairwise(kept):
        if day != before:
            is_moved = meeting is not None and meeting == meeting_before
            source = (context or {}).get("name") or ""
            found.append(
                (
                    at,
                    Entry(
                        localdate(at), _day_words(day), _why(before, day, has_meeting=is_moved), source=source
                    ),
                )
            )
    return found


def _day_words(day: date | None) -> str:
    return _("Soll am %(day)s ins Gremium") % {"day": text.day(day)} if day else _("Ohne Tag im Gremium")


def _why(before: date | None, day: date | None, *, has_meeting: bool) -> str:
    moved = _("Die Sitzung wurde verschoben.") if day else _("Die Sitzung fällt aus.")
    said = [moved] if has_meeting else []
    if before:
        said.append(_("Vorher: %(day)s.") % {"day": text.day(before)})
    return " ".join(said)
