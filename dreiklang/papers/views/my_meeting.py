"""My next meeting: for council members, and for everybody who sits in a committee."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dreiklang.papers.models.labels import CONSULTATION_ROLE_LABELS, RESOLUTION_STATE_LABELS
from dreiklang.papers.permissions.papers import SAVE_SEARCH
from dreiklang.papers.queries.my_meeting import MyItem, my_meetings, seats_of
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require


@require_safe
def my_meeting(request: ViewerRequest) -> HttpResponse:
    """Each item of the next meetings with its check, goals, money and earlier decisions."""
    require(request.viewer, SAVE_SEARCH)
    meetings = my_meetings(request.viewer, today=timezone.localdate())
    context = {
        "meetings": [(one, [_shown(item) for item in one.items]) for one in meetings],
        "first": meetings[0] if meetings else None,
        "seats": seats_of(request.viewer),
        "with_paper": sum(item.paper is not None for item in meetings[0].items) if meetings else 0,
    }
    return render(request, "papers/my_meeting.html", context)


def _shown(one: MyItem) -> dict[str, object]:
    return {
        "item": one.item,
        "paper": one.paper,
        "role": CONSULTATION_ROLE_LABELS[one.paper.role] if one.paper else "",
        "check": one.check,
        "touched": one.touched,
        "earlier": [(early, RESOLUTION_STATE_LABELS[early.state]) for early in one.earlier],
    }
