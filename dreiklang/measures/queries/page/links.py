"""Links of a measure as the page names them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse

from dreiklang.core.arrays import array_of
from dreiklang.core.enums import Visibility
from dreiklang.core.records import Ref
from dreiklang.measures.models import MeasureGoal
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.page import records
from dreiklang.measures.queries.standing import serving_goals
from dreiklang.measures.rules import InvolvedRole
from dreiklang.people.rules import Viewer


def goals_of(measure_id: int, viewer: Viewer) -> tuple[records.GoalRef, ...]:
    """The goals of the valid framework, the main one first; older versions stay with their own pages."""
    tasks = array_of(
        serving_goals().objects.filter(goal=OuterRef("goal")).order_by("task__position", "pk"),
        fields={"number": "task__number", "title": "task__title"},
    )
    links = (
        MeasureGoal.objects.filter(measure=measure_id, goal__framework__status="valid")
        .annotate(serves=tasks)
        .select_related("goal__level")
        .order_by("-is_main", "sign", "-weight", "goal__position", "pk")
    )
    return tuple(
        records.GoalRef(
            number=link.goal.number,
            title=link.goal.title,
            level=link.goal.level.name,
            url=reverse("goals:goal", args=[link.goal.number]),
            sign=link.sign,
            weight=link.weight,
            reason=link.reason,
            is_main=link.is_main,
            tasks=tuple(ref(one, "goals:task") for one in link.serves),
        )
        for link in links
    )


def above(row: Mapping[str, Any], path: str, viewer: Viewer) -> Ref | None:
    """The measure above or after this one, where the viewer may know of it."""
    number = row[f"{path}__number"]
    if number is None or not (viewer.is_internal or row[f"{path}__visibility"] == Visibility.PUBLIC):
        return None
    return Ref(number, row[f"{path}__title"], address(number))


def milestone(one: Mapping[str, Any]) -> records.MilestoneRow:
    """One milestone."""
    days = {name: date.fromisoformat(one[name]) if one[name] else None for name in ("due_on", "done_on")}
    return records.MilestoneRow(
        one["id"], one["title"], days["due_on"], one["due_words"], days["done_on"], one["is_public"]
    )


def office(one: Mapping[str, Any], is_inside: bool) -> records.OfficeRow:
    """A department that takes part; what was agreed is for people inside."""
    return records.OfficeRow(
        name=one["name"],
        url=department_url(one["key"]),
        role=InvolvedRole(one["role"]),
        since=date.fromisoformat(one["since"]) if one["since"] else None,
        words=one["words"] if is_inside else None,
    )


def department_url(key: str | None) -> str:
    """The address of a department's page; empty without one."""
    return reverse("people:department", args=[key]) if key else ""


def area(one: Mapping[str, Any]) -> Ref:
    """An area with its address."""
    key = one["key"] or one["name"]
    return Ref(key, one["name"], reverse("places:area", args=[key]))


def ref(one: Mapping[str, Any], route: str) -> Ref:
    """A linked record with its address."""
    return Ref(one["number"], one["title"], reverse(route, args=[one["number"]]))


def refs(rows: Iterable[Mapping[str, Any]]) -> tuple[Ref, ...]:
    """Linked measures with their addresses."""
    return tuple(Ref(one["number"], one["title"], address(one["number"])) for one in rows)
