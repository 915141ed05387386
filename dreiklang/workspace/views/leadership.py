"""Leadership's overview: per office, never per person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dreiklang.measures import queries as measures
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require


@login_required
def overview(request: ViewerRequest) -> HttpResponse:
    """What is reported, stale, blocked, waiting for a decision, for each office."""
    require(request.viewer, "workspace.leadership")
    today = timezone.localdate()
    asked = measures.reporting(today=today)
    return render(
        request,
        "workspace/leadership.html",
        {
            "offices": measures.leadership(request.viewer, today=today, terms=asked.terms),
            "whole": measures.distribution(request.viewer, today=today, terms=asked.terms),
            "round": asked.round if request.viewer.is_internal else None,
            "stand": today,
        },
    )
