"""Meetings and their agendas are written by hand."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Max, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import AgendaItem, Check, Consultation, Meeting
from dreiklang.papers.permissions.papers import MEETINGS
from dreiklang.papers.rules.keys import free_key, key_of
from dreiklang.papers.rules.kinds import CheckState, ConsultationRole, MeetingState
from dreiklang.papers.services.resolutions import take_back_hidden
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

MEETING_FIELDS = ("name", "committee_id", "starts_at", "ends_at", "place", "state", "visibility", "web")
ITEM_FIELDS = ("number", "title", "is_public", "result", "result_words", "resolution_text")


class CannotSaveMeeting(Refused):
    """The meeting contradicts itself: `ends_before_it_starts`."""


def create_meeting(*, by: Viewer, values: Mapping[str, Any]) -> Meeting:
    """A new meeting; internal unless `values` says otherwise. Raises: NotAllowed; CannotSaveMeeting."""
    require(by, MEETINGS)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Sitzung angelegt")):
        meeting = Meeting(version=0)
        _fill(meeting, values)
        meeting.key = meeting_key(name=meeting.name, starts_at=meeting.starts_at)
        return _saved(meeting)


def change_meeting(*, by: Viewer, key: str, version: int, values: Mapping[str, Any]) -> Meeting:
    """Change what `values` names. Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSaveMeeting."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Sitzung geändert")):
        meeting = _locked(key, by)
        if meeting.version != version:
            raise ChangedMeanwhile(meeting, version=meeting.version)
        _fill(meeting, values)
        saved = _saved(meeting)
        checks_follow_meetings(meeting_ids=[saved.pk])
        take_back_hidden(by=by)
        return saved


def checks_follow_meetings(*, meeting_ids: Collection[int] | None = None) -> int:
    """Give checks the day their meeting has now, where it moved; returns how many. Of these meetings, or of all.

    A meeting that was cancelled or withdrawn has no day any more; the check stays with it until somebody chooses another,
    and keeps a day that somebody typed instead.
    For callers inside their own transaction. The history of the check tells who moved the meeting. Whoever has
    the check open is not told that somebody changed it: what she saves takes the meeting's day as well.
    """
    found = Check.objects.filter(meeting__isnull=False).exclude(state=CheckState.GIVEN_UP)
    if meeting_ids is not None:
        found = found.filter(meeting__in=meeting_ids)
    is_off = Q(meeting__state=MeetingState.CANCELLED) | Q(meeting__withdrawn_at__isnull=False)
    dated = found.exclude(is_off).filter(meeting__starts_at__isnull=False)
    moved = dated.annotate(day=TruncDate("meeting__starts_at")).exclude(committee_on=F("day"))
    days: list[tuple[int, date | None]] = list(moved.order_by("pk").values_list("pk", "day"))
    # A day typed since by hand is no day of the meeting, and stays.
    off = found.filter(is_off).annotate(day=TruncDate("meeting__starts_at")).filter(committee_on=F("day"))
    days += [(pk, None) for pk in off.order_by("pk").values_list("pk", flat=True)]
    for pk, day in days:
        Check.objects.filter(pk=pk).update(committee_on=day)
    return len(days)


def add_item(
    *, by: Viewer, key: str, values: Mapping[str, Any], paper_id: int | None = None, role: str = ""
) -> AgendaItem:
    """One more item at the end of the agenda; with a paper it becomes a step of that paper's route.

    Raises: NotFound; NotAllowed.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Tagesordnung ergänzt")):
        meeting = _locked(key, by)
        last = meeting.items.aggregate(last=Max("position"))["last"] or 0
        item = AgendaItem(meeting=meeting, position=last + 1)
        return _written(item, values, paper_id, role)


def change_item(
    *,
    by: Viewer,
    key: str,
    item_id: int,
    values: Mapping[str, Any],
    paper_id: int | None = None,
    role: str = "",
) -> AgendaItem:
    """Change an item, its result and its paper. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Tagesordnung geändert")):
        changed = _written(_item(_locked(key, by), item_id), values, paper_id, role)
        take_back_hidden(by=by)
        return changed


def remove_item(*, by: Viewer, key: str, item_id: int) -> None:
    """Take an item off the agenda; steps of routes keep their meeting. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Tagesordnung gekürzt")):
        _item(_locked(key, by), item_id).delete()


def meeting_key(*, name: str, starts_at: Any, taken: frozenset[str] | None = None) -> str:
    """A free address for a meeting: its day and its name."""
    day = localtime(starts_at).strftime("%Y-%m-%d ") if starts_at else ""
    wanted = f"{day}{name}"
    if taken is None:
        rows = Meeting.objects.filter(key__startswith=key_of(wanted)).values_list("key", flat=True)
        taken = frozenset(rows)
    return free_key(wanted, taken=taken)


def _locked(key: str, by: Viewer) -> Meeting:
    require(by, MEETINGS)
    meeting = Meeting.objects.select_for_update().filter(key=key).first()
    if meeting is None:
        raise NotFound("meeting", key=key)
    return meeting


def _fill(meeting: Meeting, values: Mapping[str, Any]) -> None:
    for name in MEETING_FIELDS:
        if name in values:
            setattr(meeting, name, values[name])
    if meeting.starts_at and meeting.ends_at and meeting.ends_at < meeting.starts_at:
        raise CannotSaveMeeting("ends_before_it_starts")


def _saved(meeting: Meeting) -> Meeting:
    meeting.version += 1
    meeting.save()
    return meeting


def _item(meeting: Meeting, item_id: int) -> AgendaItem:
    found = meeting.items.filter(pk=item_id).first()
    if found is None:
        raise NotFound("item", key=str(item_id))
    return found


def _written(item: AgendaItem, values: Mapping[str, Any], paper_id: int | None, role: str) -> AgendaItem:
    for name in ITEM_FIELDS:
        if name in values:
            setattr(item, name, values[name])
    item.save()
    link_item(item=item, paper_id=paper_id, role=role)
    return item


def link_item(*, item: AgendaItem, paper_id: int | None, role: str = "") -> None:
    """Make the item the step of that paper's route: a planned one of this committee, or a new one.

    For callers inside their own transaction. Without a paper, the item's steps are let go.
    """
    Consultation.objects.filter(item=item).exclude(paper=paper_id).update(item=None)
    if paper_id is None:
        return
    meeting = item.meeting
    steps = Consultation.objects.filter(paper=paper_id, withdrawn_at=None).order_by("position", "pk")
    step = (
        steps.filter(item=item).first()
        or steps.filter(item=None, meeting=meeting).first()
        or steps.filter(
            item=None, meeting=None, committee=meeting.committee_id, committee__isnull=False
        ).first()
    )
    if step is None:
        last = steps.aggregate(last=Max("position"))["last"] or 0
        step = Consultation(paper_id=paper_id, committee_id=meeting.committee_id, position=last + 1)
    step.item, step.meeting = item, meeting
    if role:
        step.role, step.is_deciding = role, role == ConsultationRole.DECISION
    step.save()
