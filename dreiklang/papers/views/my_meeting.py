"""My next meeting: for council members, and for everybody who sits in a committee."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dreiklang.papers.models.labels import CONSULTATION_ROLE_LABELS, RESOLUTION_STATE_LABELS
from dreiklang.papers.permissions.papers import SAVE_SEARCH
from dreiklang.papers.queries.my_meeting import MyItem, MyMeeting, MyPaper, my_meetings, seats_of
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require

# What a councillor asks first; measures, places and earlier decisions come second.
AIMS = (TargetKind.GOAL, TargetKind.TASK)
APART = (TargetKind.INDICATOR, TargetKind.AREA)


@require_safe
def my_meeting(request: ViewerRequest) -> HttpResponse:
    """Each item of the next meetings with its check, goals, money and earlier decisions."""
    require(request.viewer, SAVE_SEARCH)
    meetings = my_meetings(request.viewer, today=timezone.localdate())
    anchors: dict[int, str] = {}
    context = {
        "meetings": [(one, _agenda(number, one, anchors)) for number, one in enumerate(meetings, start=1)],
        "first": meetings[0] if meetings else None,
        "seats": seats_of(request.viewer),
        "with_paper": sum(bool(item.papers) for item in meetings[0].items) if meetings else 0,
    }
    return render(request, "papers/my_meeting.html", context)


def _agenda(number: int, meeting: MyMeeting, anchors: dict[int, str]) -> list[dict[str, Any]]:
    return [
        _shown(one, f"punkt-{number}-{place}", anchors) for place, one in enumerate(meeting.items, start=1)
    ]


def _shown(one: MyItem, anchor: str, anchors: dict[int, str]) -> dict[str, Any]:
    return {
        "anchor": anchor,
        "item": one.item,
        "papers": [_paper(each, anchor, anchors) for each in one.papers],
        "is_deciding": any(each.paper.is_deciding for each in one.papers),
    }


def _paper(one: MyPaper, anchor: str, anchors: dict[int, str]) -> dict[str, Any]:
    """A paper of an item; one that an earlier meeting deals with is told once, later ones lead there.

    `anchors`: paper → the item that tells of it, filled on the way.
    """
    above = anchors.setdefault(one.paper.id, anchor)
    # What the check says of a goal is not said again.
    said = {effect.goal for effect in one.check.effects} if one.check else set()
    return {
        "above": above if above != anchor else "",
        "paper": one.paper,
        "role": CONSULTATION_ROLE_LABELS[one.paper.role],
        "check": one.check,
        "aims": [t for t in one.touched if t.kind in AIMS and t.ref not in said],
        "beside": [t for t in one.touched if t.kind not in (*AIMS, *APART)],
        "figures": [t for t in one.touched if t.kind is TargetKind.INDICATOR],
        "places": [t for t in one.touched if t.kind is TargetKind.AREA],
        "earlier": [(early, RESOLUTION_STATE_LABELS[early.state]) for early in one.earlier],
    }
