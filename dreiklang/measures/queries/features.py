"""Measures with their place and time, as features for machines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from dreiklang.core.enums import Visibility
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
from dreiklang.measures.models import (
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
    MeasureTask,
)
from dreiklang.measures.queries.standing import known_end, standing_case
from dreiklang.measures.queries.terms import terms_of
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import Duration, Phase, Standing, TaskType, Timeliness
from dreiklang.people.rules import Viewer

BEGINS = F("starts_on")
ENDS = known_end()
OWN = {
    "number": "number",
    "title": "title",
    "teaser": "teaser",
    "department": "lead_department__key",
    "department_name": "lead_department__name",
    "task_type": "task_type",
    "duration": "duration",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "expected_end_on": "current_report__expected_end_on",
    "standing": "derived",
    "phase": "current_report__phase",
    "timeliness": "current_report__timeliness",
    "reported_on": "current_report__reported_on",
    "cost_eur": "cost_eur",
    "cost_words": "cost_words",
    "place": "place_words",
}
# Property ← (table, what is public of it, its name, another name where that is empty).
LINKED: Mapping[str, tuple[type[Model], Mapping[str, Any], str, str]] = {
    "areas": (MeasureArea, {}, "area__key", "area__name"),
    "tasks": (MeasureTask, {"task__framework__status": "valid"}, "task__number", "task__title"),
    "goals": (MeasureGoal, {"goal__framework__status": "valid"}, "goal__number", "goal__title"),
    "concepts": (
        MeasureConcept,
        {"concept__visibility": Visibility.PUBLIC},
        "concept__number",
        "concept__title",
    ),
}
# Property that can be asked for ← the values it may have; none named: any text.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "number": (),
    "department": (),
    "phase": tuple(Phase),
    "standing": tuple(Standing),
    "timeliness": tuple(Timeliness),
    "task_type": tuple(TaskType),
    "duration": tuple(Duration),
    "areas": (),
    "tasks": (),
}


def measure_features(viewer: Viewer, *, asked: Asked, today: date) -> Found:
    """The measures asked for, by number. Seven statements, one more where an area is asked for.

    Merged measures are features too, with standing `ended`: nothing disappears from the data.
    """
    derived = standing_case(terms_of(today=today))
    found = _equal(visible(viewer).alias(derived=derived), asked.equal)
    found = in_window(found, asked.window, begins=BEGINS, ends=ENDS)
    by_number = (NaturalKey("number"), "pk")
    # Chosen by key alone: what is skipped must not cost what is shown.
    chosen = found.order_by(*by_number).values("pk")[asked.offset : asked.offset + asked.limit]
    measures = Measure.objects.filter(pk__in=chosen).annotate(derived=derived).order_by(*by_number)
    rows = list(measures.values_list("pk", WKB, *OWN.values()))
    numbers = [row[2] for row in rows]
    linked = _linked([row[0] for row in rows])
    urls = addresses("measures:measure", numbers)
    properties = properties_of(rows, list(OWN), linked=linked, urls=urls)
    for item in properties:
        # Fourteen digits: exact as a number of JSON, too, and maps can be coloured by it.
        item["cost_eur"] = None if item["cost_eur"] is None else float(item["cost_eur"])
    return Found(found.count(), numbers, properties, [row[1] for row in rows])


def measure_extent(viewer: Viewer) -> Extent:
    """What holds all measures in place and time. One statement."""
    return extent_of(visible(viewer), begins=BEGINS, ends=ENDS)


def _equal(measures: QuerySet[Measure], equal: Mapping[str, str]) -> QuerySet[Measure]:
    for name, value in equal.items():
        if name in LINKED:
            model, public, key, other = LINKED[name]
            named = Q(**{key: value}) | Q(**{key: "", other: value})
            links = model._default_manager.filter(named, **public)
            measures = measures.filter(pk__in=links.values("measure"))
        else:
            measures = measures.filter(**{OWN[name]: value})
    return measures


def _linked(ids: Sequence[int]) -> dict[str, Mapping[int, list[str]]]:
    return {
        name: named(
            model._default_manager.filter(measure__in=ids, **public),
            owner="measure_id",
            key=key,
            other=other,
        )
        for name, (model, public, key, other) in LINKED.items()
    }
