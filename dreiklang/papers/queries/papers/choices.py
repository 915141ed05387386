"""What a list of papers can be narrowed to, and what forms offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery

from dreiklang.goals.queries import goal_names
from dreiklang.papers.models import Consultation, Meeting, Paper
from dreiklang.papers.queries.visibility import visible_consultations, visible_papers
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas

Choice = tuple[str, str, int]


@dataclass(frozen=True)
class FilterLists:
    """Key for the address bar, label, database id; in the order people expect. Named as the address names them."""

    gremium: Sequence[Choice]
    amt: Sequence[Choice]
    ziel: Sequence[Choice]
    stadtteil: Sequence[Choice]


def filter_lists(viewer: Viewer) -> FilterLists:
    """What a list of papers can be narrowed to. Four statements."""
    return FilterLists(
        gremium=committee_list(viewer),
        amt=_offices(viewer),
        ziel=[(one.number, f"{one.number} {one.title}", one.pk) for one in goal_names(viewer)],
        stadtteil=[(area.key or area.name, area.name, area.pk) for area in areas(viewer)],
    )


def committee_list(viewer: Viewer) -> list[Choice]:
    """Committees on a route that the viewer may know, by name. Asked from the committees, which are few.

    One step each is looked for, not EXISTS: the database would read every step there is to answer that.
    """
    steps = visible_consultations(viewer).filter(committee=OuterRef("pk"))
    found = others(Consultation, "committee").alias(step=Subquery(steps.values("pk")[:1]))
    return list(found.exclude(step=None).order_by("name", "pk").values_list("key", "name", "pk"))


def committee_choices() -> list[tuple[int, str]]:
    """Committees for a form, by name; those that ended stand below."""
    found = others(Meeting, "committee").order_by("-ended_on", "name", "pk")
    return list(found.values_list("pk", "name"))


def paper_choices(viewer: Viewer, *, numbers: Sequence[str]) -> dict[str, int]:
    """Key or number → id of papers the viewer may know of; a number that occurs twice is left out."""
    rows = list(visible_papers(viewer).filter(number__in=numbers).values_list("number", "pk"))
    names = [number for number, _pk in rows]
    found = {number: pk for number, pk in rows if names.count(number) == 1}
    return found | dict(visible_papers(viewer).filter(key__in=numbers).values_list("key", "pk"))


def others(model: type[Model], name: str) -> QuerySet[Any]:
    """The records a link leads to; their class stays in its own subject."""
    other: Any = model._meta.get_field(name).related_model
    records: QuerySet[Any] = other.objects.all()
    return records


def _offices(viewer: Viewer) -> list[Choice]:
    led = visible_papers(viewer).filter(lead_department=OuterRef("pk"))
    rows = others(Paper, "lead_department").filter(Exists(led)).order_by("key", "pk")
    return [(key, f"{key} {name}", pk) for key, name, pk in rows.values_list("key", "name", "pk")]
