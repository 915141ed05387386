"""Concepts and formal plans with their place and validity, as features for machines."""

from collections.abc import Mapping, Sequence

from django.db.models import F, Q

from dreiklang.concepts.models import ConceptArea, ConceptGoal
from dreiklang.concepts.queries.lines import visible
from dreiklang.concepts.rules import ConceptKind, ConceptStatus
from dreiklang.core.features import (
    WKB,
    Asked,
    Extent,
    Found,
    addresses,
    extent_of,
    in_window,
    named,
    properties_of,
)
from dreiklang.core.order import NaturalKey
from dreiklang.people.rules import Viewer

BEGINS, ENDS = F("valid_from"), F("valid_to")
OWN = {
    "number": "number",
    "title": "title",
    "status": "status",
    "department": "lead_department__key",
    "department_name": "lead_department__name",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "resolution": "resolution_reference",
    "resolution_on": "resolution_on",
    "summary": "summary",
}
# Property that can be asked for ← the values it may have; none named: any text.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "number": (),
    "department": (),
    "status": tuple(ConceptStatus),
    "areas": (),
}


def concept_features(viewer: Viewer, *, kind: ConceptKind, asked: Asked) -> Found:
    """The concepts of that kind that are asked for, by number. Four statements, one more for an area."""
    found = visible(viewer).filter(kind=kind)
    for name, value in asked.equal.items():
        found = found.filter(_in_area(value) if name == "areas" else Q(**{OWN[name]: value}))
    found = in_window(found, asked.window, begins=BEGINS, ends=ENDS).order_by(NaturalKey("number"), "pk")
    stretch = found[asked.offset : asked.offset + asked.limit]
    rows = list(stretch.values_list("pk", WKB, *OWN.values()))
    numbers = [row[2] for row in rows]
    linked = _linked([row[0] for row in rows])
    urls = addresses("concepts:concept", numbers)
    properties = properties_of(rows, list(OWN), linked=linked, urls=urls)
    return Found(found.count(), numbers, properties, [row[1] for row in rows])


def concept_extent(viewer: Viewer, *, kind: ConceptKind) -> Extent:
    """What holds all concepts of that kind in place and time. One statement."""
    return extent_of(visible(viewer).filter(kind=kind), begins=BEGINS, ends=ENDS)


def _in_area(said: str) -> Q:
    links = ConceptArea.objects.filter(Q(area__key=said) | Q(area__key="", area__name=said))
    return Q(pk__in=links.values("concept"))


def _linked(ids: Sequence[int]) -> dict[str, Mapping[int, list[str]]]:
    areas = ConceptArea.objects.filter(concept__in=ids)
    goals = ConceptGoal.objects.filter(concept__in=ids, goal__framework__status="valid")
    return {
        "areas": named(areas, owner="concept_id", key="area__key", other="area__name"),
        "goals": named(goals, owner="concept_id", key="goal__number", other="goal__title"),
    }
