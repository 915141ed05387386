"""The indicators the city leads with, for a page that is shown before they are read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dreiklang.monitoring.queries.of_goal import headline_indicators
from dreiklang.monitoring.views.panel_words import counts_sentence, lines_in_words
from dreiklang.people.requests import ViewerRequest


@require_safe
def headline(request: ViewerRequest) -> HttpResponse:
    """A part of the start page; whoever opens it by itself is led to the list."""
    if request.headers.get("HX-Request") != "true":
        return redirect("monitoring:indicators")
    found = headline_indicators(request.viewer, today=timezone.localdate())
    context = {"sentence": counts_sentence(found.counts), "lines": lines_in_words(found.own)}
    answer = render(request, "monitoring/panels/headline.html", context)
    answer["Vary"] = "HX-Request, Cookie"
    return answer
