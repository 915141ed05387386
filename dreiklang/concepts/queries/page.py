"""One concept in full."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from dreiklang.concepts.models import (
    SIGN_LABELS,
    STEP_LABELS,
    Concept,
    ConceptArea,
    ConceptGoal,
    ConceptStep,
    ConceptTask,
)
from dreiklang.concepts.queries.lines import LINE_FIELDS, address, line_columns, line_of, visible
from dreiklang.concepts.queries.records import ConceptInternal, ConceptPage, GoalLink, StepLine
from dreiklang.concepts.rules import ProcedureStep
from dreiklang.core.arrays import array_of
from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.goals.queries import page_address
from dreiklang.goals.rules import LinkSign, natural
from dreiklang.people.rules import Viewer

LINK_FIELDS = ("goal_id", "sign", "weight", "reason", "is_main")


def concept(viewer: Viewer, *, number: str) -> ConceptPage | None:
    """The concept of that number with its links; None if there is none for this viewer."""
    record = _with_links(visible(viewer).filter(number=number), viewer).first()
    if record is None:
        return None
    return ConceptPage(
        line=line_of({name: getattr(record, name) for name in (*LINE_FIELDS, *line_columns())}),
        version=record.version,
        summary=record.summary,
        framework_reference=record.framework_reference,
        goals=_in_order(_goal(one) for one in record.goals_),
        tasks=tuple(_task(**one) for one in record.tasks_),
        areas=tuple(_area(one["key"] or one["name"], one["name"]) for one in record.areas_),
        area_ids=tuple(one["pk"] for one in record.areas_),
        geometry=record.geometry,
        successor=_ref(record.successor, viewer),
        predecessors=tuple(Ref(**one, url=address(one["key"])) for one in record.before_),
        plan_type=record.plan_type,
        steps=_steps(record.steps_),
        internal=_internal(record) if viewer.is_internal else None,
    )


def record(viewer: Viewer, *, number: str) -> Concept | None:
    """The concept itself, for a form that fills its fields from it; None if not for this viewer."""
    return visible(viewer).filter(number=number).defer("search").first()


def kept(viewer: Viewer, key: str) -> tuple[Concept, str]:
    """The concept of that number and the address of its page, for its history. Raises: NotFound."""
    found = record(viewer, number=key)
    if found is None:
        raise NotFound("concept", key=key)
    return found, address(found.number)


def _with_links(concepts: QuerySet[Concept], viewer: Viewer) -> QuerySet[Any]:
    """Each with what its line shows, goals, tasks, areas by name, the concepts before it, and its procedure.

    Goals and tasks of a draft are for the administration only.
    """
    areas = ConceptArea.objects.filter(concept=OuterRef("pk")).order_by("area__name", "area_id")
    before = visible(viewer).filter(successor=OuterRef("pk")).order_by("pk")
    steps = ConceptStep.objects.filter(concept=OuterRef("pk")).order_by("on", "pk")
    goals = ConceptGoal.objects.filter(concept=OuterRef("pk")).order_by("pk")
    tasks = ConceptTask.objects.filter(concept=OuterRef("pk")).order_by("-is_main", "pk")
    return (
        concepts.select_related("lead", "deputy", "successor")
        .defer("search", "successor__search", "successor__geometry")
        .annotate(
            **line_columns(),
            areas_=array_of(areas, fields={"pk": "area_id", "key": "area__key", "name": "area__name"}),
            before_=array_of(before, fields={"key": "number", "title": "title"}),
            goals_=array_of(
                _in_visible_versions(goals, "goal", viewer),
                fields=_named("goal") | {name: name for name in LINK_FIELDS},
            ),
            tasks_=array_of(_in_visible_versions(tasks, "task", viewer), fields=_named("task")),
            steps_=array_of(steps, fields={"step": "step", "on": "on", "until": "until"}),
        )
    )


def _area(key: str, name: str) -> Ref:
    return Ref(key, name, reverse("places:area", args=[key]))


def _named(noun: str) -> dict[str, str]:
    """What names a goal or a task, with its version, for the address of its page."""
    version = {"status": f"{noun}__framework__status", "label": f"{noun}__framework__label"}
    return {"number": f"{noun}__number", "title": f"{noun}__title", **version}


def _in_order(links: Iterable[GoalLink]) -> tuple[GoalLink, ...]:
    """The main goal first, then by number."""
    return tuple(sorted(links, key=lambda one: (not one.is_main, natural(one.number))))


def _goal(row: Mapping[str, Any]) -> GoalLink:
    sign = LinkSign(row["sign"])
    return GoalLink(
        goal_id=row["goal_id"],
        number=row["number"],
        title=row["title"],
        url=page_address("goals:goal", row["number"], row["status"], row["label"]),
        sign=sign,
        sign_label=str(SIGN_LABELS[sign]),
        weight=row["weight"],
        reason=row["reason"],
        is_main=row["is_main"],
    )


def _task(number: str, title: str, status: str, label: str) -> Ref:
    return Ref(number, title, page_address("goals:task", number, status, label))


def _steps(rows: Sequence[Mapping[str, str | None]]) -> tuple[StepLine, ...]:
    """By day; on one day in the usual order of a procedure."""
    order = list(ProcedureStep)
    found = []
    for row in rows:
        step, on, until = ProcedureStep(str(row["step"])), date.fromisoformat(str(row["on"])), row["until"]
        found.append(StepLine(step, str(STEP_LABELS[step]), on, date.fromisoformat(until) if until else None))
    return tuple(sorted(found, key=lambda one: (one.on, order.index(one.step))))


def _in_visible_versions(links: QuerySet[Any], noun: str, viewer: Viewer) -> QuerySet[Any]:
    return links if viewer.is_internal else links.exclude(**{f"{noun}__framework__status": "draft"})


def _ref(other: Concept | None, viewer: Viewer) -> Ref | None:
    """The other concept by name, if this viewer may know of it."""
    if other is None or not (viewer.is_internal or other.visibility == "public"):
        return None
    return Ref(other.number, other.title, address(other.number))


def _internal(record: Concept) -> ConceptInternal:
    return ConceptInternal(
        lead_department_id=record.lead_department_id,
        lead_id=record.lead_id,
        deputy_id=record.deputy_id,
        lead=record.lead.name if record.lead else "",
        lead_phone=record.lead.phone if record.lead else "",
        deputy=record.deputy.name if record.deputy else "",
        note=record.note,
    )
