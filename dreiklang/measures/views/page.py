"""The page of one measure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from dreiklang.measures.queries import measures_of


@require_safe
def measure(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one measure that this viewer may see."""
    found = [line for line in measures_of(request.viewer, today=localdate()) if line.number == number]
    if not found:
        raise Http404
    return render(request, "measures/measure.html", {"measure": found[0]})
