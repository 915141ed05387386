"""What surveys, studies and observations say of a goal or a future task: a part of its page, or a page of its own."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dreiklang.goals.queries import goal_page, task_page
from dreiklang.monitoring.queries.said import OBSERVATION, Said, said_of_goals, said_of_task
from dreiklang.monitoring.views.frame import sign_of
from dreiklang.people.requests import ViewerRequest


@require_safe
@vary_on_headers("HX-Request")
def goal_voices(request: ViewerRequest, number: str) -> HttpResponse:
    """Of a goal and those below it."""
    page = goal_page(request.viewer, number=number, label=request.GET.get("fassung", ""))
    if page is None:
        raise Http404
    said = said_of_goals(request.viewer, goals=page.below_ids)
    return _shown(request, said, title=f"{page.goal.number} {page.goal.title}", url=page.goal.url)


@require_safe
@vary_on_headers("HX-Request")
def task_voices(request: ViewerRequest, number: str) -> HttpResponse:
    """Of a future task and the goals that serve it."""
    page = task_page(request.viewer, number=number, label=request.GET.get("fassung", ""))
    if page is None:
        raise Http404
    said = said_of_task(request.viewer, task=page.task.pk, goals=[one.pk for one in page.goals])
    return _shown(request, said, title=f"{page.task.number} {page.task.title}", url=page.task.url)


def _shown(request: ViewerRequest, said: Sequence[Said], *, title: str, url: str) -> HttpResponse:
    rows = [(one, sign_of(one.detail) if one.kind == OBSERVATION else None) for one in said]
    is_part = request.headers.get("HX-Request") == "true"
    template = "monitoring/panels/said.html" if is_part else "monitoring/said.html"
    return render(request, template, {"rows": rows, "title": title, "url": url})
