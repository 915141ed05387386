"""Versions of a paper's text and their difference."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dreiklang.core.errors import NotFound
from dreiklang.papers.permissions.papers import SEE_INSIDE
from dreiklang.papers.queries.papers import paper_of, two_versions, versions
from dreiklang.papers.rules.differences import difference
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require


@require_safe
def paper_versions(request: ViewerRequest, key: str) -> HttpResponse:
    """All versions, and two of them compared: the latest with the one before, or as asked."""
    require(request.viewer, SEE_INSIDE)
    try:
        record = paper_of(request.viewer, key=key)
    except NotFound:
        raise Http404 from None
    there = versions(request.viewer, paper=record)
    latest = there[0].number if there else 0
    after = _number(request.GET.get("mit"), latest)
    before = _number(request.GET.get("von"), after - 1)
    found = two_versions(request.viewer, paper=record, before=before, after=after) if before else None
    compared = difference(found[0].text, found[1].text) if found else None
    context = {"paper": record, "versions": there, "before": before, "after": after, "compared": compared}
    return render(request, "papers/versions.html", context | {"found": found})


def _number(given: str | None, otherwise: int) -> int:
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) < 6 else otherwise
