"""One resolution with what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.measures.queries import restraint_periods
from dreiklang.measures.queries import visible as visible_measures
from dreiklang.measures.rules import note_visible_on
from dreiklang.papers.models import Resolution, ResolutionReport
from dreiklang.papers.queries.meetings import address as address_of_meeting
from dreiklang.papers.queries.papers.steps import address_of_paper
from dreiklang.papers.queries.resolutions.lines import address, lines_of
from dreiklang.papers.queries.visibility import (
    sees_inside,
    visible_consultations,
    visible_items,
    visible_meetings,
    visible_papers,
    visible_resolutions,
)
from dreiklang.papers.rules.kinds import ResolutionState
from dreiklang.papers.rules.resolutions import ResolutionLine
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class BecameRow:
    """A report: what became of it on that day. `note` and `by` only inside; `public_note` once it may be seen."""

    id: int
    on: date
    state: ResolutionState
    public_note: str
    note: str = ""
    by: str = ""
    is_released: bool = False
    is_waiting: bool = False
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class ResolutionInside:
    """What only the administration sees, and what permissions ask for."""

    record: Resolution
    department_id: int | None
    lead_id: int | None
    department: Any
    lead: str
    lead_phone: str
    needs_money: bool | None
    version: int


@dataclass(frozen=True)
class ResolutionPage:
    """A resolution with everything that hangs on it. `note` is the newest public word on it."""

    line: ResolutionLine
    text: str
    paper: Ref | None
    meeting: Ref | None
    measures: tuple[Ref, ...]
    reports: tuple[BecameRow, ...]
    note: BecameRow | None
    inside: ResolutionInside | None


def resolution_page(viewer: Viewer, *, number: str, today: date) -> ResolutionPage:
    """The page of a resolution. Raises: NotFound, also where the viewer may not know of it."""
    record = resolution_of(viewer, number=number)
    reports = became_of(viewer, resolution=record, today=today)
    measures = visible_measures(viewer).filter(pk__in=record.measure_links.values("measure"))
    return ResolutionPage(
        line=lines_of(Resolution.objects.filter(pk=record.pk), today=today)[0],
        text=record.text,
        paper=_paper(viewer, record),
        meeting=_meeting(viewer, record),
        measures=tuple(
            Ref(key, title, reverse("measures:measure", kwargs={"number": key}))
            for key, title in measures.order_by("number", "pk").values_list("number", "title")
        ),
        reports=reports,
        note=next((one for one in reports if one.public_note and one.withdrawn_at is None), None),
        inside=_inside(record) if sees_inside(viewer) else None,
    )


def resolutions_of_meeting(viewer: Viewer, *, meeting: int, today: date) -> list[ResolutionLine]:
    """What somebody promised or asked in that meeting, in the order of its entry.

    Outsiders get those that are public, and none that belongs to a closed item.
    """
    there = visible_resolutions(viewer).filter(meeting=meeting)
    found = there.filter(Q(item=None) | Q(item__in=visible_items(viewer)))
    return lines_of(found.order_by("pk"), today=today)


def resolution_of(viewer: Viewer, *, number: str) -> Resolution:
    """The record itself. Raises: NotFound."""
    rows = visible_resolutions(viewer).filter(number=number).defer("search")
    found = rows.select_related("department", "lead").first()
    if found is None:
        raise NotFound("resolution", key=number)
    return found


def kept_resolution(viewer: Viewer, key: str) -> tuple[Resolution, str]:
    """The resolution of that number and the address of its page, for its history. Raises: NotFound."""
    found = resolution_of(viewer, number=key)
    return found, address(found.number)


def became_of(viewer: Viewer, *, resolution: Resolution, today: date) -> tuple[BecameRow, ...]:
    """All reports, newest first. Outsiders read states, and notes that are released and not held back.

    What was taken back stands only inside, marked.
    """
    is_inside = sees_inside(viewer)
    periods = restraint_periods()
    found = resolution.reports.order_by("-reported_on", "-pk")
    rows = list(found if is_inside else found.filter(withdrawn_at=None))
    newest = next((one.pk for one in rows if one.public_note and one.withdrawn_at is None), None)
    return tuple(
        BecameRow(
            id=one.pk,
            on=one.reported_on,
            state=ResolutionState(one.state),
            public_note=one.public_note if is_inside or is_seen(one, periods, today) else "",
            note=one.note if is_inside else "",
            by=one.by_name if is_inside else "",
            is_released=one.released_at is not None,
            is_waiting=is_inside and one.pk == newest and one.released_at is None,
            withdrawn_at=one.withdrawn_at,
        )
        for one in rows
    )


def is_seen(report: ResolutionReport, periods: Any, today: date) -> bool:
    """Whether everybody may read the note: released, and no restraint period holds it back."""
    if report.released_at is None:
        return False
    return note_visible_on(localdate(report.released_at), periods=periods) <= today


def _paper(viewer: Viewer, record: Resolution) -> Ref | None:
    if record.paper_id is None:
        return None
    row = visible_papers(viewer).filter(pk=record.paper_id).values_list("key", "number", "title").first()
    return Ref(row[1], row[2], address_of_paper(row[0])) if row else None


def _meeting(viewer: Viewer, record: Resolution) -> Ref | None:
    """The meeting that decided or where it was promised, with the number of its item."""
    if record.consultation_id is None:
        return _meeting_by_hand(viewer, record)
    steps = visible_consultations(viewer).filter(pk=record.consultation_id).exclude(meeting=None)
    row = steps.values_list("meeting__key", "meeting__name", "item__number").first()
    return Ref(row[2] or "", row[1], address_of_meeting(row[0])) if row else None


def _meeting_by_hand(viewer: Viewer, record: Resolution) -> Ref | None:
    """Nothing where its item is closed: that it was said there is not public either."""
    if record.meeting_id is None:
        return None
    meeting = visible_meetings(viewer).filter(pk=record.meeting_id).values_list("key", "name").first()
    if meeting is None:
        return None
    if record.item_id is None:
        return Ref("", meeting[1], address_of_meeting(meeting[0]))
    item = visible_items(viewer).filter(pk=record.item_id).values_list("number").first()
    return Ref(item[0], meeting[1], address_of_meeting(meeting[0])) if item else None


def _inside(record: Resolution) -> ResolutionInside:
    return ResolutionInside(
        record=record,
        department_id=record.department_id,
        lead_id=record.lead_id,
        department=record.department,
        lead=record.lead.name if record.lead else "",
        lead_phone=record.lead.phone if record.lead else "",
        needs_money=record.needs_money,
        version=record.version,
    )
