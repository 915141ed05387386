"""Indicators for pages that are shown before these are read: the start page, the page of a concept."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dreiklang.concepts.queries import concept as concept_page
from dreiklang.monitoring.queries.of_goal import headline_indicators, indicators_of_concept
from dreiklang.monitoring.views.panel_words import counts_sentence, lines_in_words
from dreiklang.people.requests import ViewerRequest


@require_safe
def headline(request: ViewerRequest) -> HttpResponse:
    """The indicators the city leads with; whoever opens them by themselves is led to the list."""
    if not _is_part(request):
        return redirect("monitoring:indicators")
    found = headline_indicators(request.viewer, today=timezone.localdate())
    context = {"sentence": counts_sentence(found.counts), "lines": lines_in_words(found.own)}
    return _part(render(request, "monitoring/panels/headline.html", context))


@require_safe
def of_concept(request: ViewerRequest, number: str) -> HttpResponse:
    """What the measures of a concept act on, nothing while there is none; by itself it leads to the concept."""
    if not _is_part(request):
        return redirect("concepts:concept", number=number)
    page = concept_page(request.viewer, number=number)
    if page is None:
        raise Http404
    found = indicators_of_concept(request.viewer, concept=page.line.pk, today=timezone.localdate())
    return _part(render(request, "monitoring/panels/concept.html", {"indicators": found}))


def _is_part(request: ViewerRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _part(answer: HttpResponse) -> HttpResponse:
    answer["Vary"] = "HX-Request, Cookie"
    return answer
