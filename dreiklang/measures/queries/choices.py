"""What the list can be narrowed to, and what forms offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from dreiklang.core.enums import Visibility
from dreiklang.goals.queries import goal_names, tasks
from dreiklang.measures.models import Measure, MeasureConcept
from dreiklang.measures.queries.visibility import visible
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas

Choice = tuple[str, str, int]


@dataclass(frozen=True)
class Lists:
    """Key for the address bar, label, database id; in the order people expect. Named as the address names them."""

    aufgabe: Sequence[Choice]
    ziel: Sequence[Choice]
    konzept: Sequence[Choice]
    amt: Sequence[Choice]
    stadtteil: Sequence[Choice]


def filter_lists(viewer: Viewer) -> Lists:
    """What a list of measures can be narrowed to. Five statements."""
    return Lists(
        aufgabe=[(one.number, f"{one.number} {one.title}", one.pk) for one in tasks(viewer)],
        ziel=[(one.number, f"{one.number} {one.title}", one.pk) for one in goal_names(viewer)],
        konzept=_concepts(viewer),
        amt=_offices(viewer),
        stadtteil=[(area.key or area.name, area.name, area.pk) for area in areas(viewer)],
    )


def _concepts(viewer: Viewer) -> list[Choice]:
    """Concepts that measures come from; those of the register without any would find nothing."""
    links = MeasureConcept.objects.filter(concept=OuterRef("pk"))
    concepts = _others(MeasureConcept, "concept")
    if not viewer.is_internal:
        links = links.filter(measure__in=visible(viewer))
        concepts = concepts.filter(visibility=Visibility.PUBLIC)
    rows = concepts.filter(Exists(links)).order_by("number", "pk").values_list("number", "title", "pk")
    return [(number, f"{number} {title}", pk) for number, title, pk in rows]


def _offices(viewer: Viewer) -> list[Choice]:
    """Offices that lead a measure. Asked from the offices, which are few, not from the measures."""
    led = visible(viewer).filter(lead_department=OuterRef("pk"))
    offices = _others(Measure, "lead_department").filter(Exists(led))
    rows = offices.order_by("key", "pk").values_list("key", "name", "pk")
    return [(key, f"{key} {name}", pk) for key, name, pk in rows]


def _others(model: type[Model], name: str) -> QuerySet[Any]:
    """The records a link leads to; their class stays in its own subject."""
    other: Any = model._meta.get_field(name).related_model
    records: QuerySet[Any] = other.objects.all()
    return records


def number_choices(viewer: Viewer, *, without: int | None = None) -> list[tuple[str, str]]:
    """(number, title) of visible measures that stand for themselves, for a list of proposals."""
    found = visible(viewer).filter(merged_into=None)
    if without is not None:
        found = found.exclude(pk=without)
    return list(found.order_by("number", "pk").values_list("number", "title"))


def ids_of(viewer: Viewer, *, numbers: Sequence[str]) -> dict[str, int]:
    """Number → id of those measures that the viewer may know of."""
    return dict(visible(viewer).filter(number__in=numbers).values_list("number", "pk"))


def links_of(measure: Measure) -> dict[str, list[int]]:
    """The ids a measure is linked to, by kind, for a form."""
    return {
        "tasks": list(measure.task_links.values_list("task_id", flat=True)),
        "concepts": list(MeasureConcept.objects.filter(measure=measure).values_list("concept_id", flat=True)),
        "areas": list(measure.area_links.values_list("area_id", flat=True)),
    }
