"""Concepts and formal plans with their place and validity, as features for machines."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import F, Q

from dreiklang.concepts.models import ConceptArea, ConceptGoal, ConceptStep
from dreiklang.concepts.queries.lines import visible
from dreiklang.concepts.rules import ConceptKind, ConceptStatus, ProcedureStep
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
# Of formal plans, beside what all have. A step that was done again counts with its last day.
OF_PLANS = {"plan_type": "plan_type"}
STEPS = {
    "initiated_on": (ProcedureStep.INITIATED, "on"),
    "display_from": (ProcedureStep.DISPLAY, "on"),
    "display_until": (ProcedureStep.DISPLAY, "until"),
    "resolved_on": (ProcedureStep.RESOLVED, "on"),
    "in_force_on": (ProcedureStep.IN_FORCE, "on"),
}
# Property that can be asked for ← the values it may have; none named: any text.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "number": (),
    "department": (),
    "status": tuple(ConceptStatus),
    "areas": (),
}


def concept_features(viewer: Viewer, *, kind: ConceptKind, asked: Asked) -> Found:
    """The concepts of that kind that are asked for, by number. Five statements at most, one more for an area.

    Formal plans also tell their type and the days of their procedure (`OF_PLANS`, `STEPS`).
    """
    found = visible(viewer).filter(kind=kind)
    for name, value in asked.equal.items():
        found = found.filter(_in_area(value) if name == "areas" else Q(**{OWN[name]: value}))
    found = in_window(found, asked.window, begins=BEGINS, ends=ENDS).order_by(NaturalKey("number"), "pk")
    stretch = found[asked.offset : asked.offset + asked.limit]
    is_plan = kind is ConceptKind.FORMAL_PLAN
    own = OWN | OF_PLANS if is_plan else OWN
    rows = list(stretch.values_list("pk", WKB, *own.values()))
    numbers = [row[2] for row in rows]
    ids = [row[0] for row in rows]
    urls = addresses("concepts:concept", numbers)
    steps = _steps(ids) if is_plan else {}
    properties = properties_of(rows, list(own), linked=_linked(ids), urls=urls, single=steps)
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


def _steps(ids: Sequence[int]) -> dict[str, dict[int, date | None]]:
    """Property → plan → its day, the latest of each step."""
    found: dict[str, dict[int, date | None]] = {name: {} for name in STEPS}
    rows = ConceptStep.objects.filter(concept__in=ids, step__in={step for step, _ in STEPS.values()})
    for concept_id, said, on, until in rows.order_by("on", "pk").values_list(
        "concept_id", "step", "on", "until"
    ):
        for name, (step, end) in STEPS.items():
            if step == said:
                found[name][concept_id] = on if end == "on" else until
    return found
