"""The focus page: at most seven things that count now, each with one verb, its reason and its date."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dreiklang.measures import queries as measures
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places import queries as places
from dreiklang.workspace.queries.focus import MOST, focus_items
from dreiklang.workspace.queries.news import news

NEWS_DAYS = 60


@login_required
def focus(request: ViewerRequest) -> HttpResponse:
    """What is due for me, how my department stands, what changed; the rest is one click away."""
    require(request.viewer, "workspace.focus")
    today = timezone.localdate()
    city = places.municipality()
    asked = measures.reporting(today=today, state=city.state)
    items = focus_items(request.viewer, today=today, asked=asked)
    shows_all = request.GET.get("alles") == "1"
    department = request.viewer.department_id
    whole, own = measures.whole_and_office(request.viewer, department=department, terms=asked.terms)
    return render(
        request,
        "workspace/focus.html",
        {
            "city": city,
            "items": items if shows_all else items[:MOST],
            "item_count": len(items),
            "hidden_count": 0 if shows_all else max(len(items) - MOST, 0),
            "mine": own if department else None,
            "whole": whole,
            "may_lead": may(request.viewer, "workspace.leadership"),
            "may_sync": may(request.viewer, "papers.sync"),
            "may_hide": may(request.viewer, "monitoring.hide_small_counts"),
            "may_set_up": may(request.viewer, "workspace.setup"),
            "round": asked.round if request.viewer.is_internal else None,
            "news": news(request.viewer, since=today - timedelta(days=NEWS_DAYS), limit=5),
            "today": today,
            "stand": today,
        },
    )
