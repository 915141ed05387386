"""What waits for one person: reports, milestones, briefs, notes to release; and what has no owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from dreiklang.measures.models import Measure, Milestone, Report
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.standing import counted
from dreiklang.measures.queries.terms import Reporting, newer_notes, reporting, round_deadlines
from dreiklang.measures.rules import (
    ENDINGS,
    DueItem,
    Phase,
    ReportFact,
    belongs_to_round,
    review_due_on,
    stale_on,
)
from dreiklang.people.rules import Role, Viewer

# Reports are asked for so many days before they are stale, briefs before their review.
AHEAD = timedelta(days=14)
_FINISHED = frozenset({Phase.IN_USE, *ENDINGS})
_FIELDS = (
    "pk",
    "number",
    "title",
    "has_parts",
    "overdue_title",
    "overdue_on",
    "current_report_id",
    "current_report__reported_on",
    "current_report__phase",
    "current_report__round_id",
    "brief__agreed_on",
    "brief__reviewed_on",
    "brief__review_every_months",
)


@dataclass(frozen=True)
class Orphan:
    """A running measure nobody answers for, and what is missing."""

    number: str
    title: str
    url: str
    lacks_department: bool
    lacks_lead: bool


def due_for(viewer: Viewer, *, today: date, asked: Reporting | None = None) -> list[DueItem]:
    """What waits for the viewer as lead or deputy, or standing in for them, and what her office is to release.

    Ordered by date; at most one report is asked for per measure. Three statements; two more while a
    round is open and one of the measures has parts. `asked` is what `reporting` gave for that day.
    """
    if viewer.account_id is None:
        return []
    asked = asked or reporting(today=today)
    mine = _mine(viewer)
    deadlines = asked.deadlines
    if asked.round is not None and not deadlines and any(row["has_parts"] for row in mine):
        deadlines = round_deadlines(of=asked.round, settings=asked.settings, state=asked.state)
    items = [item for row in mine for item in _items(row, asked, deadlines, today)]
    items += _releases(viewer)
    return sorted(items, key=lambda item: (item.due_on, item.reason, item.number))


def _mine(viewer: Viewer) -> list[dict[str, Any]]:
    people = {viewer.account_id, *viewer.deputises_for}
    overdue = Milestone.objects.filter(measure=OuterRef("pk"), done_on=None, due_on__isnull=False)
    first = overdue.order_by("due_on", "pk")
    measures = counted(Measure.objects.filter(Q(lead__in=people) | Q(deputy__in=people)))
    return list(
        measures.exclude(current_report__phase__in=list(ENDINGS))
        .annotate(
            has_parts=Exists(Measure.objects.filter(parent=OuterRef("pk"))),
            overdue_title=Subquery(first.values("title")[:1]),
            overdue_on=Subquery(first.values("due_on")[:1]),
        )
        .values(*_FIELDS)
    )


def _items(
    row: Mapping[str, Any], asked: Any, deadlines: Mapping[int, date], today: date
) -> Iterable[DueItem]:
    phase = Phase(row["current_report__phase"]) if row["current_report__phase"] else None
    if phase not in _FINISHED:
        if (report := _report_item(row, asked, deadlines, today)) is not None:
            yield report
        if row["overdue_on"] is not None and row["overdue_on"] <= today:
            yield _item(row, "milestone_overdue", row["overdue_on"], milestone=row["overdue_title"])
    review = review_due_on(
        agreed_on=row["brief__agreed_on"],
        reviewed_on=row["brief__reviewed_on"],
        every_months=row["brief__review_every_months"],
    )
    if review is not None and review <= today + AHEAD and phase not in _FINISHED:
        yield _item(row, "brief_review", review, months=row["brief__review_every_months"])


def _report_item(
    row: Mapping[str, Any], asked: Any, deadlines: Mapping[int, date], today: date
) -> DueItem | None:
    current = asked.round
    reported_on = row["current_report__reported_on"]
    due_on = None if current is None else deadlines.get(row["pk"], current.due_on)
    if reported_on is None:
        return _item(row, "first_report", due_on or today)
    report = ReportFact(row["current_report_id"], reported_on, round_id=row["current_report__round_id"])
    if current is not None and not belongs_to_round(report, round_id=current.pk, opens_on=current.opens_on):
        return _item(row, "round_due", due_on or current.due_on, round=current.name, reported_on=reported_on)
    stale = stale_on(reported_on, stale_after_days=asked.settings.stale_after_days)
    if stale <= today + AHEAD:
        return _item(row, "stale", stale, reported_on=reported_on)
    return None


def notes_to_release(viewer: Viewer) -> QuerySet[Report]:
    """Notes that wait for this viewer's release, oldest first, with measure and office.

    A note gives way to a newer one of its measure: docs/rules/public-notes.md.
    """
    return _waiting(viewer).filter(~Exists(newer_notes()))


def replaced_notes_of(viewer: Viewer) -> QuerySet[Report]:
    """Notes that would wait for this viewer's release, had no newer one replaced them; latest first."""
    return _waiting(viewer).filter(Exists(newer_notes())).order_by("-recorded_at", "-pk")


def _waiting(viewer: Viewer) -> QuerySet[Report]:
    waiting = Report.objects.filter(released_at=None, withdrawn_at=None, measure__merged_into=None).exclude(
        public_note=""
    )
    reach = [held for held in viewer.held if held.role in {Role.DEPARTMENT_EDITOR, Role.COORDINATOR}]
    people = {pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None}
    if not any(held.department_ids is None for held in reach):
        offices = frozenset().union(*(held.department_ids or frozenset() for held in reach))
        waiting = waiting.filter(
            Q(measure__lead_department__in=offices) | Q(measure__lead_department__head__in=people)
        )
    return waiting.select_related("measure__lead_department", "by_department").order_by("recorded_at", "pk")


def _releases(viewer: Viewer) -> list[DueItem]:
    rows = notes_to_release(viewer).values(
        "reported_on", "by_name", "public_note", number=F("measure__number"), title=F("measure__title")
    )
    return [
        _item(row, "release", row["reported_on"], by_name=row["by_name"], note=row["public_note"])
        for row in rows[:20]
    ]


def _item(row: Mapping[str, Any], reason: str, due_on: date, **facts: object) -> DueItem:
    return DueItem(reason, due_on, row["number"], row["title"], address(row["number"]), facts)


def ownerless(viewer: Viewer) -> tuple[Orphan, ...]:
    """Running measures without a leading office that exists, or without an active lead. Administration only."""
    if not viewer.is_internal:
        return ()
    no_office = Q(lead_department=None) | Q(lead_department__ended_on__isnull=False)
    no_lead = Q(lead=None) | Q(lead__is_active=False)
    found = (
        counted(Measure.objects.filter(no_office | no_lead))
        .exclude(current_report__phase__in=list(_FINISHED))
        .annotate(
            office=Case(When(no_office, then=Value("no")), default=Value(""), output_field=CharField()),
            led=Case(When(no_lead, then=Value("no")), default=Value(""), output_field=CharField()),
        )
        .order_by("number", "pk")
        .values_list("number", "title", "office", "led")
    )
    return tuple(
        Orphan(number, title, address(number), bool(office), bool(led))
        for number, title, office, led in found
    )
