"""What changed lately, and what a search finds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.timezone import localdate

from dreiklang.core.records import Hit, News
from dreiklang.core.search import found_by
from dreiklang.measures.models import Report
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.terms import restraint_periods
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import UNCOUNTED, note_visible_on
from dreiklang.people.rules import Viewer

# So many of the newest reports are looked through for a change of phase, at least.
_LOOKED_AT = 500


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Measures that hold the text, best first. An exact number is the best hit of all."""
    if not text.strip():
        return []
    exact = visible(viewer).filter(number__iexact=text.strip()).values("number", "title", "teaser")[:1]
    hits = [_hit(row, rank=3.0) for row in exact]
    found = found_by(visible(viewer).filter(merged_into=None), text=text)
    rows = found.values("number", "title", "teaser", "hit_rank")[:limit]
    known = {hit.key for hit in hits}
    hits += [_hit(row, rank=row["hit_rank"]) for row in rows if row["number"] not in known]
    return hits[:limit]


def _hit(row: Mapping[str, Any], *, rank: float) -> Hit:
    return Hit("measure", row["number"], row["title"], row["teaser"], address(row["number"]), rank)


def latest_changes(viewer: Viewer, *, since: date, limit: int = 20, today: date | None = None) -> list[News]:
    """New phases, finished measures and released notes of visible measures, newest first.

    Kinds: `measure_phase` (text: code of the phase), `measure_finished`, `measure_note` (text: the
    note). A note counts on the first day it may be seen. The first report of a measure is no news
    about its phase. `today` is the day in Berlin unless given. Three statements.
    """
    today = today or localdate()
    changes = [*_phases(viewer, since, today, limit), *_notes(viewer, since, today, limit)]
    return sorted(changes, key=lambda news: (news.on, news.kind, news.url), reverse=True)[:limit]


def _phases(viewer: Viewer, since: date, today: date, limit: int) -> list[News]:
    earlier = (
        Report.objects.filter(
            measure=OuterRef("measure"), withdrawn_at=None, reported_on__lt=OuterRef("reported_on")
        )
        .exclude(phase="")
        .order_by("-reported_on", "-pk")
    )
    recent = (
        Report.objects.filter(
            measure__in=visible(viewer), withdrawn_at=None, reported_on__range=(since, today)
        )
        .exclude(phase="")
        .order_by("-reported_on", "-pk")
    )
    # Only the newest reports are compared with the one before, so that the cost does not grow with the city.
    looked_at = recent.values("pk")[: max(_LOOKED_AT, limit * 20)]
    rows = (
        Report.objects.filter(pk__in=looked_at)
        .annotate(before=Subquery(earlier.values("phase")[:1]))
        .exclude(before=None)
        .exclude(before=F("phase"))
        .order_by("-reported_on", "-pk")
        .values_list("reported_on", "phase", "measure__number", "measure__title")[:limit]
    )
    return [
        News(on, "measure_finished" if phase == "in_use" else "measure_phase", title, phase, address(number))
        for on, phase, number, title in rows
    ]


def _notes(viewer: Viewer, since: date, today: date, limit: int) -> list[News]:
    periods = restraint_periods()
    # A note may become visible long after its release, so the periods decide how far back to look.
    waiting = [period.start for period in periods if period.start and period.end and period.end >= since]
    earliest = min([since, *waiting])
    rows = (
        Report.objects.filter(
            measure__in=visible(viewer).filter(merged_into=None),
            withdrawn_at=None,
            released_at__date__gte=earliest,
        )
        .exclude(phase__in=list(UNCOUNTED))
        .order_by("-released_at", "-pk")
        .values_list("released_at", "public_note", "measure__number", "measure__title")[: limit * 4]
    )
    found = []
    for released_at, note, number, title in rows:
        on = note_visible_on(localdate(released_at), periods=periods)
        if since <= on <= today:
            found.append(News(on, "measure_note", title, note, address(number)))
    return found
