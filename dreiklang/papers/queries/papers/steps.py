"""Routes of papers, as the viewer may know them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.timezone import localdate

from dreiklang.core.arrays import array_of
from dreiklang.core.enums import Visibility
from dreiklang.papers.queries.visibility import visible_consultations
from dreiklang.papers.rules.kinds import ConsultationRole, MeetingState, Result
from dreiklang.papers.rules.papers import RouteStep
from dreiklang.people.rules import CommitteeKind, Viewer

_FIELDS = (
    "pk",
    "paper_id",
    "committee__name",
    "committee__kind",
    "planned_on",
    "role",
    "role_words",
    "is_deciding",
    "withdrawn_at",
    "meeting__key",
    "meeting__name",
    "meeting__starts_at",
    "meeting__state",
    "meeting__visibility",
    "meeting__withdrawn_at",
    "item__number",
    "item__result",
    "item__result_words",
    "item__resolution_text",
    "item__is_public",
    "item__withdrawn_at",
)
# Those of them that are a day or an instant.
_DAYS = ("planned_on", "withdrawn_at", "meeting__starts_at", "meeting__withdrawn_at", "item__withdrawn_at")


def routes(viewer: Viewer, *, ids: Collection[int]) -> dict[int, tuple[RouteStep, ...]]:
    """Paper → its steps in the order of the route, days before places. One statement."""
    rows = visible_consultations(viewer).filter(paper__in=ids).order_by("position", "pk").values(*_FIELDS)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["paper_id"], []).append(row)
    return {pk: _in_order(steps) for pk, steps in found.items()}


def route_column(viewer: Viewer) -> ArraySubquery:
    """The rows of a paper's route as a column of the paper, for `route_of`."""
    rows = visible_consultations(viewer).filter(paper=OuterRef("pk")).order_by("position", "pk")
    return array_of(rows, fields={name: name for name in _FIELDS})


def route_of(rows: Iterable[dict[str, Any]]) -> tuple[RouteStep, ...]:
    """The steps of such a column, in the order that `routes` gives."""
    return _in_order(row | {name: _read(row[name]) for name in _DAYS} for row in rows)


def _in_order(rows: Iterable[dict[str, Any]]) -> tuple[RouteStep, ...]:
    return tuple(sorted(map(step_of, rows), key=_by_day))


def _read(written: str | None) -> date | None:
    """A day, or an instant, out of ISO 8601."""
    if written is None:
        return None
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def address_of_paper(key: str) -> str:
    """The address of a paper's page."""
    return reverse("papers:paper", args=[key])


def step_of(row: dict[str, Any]) -> RouteStep:
    """The step of a row that holds the fields above."""
    is_gone = any(
        row[name] is not None for name in ("withdrawn_at", "meeting__withdrawn_at", "item__withdrawn_at")
    )
    return RouteStep(
        id=row["pk"],
        committee=row["committee__name"] or row["meeting__name"] or "",
        is_local_council=row["committee__kind"] == CommitteeKind.LOCAL_COUNCIL,
        on=_day(row["meeting__starts_at"]) or row["planned_on"],
        role=ConsultationRole(row["role"]),
        role_words=row["role_words"],
        is_deciding=row["is_deciding"],
        result=Result(row["item__result"] or Result.OPEN),
        result_words=row["item__result_words"] or "",
        # What was withdrawn is shown as that, without its text.
        resolution_text="" if is_gone else row["item__resolution_text"] or "",
        meeting_key=row["meeting__key"] or "",
        meeting_name=row["meeting__name"] or "",
        item_number=row["item__number"] or "",
        is_public=row["item__is_public"] is not False and row["meeting__visibility"] != Visibility.INTERNAL,
        is_withdrawn=is_gone,
        is_cancelled=row["meeting__state"] == MeetingState.CANCELLED,
    )


def _day(instant: datetime | None) -> date | None:
    return localdate(instant) if instant is not None else None


def _by_day(step: RouteStep) -> tuple[bool, date]:
    """Steps without a day stay behind those that have one, in the order of the route."""
    return step.on is None, step.on or date.max
