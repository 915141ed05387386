"""Meetings: lists, one with its agenda, the next ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.search import found_by
from dreiklang.papers.models import AgendaItem, Consultation, Meeting
from dreiklang.papers.queries.papers.choices import Choice, others
from dreiklang.papers.queries.papers.page import FileRow, files_of
from dreiklang.papers.queries.papers.steps import address_of_paper
from dreiklang.papers.queries.visibility import (
    sees_inside,
    visible_consultations,
    visible_items,
    visible_meetings,
)
from dreiklang.papers.rules.kinds import ConsultationRole, MeetingState, Result
from dreiklang.papers.rules.meetings import ItemPaper, ItemRow, MeetingFilter, MeetingLine, hidden_item
from dreiklang.papers.rules.papers import MOST_COUNTED, Counted
from dreiklang.people.queries import committee_address
from dreiklang.people.rules import Viewer

SORTS: Mapping[str, Any] = {"beginn": F("starts_at"), "gremium": F("committee__name"), "name": F("name")}
_FIELDS = (
    "pk",
    "key",
    "name",
    "committee__name",
    "committee__key",
    "starts_at",
    "place",
    "state",
    "visibility",
    "withdrawn_at",
)


@dataclass(frozen=True)
class MeetingInside:
    """What only the administration sees."""

    version: int


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with its agenda, as far as the viewer may know it."""

    line: MeetingLine
    ends_at: Any
    web: str
    items: tuple[ItemRow, ...]
    files: tuple[FileRow, ...]
    previous: MeetingLine | None
    following: MeetingLine | None
    inside: MeetingInside | None


def meeting_lines(
    viewer: Viewer,
    *,
    wanted: MeetingFilter,
    sort: str = "beginn",
    is_descending: bool = True,
    start: int = 0,
    limit: int | None = 50,
) -> list[MeetingLine]:
    """One page of what a filter leaves; meetings without the value come last. One statement."""
    key = SORTS.get(sort, SORTS["beginn"])
    first = key.desc(nulls_last=True) if is_descending else key.asc(nulls_last=True)
    stop = None if limit is None else start + limit
    found = _narrowed(viewer, wanted).order_by(first, "-starts_at", "-pk")
    return _lines(found[start:stop])


def meeting_total(viewer: Viewer, *, wanted: MeetingFilter) -> Counted:
    """How many meetings a filter leaves, counted up to 500. One statement."""
    return Counted.of(_narrowed(viewer, wanted).order_by()[: MOST_COUNTED + 1].count())


def coming_meetings(
    viewer: Viewer, *, today: date, limit: int = 5, committee: int | None = None
) -> list[MeetingLine]:
    """The next meetings that are to take place, of all committees or of one, soonest first."""
    found = _coming(viewer, today)
    if committee is not None:
        found = found.filter(committee=committee)
    return _lines(found.order_by("starts_at", "pk")[:limit])


def past_meetings(viewer: Viewer, *, committee: int, today: date, limit: int = 5) -> list[MeetingLine]:
    """The committee's last meetings before that day, newest first; those that took place."""
    found = visible_meetings(viewer).filter(committee=committee, withdrawn_at=None, starts_at__date__lt=today)
    held = found.exclude(state=MeetingState.CANCELLED)
    return _lines(held.order_by("-starts_at", "-pk")[:limit])


def next_of_each(viewer: Viewer, *, today: date) -> dict[int, MeetingLine]:
    """Committee → its next meeting, of those that have one. Two statements."""
    soonest = _coming(viewer, today).exclude(committee=None).order_by("committee", "starts_at", "pk")
    first = dict(soonest.distinct("committee").values_list("pk", "committee"))
    return {first[line.id]: line for line in _lines(Meeting.objects.filter(pk__in=first))}


def meeting_page(viewer: Viewer, *, key: str) -> MeetingPage:
    """The meeting of that address. Raises: NotFound."""
    record = meeting_of(viewer, key=key)
    line = _line_of(record)
    is_kept_back = line.is_withdrawn and not sees_inside(viewer)
    before, after = _beside(viewer, record)
    return MeetingPage(
        line=line,
        ends_at=record.ends_at,
        web="" if is_kept_back else record.web,
        items=() if is_kept_back else items_of(viewer, meeting=record.pk),
        files=files_of(viewer, meeting=record.pk),
        previous=before,
        following=after,
        inside=MeetingInside(record.version) if sees_inside(viewer) else None,
    )


def items_of(viewer: Viewer, *, meeting: int) -> tuple[ItemRow, ...]:
    """The agenda in its order. Of an item that is not public outsiders learn only that there is one."""
    order = list(
        AgendaItem.objects.filter(meeting=meeting)
        .order_by("position", "pk")
        .values_list("pk", "withdrawn_at")
    )
    seen = {one.pk: one for one in visible_items(viewer).filter(meeting=meeting)}
    papers = _papers_of(viewer, meeting)
    rows = []
    for pk, withdrawn_at in order:
        if pk in seen:
            rows.append(_item(viewer, seen[pk], papers.get(pk, ())))
        elif withdrawn_at is None:
            rows.append(hidden_item())
    return tuple(rows)


def meeting_of(viewer: Viewer, *, key: str) -> Meeting:
    """The record of that address, for a change. Raises: NotFound."""
    found = visible_meetings(viewer).select_related("committee").filter(key=key).first()
    if found is None:
        raise NotFound("meeting", key=key)
    return found


def kept_meeting(viewer: Viewer, key: str) -> tuple[Meeting, str]:
    """The meeting of that address and its page, for its history. Raises: NotFound."""
    found = meeting_of(viewer, key=key)
    return found, address(found.key)


def meeting_choices(viewer: Viewer, *, today: date, chosen: int | None = None) -> list[tuple[int, str]]:
    """Meetings for a form, newest first: id → "8.12.2026 Bauausschuss"; the chosen one however old it is."""
    found = visible_meetings(viewer).filter(withdrawn_at=None, starts_at__isnull=False)
    newest = found.order_by("-starts_at", "-pk")
    rows = list(newest.values_list("pk", "starts_at__date", "name")[:400])
    if chosen is not None and chosen not in {pk for pk, _day, _name in rows}:
        rows += visible_meetings(viewer).filter(pk=chosen).values_list("pk", "starts_at__date", "name")
    return [(pk, f"{day:%d.%m.%Y} {name}" if day else name) for pk, day, name in rows]


def item_choices(viewer: Viewer, *, meeting: int) -> list[tuple[int, str]]:
    """The items of a meeting for a form, in the order of its agenda: id → "3 Radweg am Ufer"."""
    found = visible_items(viewer).filter(meeting=meeting, withdrawn_at=None).order_by("position", "pk")
    return [
        (pk, f"{number} {title}".strip()) for pk, number, title in found.values_list("pk", "number", "title")
    ]


def committees_with_meetings(viewer: Viewer) -> list[Choice]:
    """Committees with a meeting the viewer may know: key, name, id, by name."""
    there = visible_meetings(viewer).filter(committee=OuterRef("pk"))
    found = others(Meeting, "committee").filter(Exists(there)).order_by("name", "pk")
    return list(found.values_list("key", "name", "pk"))


def address(key: str) -> str:
    """The address of a meeting's page."""
    return reverse("papers:meeting", args=[key])


def next_of_committees(viewer: Viewer, *, account_id: int, today: date) -> list[Meeting]:
    """The next meeting of each committee in which the account has a seat, soonest first."""
    found = _coming(viewer, today).filter(committee__seats__account=account_id)
    found = found.select_related("committee").order_by("starts_at", "pk")
    first: dict[int | None, Meeting] = {}
    for one in found:
        first.setdefault(one.committee_id, one)
    return list(first.values())


def _coming(viewer: Viewer, today: date) -> QuerySet[Meeting]:
    there = visible_meetings(viewer).filter(withdrawn_at=None, starts_at__date__gte=today)
    return there.exclude(state=MeetingState.CANCELLED)


def _narrowed(viewer: Viewer, wanted: MeetingFilter) -> QuerySet[Meeting]:
    found = visible_meetings(viewer)
    if wanted.committee is not None:
        found = found.filter(committee=wanted.committee)
    if wanted.year is not None:
        found = found.filter(starts_at__year=wanted.year)
    if wanted.text.strip():
        named = found_by(found, text=wanted.text, title="name", has_words=False).order_by().values("pk")
        items = visible_items(viewer).filter(meeting=OuterRef("pk"), title__icontains=wanted.text.strip())
        found = found.filter(Q(pk__in=named) | Exists(items))
    return found


def _lines(meetings: QuerySet[Meeting]) -> list[MeetingLine]:
    return [
        MeetingLine(
            id=row["pk"],
            key=row["key"],
            name=row["name"],
            url=address(row["key"]),
            committee=row["committee__name"] or "",
            starts_at=row["starts_at"],
            place=row["place"],
            state=MeetingState(row["state"]),
            is_internal=row["visibility"] == Visibility.INTERNAL,
            is_withdrawn=row["withdrawn_at"] is not None,
            committee_url=committee_address(row["committee__key"]) if row["committee__key"] else "",
        )
        for row in meetings.values(*_FIELDS)
    ]


def _line_of(record: Meeting) -> MeetingLine:
    return _lines(Meeting.objects.filter(pk=record.pk))[0]


def _beside(viewer: Viewer, record: Meeting) -> tuple[MeetingLine | None, MeetingLine | None]:
    """The meetings of the committee before and after this one."""
    if record.starts_at is None or record.committee_id is None:
        return None, None
    others_ = visible_meetings(viewer).filter(committee=record.committee_id, withdrawn_at=None)
    before = _lines(others_.filter(starts_at__lt=record.starts_at).order_by("-starts_at", "-pk")[:1])
    after = _lines(others_.filter(starts_at__gt=record.starts_at).order_by("starts_at", "pk")[:1])
    return (before[0] if before else None), (after[0] if after else None)


def _papers_of(viewer: Viewer, meeting: int) -> dict[int, tuple[ItemPaper, ...]]:
    steps = visible_consultations(viewer).filter(meeting=meeting, item__isnull=False, withdrawn_at=None)
    found: dict[int, list[ItemPaper]] = {}
    for step in steps.select_related("paper").defer("paper__search", "paper__text").order_by("pk"):
        if step.item_id is not None:
            found.setdefault(step.item_id, []).append(_item_paper(step))
    return {item: tuple(papers) for item, papers in found.items()}


def _item_paper(step: Consultation) -> ItemPaper:
    return ItemPaper(
        step.paper_id,
        step.paper.number,
        step.paper.title,
        address_of_paper(step.paper.key),
        ConsultationRole(step.role),
        step.is_deciding,
        step.paper.withdrawn_at is not None,
    )


def _item(viewer: Viewer, item: AgendaItem, papers: tuple[ItemPaper, ...]) -> ItemRow:
    is_kept_back = item.withdrawn_at is not None and not sees_inside(viewer)
    return ItemRow(
        id=item.pk,
        number=item.number,
        title=item.title,
        is_public=item.is_public,
        result=Result(item.result),
        result_words=item.result_words,
        resolution_text="" if is_kept_back else item.resolution_text,
        is_withdrawn=item.withdrawn_at is not None,
        papers=papers,
    )
