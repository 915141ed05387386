"""The candidate a page is about."""

from django.http import Http404

from dreiklang.conflicts import queries
from dreiklang.conflicts.queries import CandidatePage
from dreiklang.core.errors import NotFound
from dreiklang.people.requests import ViewerRequest


def found_page(request: ViewerRequest, pk: int) -> CandidatePage:
    """The candidate with everything said of it, or 404, also where the viewer may not know of it."""
    try:
        return queries.candidate_page(request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing
