"""What a list says became of resolutions: each new word a report, none overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from dreiklang.core.imports.contract import Actor
from dreiklang.papers.models import Resolution, ResolutionReport

REPORTED = frozenset({"state", "state_on", "public_note", "is_released"})


def latest_reports(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Resolution → what its newest report says in public."""
    rows = _valid().filter(resolution__in=ids).order_by("reported_on", "pk")
    return {
        one.resolution_id: {"public_note": one.public_note, "is_released": one.released_at is not None}
        for one in rows
    }


def add_reports(said: Mapping[int, Mapping[str, Any]], *, by: Actor) -> None:
    """A report for each resolution whose row says something new. The day is the row's, else today."""
    states = dict(Resolution.objects.filter(pk__in=said).values_list("pk", "state"))
    rows = _valid().select_for_update().filter(resolution__in=said)
    there = {
        (one.resolution_id, one.reported_on, one.state, one.public_note): one for one in rows.order_by("pk")
    }
    now, today = timezone.now(), timezone.localdate()
    fresh = []
    for pk, values in said.items():
        day = date.fromisoformat(values["state_on"]) if values.get("state_on") else today
        key = (pk, day, values.get("state", states[pk]), values.get("public_note", ""))
        is_released = bool(values.get("is_released") and key[3])
        known = there.get(key)
        if known is None:
            fresh.append(_report(key, now if is_released else None, by))
        elif is_released and known.released_at is None:
            known.released_at, known.released_by_name = now, by.name
            known.save(update_fields=["released_at", "released_by_name"])
    ResolutionReport.objects.bulk_create(fresh)


def take_states(ids: Sequence[int]) -> None:
    """Each resolution gets the state of its newest report; one statement."""
    latest = _valid().filter(resolution=OuterRef("pk")).order_by("-reported_on", "-pk")
    Resolution.objects.filter(Exists(latest), pk__in=ids).update(
        state=Subquery(latest.values("state")[:1]), state_on=Subquery(latest.values("reported_on")[:1])
    )


def _valid() -> QuerySet[ResolutionReport]:
    """Reports that nobody took back."""
    return ResolutionReport.objects.filter(withdrawn_at=None)


def _report(key: tuple[int, date, str, str], released_at: Any, by: Actor) -> ResolutionReport:
    pk, day, state, note = key
    return ResolutionReport(
        resolution_id=pk,
        reported_on=day,
        state=state,
        public_note=note,
        released_at=released_at,
        released_by_name=by.name if released_at else "",
        by_id=by.id,
        by_name=by.name,
    )
