"""When a note for the public may be seen, and how long a report may be taken back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dreiklang.core.values import Period

WITHDRAWAL = timedelta(seconds=60)


def may_withdraw(*, recorded_at: datetime, now: datetime) -> bool:
    """Whether the report may still be taken back: for one minute after it was recorded."""
    return now - recorded_at <= WITHDRAWAL


def in_restraint(day: date, *, periods: Iterable[Period]) -> bool:
    """Whether nothing is published on that day."""
    return any(period.contains(day) for period in periods)


def note_visible_on(released_on: date, *, periods: Iterable[Period]) -> date:
    """The first day the public sees a note: when its office released it, or after the restraint period.

    A note released inside such a period waits until the day after it; periods that follow one
    another are waited for in turn. What was public before the period stays public.
    """
    day = released_on
    for period in sorted(periods, key=lambda one: one.start or date.min):
        if period.contains(day) and period.end is not None:
            day = period.end + timedelta(days=1)
    return day


def replaced_notes(notes: Iterable[tuple[int, date, int]]) -> frozenset[int]:
    """The reports (ids) whose note gives way to a newer note of the same measure.

    `notes` are (measure, day, report) of reports with a note that were not withdrawn. Newer is what speaks of a
    later day, then what was recorded later. Whether the newer note was released already makes no difference.
    """
    newest: dict[int, tuple[date, int]] = {}
    found = list(notes)
    for measure, day, report in found:
        newest[measure] = max(newest.get(measure, (day, report)), (day, report))
    return frozenset(report for measure, day, report in found if newest[measure] != (day, report))


def review_due_on(
    *, agreed_on: date | None, reviewed_on: date | None, every_months: int | None
) -> date | None:
    """When the brief is looked at again; None without an agreement or a rhythm."""
    last = reviewed_on or agreed_on
    if last is None or not every_months:
        return None
    years, month = divmod(last.month - 1 + every_months, 12)
    first = date(last.year + years, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=last.day - 1), following - timedelta(days=1))


def reaches(start: int, *, target: int, edges: Iterable[tuple[int, int]]) -> bool:
    """Whether `target` is reached from `start` along the edges (measure, what it needs first)."""
    following: dict[int, list[int]] = {}
    for source, needed in edges:
        following.setdefault(source, []).append(needed)
    open_ends, seen = [start], {start}
    while open_ends:
        here = open_ends.pop()
        if here == target:
            return True
        fresh = [one for one in following.get(here, ()) if one not in seen]
        seen.update(fresh)
        open_ends.extend(fresh)
    return False
