"""Criteria of goals and their ratings as public data. Reading only, without login."""

from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _
from ninja import Router

from dreiklang.goals.queries import goal_page
from dreiklang.monitoring.queries.criteria_data import criteria_data
from dreiklang.people.rules import PUBLIC

criteria, of_goal = Router(), Router()


@criteria.get("", summary=_("Alle Kriterien der Ziele mit ihren Bewertungen"), url_name="criteria")
def all_criteria(request: HttpRequest) -> HttpResponse:
    """Public criteria of the valid framework, by goal; of each the released ratings, newest first."""
    return _json({"criteria": criteria_data(today=localdate())})


@of_goal.get(
    "/{path:number}/criteria",
    summary=_("Die Kriterien eines Ziels mit ihren Bewertungen"),
    url_name="goal-criteria",
)
def criteria_of_goal(request: HttpRequest, number: str, version: str = "") -> HttpResponse:
    """The criteria of one goal; `version` names another version of the framework than the valid one."""
    page = goal_page(PUBLIC, number=number, label=version)
    if page is None:
        raise Http404
    return _json({"criteria": criteria_data(today=localdate(), goals=[page.goal.pk])})


def _json(data: Any) -> HttpResponse:
    # Written at once: ninja would copy and check every value first.
    return HttpResponse(orjson.dumps(data), content_type="application/json")
