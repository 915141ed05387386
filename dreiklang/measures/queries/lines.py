"""Measures as lines of lists."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.order import NaturalKey
from dreiklang.core.search import SortKey
from dreiklang.core.values import Money, Unknown
from dreiklang.measures.models import Measure, MeasureGoal, PartnerAccess
from dreiklang.measures.queries.standing import goal_condition, narrowed, standing_case
from dreiklang.measures.queries.terms import terms_of
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import (
    Duration,
    LineInside,
    MeasureFilter,
    MeasureLine,
    Phase,
    Standing,
    TaskType,
    Terms,
    Timeliness,
    slip_months,
)
from dreiklang.people.rules import Viewer

LINE_FIELDS = (
    "pk",
    "number",
    "title",
    "teaser",
    "lead_department_id",
    "lead_department__key",
    "lead_department__name",
    "lead_id",
    "lead__name",
    "deputy_id",
    "deputy__name",
    "duration",
    "task_type",
    "ends_on",
    "ends_words",
    "cost_eur",
    "cost_words",
    "cost_is_approximate",
    "place_words",
    "visibility",
    "current_report__phase",
    "current_report__timeliness",
    "current_report__reported_on",
    "current_report__expected_end_on",
    "current_report__decision_needed",
    "current_report__obstacle",
    "derived",
)

SORTS: Mapping[str, Any] = {
    "nummer": NaturalKey("number"),
    "titel": SortKey("title"),
    "amt": F("lead_department__key"),
    "stand": F("derived"),
    "phase": F("current_report__phase"),
    "bericht": F("current_report__reported_on"),
    "ende": F("current_report__expected_end_on"),
    "kosten": F("cost_eur"),
}


def measures_of(
    viewer: Viewer,
    *,
    today: date,
    task: int | None = None,
    goal: int | None = None,
    concept: int | None = None,
    area: int | None = None,
    department: int | None = None,
    limit: int | None = None,
    terms: Terms | None = None,
) -> list[MeasureLine]:
    """The measures of a task, goal (and those below), concept, area or office, by number.

    For a goal those that hinder it are listed too; each line then carries `sign` and `weight`.
    Measures that went on in another one are left out.
    """
    terms = terms or terms_of(today=today)
    wanted = MeasureFilter(task=task, concept=concept, area=area, department=department)
    measures = narrowed(visible(viewer), wanted, terms=terms)
    links: dict[int, tuple[str, int]] = {}
    if goal is not None:
        links = _links_to(goal)
        measures = measures.filter(pk__in=links)
    found = lines(viewer, measures.order_by(NaturalKey("number"), "pk")[:limit], terms=terms, links=links)
    return list(found)


def measure_lines(
    viewer: Viewer,
    *,
    wanted: MeasureFilter,
    today: date,
    sort: str = "nummer",
    is_descending: bool = False,
    start: int = 0,
    limit: int | None = 50,
    terms: Terms | None = None,
) -> list[MeasureLine]:
    """One page of what a filter leaves, in the order asked for, ending in number and pk."""
    terms = terms or terms_of(today=today)
    measures = narrowed(visible(viewer), wanted, terms=terms).annotate(derived=standing_case(terms))
    key = SORTS.get(sort, SORTS["nummer"])
    first = key.desc(nulls_last=True) if is_descending else key.asc(nulls_last=True)
    if sort in {"nummer", ""}:
        # Plain, so that the index of numbers serves.
        first = key.desc() if is_descending else key
    ordered = measures.order_by(first, *([] if sort in {"nummer", ""} else [NaturalKey("number")]), "pk")
    stop = None if limit is None else start + limit
    return list(lines(viewer, ordered[start:stop], terms=terms))


def lines(
    viewer: Viewer,
    measures: QuerySet[Measure],
    *,
    terms: Terms,
    links: Mapping[int, tuple[str, int]] | None = None,
) -> Iterable[MeasureLine]:
    """The measures as lines, in their order. One statement, one more for partners."""
    granted = _granted(viewer)
    rows = measures.annotate(derived=standing_case(terms)).values(*LINE_FIELDS)
    for row in rows:
        is_inside = viewer.is_internal or row["pk"] in granted
        yield line_of(row, inside=inside_of(row) if is_inside else None, link=(links or {}).get(row["pk"]))


def line_of(
    row: Mapping[str, Any], *, inside: LineInside | None, link: tuple[str, int] | None = None
) -> MeasureLine:
    """The line of a row that holds `LINE_FIELDS`."""
    phase, timeliness = row["current_report__phase"], row["current_report__timeliness"]
    return MeasureLine(
        id=row["pk"],
        number=row["number"],
        title=row["title"],
        teaser=row["teaser"],
        url=address(row["number"]),
        department_id=row["lead_department_id"],
        department_key=row["lead_department__key"] or "",
        department_name=row["lead_department__name"] or "",
        phase=Phase(phase) if phase else None,
        timeliness=Timeliness(timeliness) if timeliness else None,
        standing=Standing(row["derived"]),
        reported_on=row["current_report__reported_on"],
        planned_end_on=row["ends_on"],
        planned_end_words=row["ends_words"],
        expected_end_on=row["current_report__expected_end_on"],
        slip_months=slip_months(row["ends_on"], row["current_report__expected_end_on"]),
        duration=Duration(row["duration"]),
        task_type=TaskType(row["task_type"]),
        cost=cost_of(row["cost_eur"], row["cost_words"]),
        cost_is_approximate=row["cost_is_approximate"],
        place_words=row["place_words"],
        sign=link[0] if link else "",
        weight=link[1] if link else 0,
        inside=inside,
    )


def inside_of(row: Mapping[str, Any]) -> LineInside:
    """What the administration sees besides."""
    return LineInside(
        lead_id=row["lead_id"],
        lead_name=row["lead__name"] or "",
        deputy_id=row["deputy_id"],
        deputy_name=row["deputy__name"] or "",
        decision_needed=row["current_report__decision_needed"] or "",
        obstacle=row["current_report__obstacle"] or "",
        is_public=row["visibility"] == Visibility.PUBLIC,
    )


def cost_of(amount: Any, words: str) -> Money | Unknown:
    """The estimate as a value; unknown: `not_stated`, with the source's words if it had any."""
    return Unknown("not_stated", words) if amount is None else Money(amount)


def address(number: str) -> str:
    """The address of a measure's page."""
    return reverse("measures:measure", kwargs={"number": number})


def _granted(viewer: Viewer) -> frozenset[int]:
    if viewer.is_internal or not viewer.is_logged_in:
        return frozenset()
    access = PartnerAccess.objects.filter(account=viewer.account_id)
    return frozenset(access.values_list("measure_id", flat=True))


def _links_to(goal_id: int) -> dict[int, tuple[str, int]]:
    """Measure → sign and weight of its strongest link to the goal or one below it."""
    rows = MeasureGoal.objects.filter(goal_condition(goal_id)).order_by("weight", "-pk")
    return {
        measure: (sign, weight) for measure, sign, weight in rows.values_list("measure", "sign", "weight")
    }
