"""The list of measures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from dreiklang.measures.queries import measures_of


@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    """All measures this viewer may see."""
    return render(request, "measures/list.html", {"lines": measures_of(request.viewer, today=localdate())})
