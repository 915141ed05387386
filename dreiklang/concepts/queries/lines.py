"""The register as a list: filtered, sorted, counted, with what this viewer may see."""

from collections.abc import Collection, Mapping
from datetime import date
from textwrap import shorten
from typing import Any

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse

from dreiklang.concepts.models import KIND_LABELS, STATUS_LABELS, Concept, ConceptGoal, ConceptTask
from dreiklang.concepts.queries.records import ConceptFilter, ConceptLine, Orphan
from dreiklang.concepts.rules import ConceptKind, ConceptStatus, amount
from dreiklang.core.enums import Visibility
from dreiklang.core.order import NaturalKey
from dreiklang.core.records import Hit, News, Ref
from dreiklang.core.search import SortKey, found_by
from dreiklang.people.rules import Viewer

SORTS: dict[str, F | Func] = {
    "number": NaturalKey("number"),
    "title": SortKey("title"),
    "status": F("status"),
    "department": F("lead_department__name"),
    "valid_to": F("valid_to"),
    "resolution": F("resolution_on"),
    "cost": F("cost_eur"),
}
LINE_FIELDS = (
    "pk",
    "number",
    "title",
    "kind",
    "status",
    "valid_from",
    "valid_to",
    "resolution_reference",
    "resolution_on",
    "cost_eur",
    "cost_words",
    "gap_eur",
    "gap_words",
    "visibility",
)


def visible(viewer: Viewer) -> QuerySet[Concept]:
    """All concepts for the administration, the public ones for everybody else."""
    found = Concept.objects.all()
    return found if viewer.is_internal else found.filter(visibility=Visibility.PUBLIC)


def concept_lines(
    viewer: Viewer, *, asked: ConceptFilter, offset: int = 0, limit: int | None = None
) -> tuple[ConceptLine, ...]:
    """The concepts that fit, in the asked order; ties by number. One statement."""
    found = fitting(viewer, asked)
    by = SORTS.get(asked.sort, SORTS["number"])
    order = by.desc(nulls_last=True) if asked.is_descending else by.asc(nulls_last=True)
    until = None if limit is None else offset + limit
    return _lines(found.order_by(order, NaturalKey("number"), "pk")[offset:until])


def concept_total(viewer: Viewer, *, asked: ConceptFilter | None = None) -> int:
    """How many concepts fit; all the viewer may see without a filter."""
    return fitting(viewer, asked or ConceptFilter()).count()


def concepts_of(
    viewer: Viewer,
    *,
    task: int | None = None,
    goal: int | Collection[int] | None = None,
    area: int | None = None,
    department: int | None = None,
) -> tuple[ConceptLine, ...]:
    """The concepts that hang on a future task, a goal (or several), an area or a department.

    By id. A concept serves a task directly or by supporting a goal that serves it; on a goal both
    signs count. Each concept once, ordered by number.
    """
    found = visible(viewer)
    if task is not None:
        found = found.filter(_serves(task))
    if goal is not None:
        ids = [goal] if isinstance(goal, int) else list(goal)
        found = found.filter(pk__in=ConceptGoal.objects.filter(goal_id__in=ids).values("concept"))
    if area is not None:
        found = found.filter(area_links__area_id=area)
    if department is not None:
        found = found.filter(lead_department_id=department)
    return _lines(found.order_by(NaturalKey("number"), "pk"))


def concept_labels(viewer: Viewer, *, ids: Collection[int]) -> dict[int, Ref]:
    """Id → number, title and address; concepts the viewer may not see are left out."""
    rows = visible(viewer).filter(pk__in=ids).values_list("pk", "number", "title")
    return {pk: Ref(number, title, address(number)) for pk, number, title in rows}


def concept_choices(viewer: Viewer) -> list[tuple[int, str]]:
    """Concepts for a form: id → "FK-01 Titel", by number."""
    rows = visible(viewer).order_by(NaturalKey("number"), "pk").values_list("pk", "number", "title")
    return [(pk, f"{number} {title}") for pk, number, title in rows]


def concept_count() -> int:
    """How many concepts the register holds, whoever asks."""
    return Concept.objects.count()


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Concepts that hold the text, best first."""
    found = found_by(visible(viewer), text=text).values("number", "title", "summary", "hit_rank")
    return [
        Hit(
            "concept",
            r["number"],
            r["title"],
            shorten(r["summary"], 160, placeholder=" …"),
            address(r["number"]),
            r["hit_rank"],
        )
        for r in found[:limit]
    ]


def latest_changes(viewer: Viewer, *, since: date, limit: int) -> list[News]:
    """Concepts resolved since that day, newest first; `text` is the code of the status."""
    found = visible(viewer).filter(resolution_on__gte=since).order_by("-resolution_on", "-pk")
    rows = found.values_list("resolution_on", "title", "status", "number")[:limit]
    return [News(on, "concept", title, status, address(number)) for on, title, status, number in rows if on]


def ownerless(viewer: Viewer) -> tuple[Orphan, ...]:
    """Concepts in force or in work without a lead department or a lead, by number. Administration only."""
    if not viewer.is_internal:
        return ()
    lacking = Q(lead_department=None) | Q(lead=None) | Q(lead__is_active=False)
    found = Concept.objects.filter(lacking).exclude(status=ConceptStatus.SUPERSEDED).select_related("lead")
    return tuple(
        Orphan(
            number=c.number,
            title=c.title,
            url=address(c.number),
            lacks_department=c.lead_department_id is None,
            lacks_lead=c.lead is None or not c.lead.is_active,
        )
        for c in found.defer("search", "geometry").order_by(NaturalKey("number"), "pk")
    )


def address(number: str) -> str:
    """The address of a concept's page."""
    return reverse("concepts:concept", args=[number])


def fitting(viewer: Viewer, asked: ConceptFilter) -> QuerySet[Concept]:
    """The visible concepts that fit, in no order."""
    found = visible(viewer)
    if asked.text.strip():
        part = Q(pk__in=found_by(found, text=asked.text).order_by().values("pk"))
        found = found.filter(part | Q(number__istartswith=asked.text.strip()))
    if asked.kinds:
        found = found.filter(kind__in=asked.kinds)
    if asked.statuses:
        found = found.filter(status__in=asked.statuses)
    if asked.department_id is not None:
        found = found.filter(lead_department_id=asked.department_id)
    if asked.goal_id is not None:
        linked = ConceptGoal.objects.filter(Q(goal_id=asked.goal_id) | Q(goal__parent_id=asked.goal_id))
        found = found.filter(pk__in=linked.values("concept"))
    if asked.task_id is not None:
        found = found.filter(_serves(asked.task_id))
    if asked.area_id is not None:
        found = found.filter(area_links__area_id=asked.area_id)
    return found


def _serves(task_id: int) -> Q:
    """Serves the future task as it names it; where it names none, through a goal that it supports."""
    by_goal = ConceptGoal.objects.filter(sign="supports", goal__task_links__task_id=task_id)
    named = Q(pk__in=ConceptTask.objects.filter(task_id=task_id).values("concept"))
    is_unnamed = ~Q(pk__in=ConceptTask.objects.values("concept"))
    return named | (is_unnamed & Q(pk__in=by_goal.values("concept")))


def _lines(records: QuerySet[Concept]) -> tuple[ConceptLine, ...]:
    columns = line_columns()
    return tuple(line_of(row) for row in records.annotate(**columns).values(*LINE_FIELDS, *columns))


def line_columns() -> dict[str, Any]:
    """What a line shows beyond the fields of its record."""
    main = ConceptGoal.objects.filter(concept=OuterRef("pk"), is_main=True)
    named = main.annotate(name=Concat("goal__number", Value(" "), "goal__title")).values("name")[:1]
    return {
        "main_goal": Subquery(named),
        "office": F("lead_department__name"),
        "office_key": F("lead_department__key"),
    }


def line_of(row: Mapping[str, Any]) -> ConceptLine:
    """The line of a row that holds `LINE_FIELDS` and `line_columns`."""
    kind, status = ConceptKind(row["kind"]), ConceptStatus(row["status"])
    return ConceptLine(
        pk=row["pk"],
        number=row["number"],
        title=row["title"],
        kind=kind,
        kind_label=str(KIND_LABELS[kind]),
        status=status,
        status_label=str(STATUS_LABELS[status]),
        department=row["office"] or "",
        department_key=row["office_key"] or "",
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        resolution_reference=row["resolution_reference"],
        resolution_on=row["resolution_on"],
        cost=amount(row["cost_eur"], row["cost_words"]),
        gap=amount(row["gap_eur"], row["gap_words"]),
        main_goal=row["main_goal"] or "",
        is_public=row["visibility"] == Visibility.PUBLIC,
        url=address(row["number"]),
    )
