"""Measures as public data: plain values in, JSON out. Always what the public sees, whoever asks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, QuerySet
from django.utils.timezone import localdate

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.order import NaturalKey
from dreiklang.measures.models import (
    Dependency,
    Involvement,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
    MeasurePartner,
    MeasureTask,
    Milestone,
    Report,
)
from dreiklang.measures.queries.standing import standing_case
from dreiklang.measures.queries.terms import restraint_periods, terms_of
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import note_visible_on
from dreiklang.people.rules import PUBLIC

# Key in the answer ← path over Measure.
OWN = {
    "number": "number",
    "title": "title",
    "teaser": "teaser",
    "description": "description",
    "department": "lead_department__key",
    "department_name": "lead_department__name",
    "task_type": "task_type",
    "duration": "duration",
    "starts_on": "starts_on",
    "starts_words": "starts_words",
    "ends_on": "ends_on",
    "ends_words": "ends_words",
    "cost_eur": "cost_eur",
    "cost_words": "cost_words",
    "cost_is_approximate": "cost_is_approximate",
    "cost_price_on": "cost_price_on",
    "place": "place_words",
    "topics": "topics",
    "resolution": "resolution_reference",
    "resolution_on": "resolution_on",
    "standing": "derived",
    "phase": "current_report__phase",
    "timeliness": "current_report__timeliness",
    "reported_on": "current_report__reported_on",
    "expected_end_on": "current_report__expected_end_on",
}
# Key in the answer ← (table, what is public of it, key inside ← path).
_LINKED: Mapping[str, tuple[type[Model], Mapping[str, Any], Mapping[str, str]]] = {
    "tasks": (
        MeasureTask,
        {"task__framework__status": "valid"},
        {"number": "task__number", "title": "task__title"},
    ),
    "goals": (
        MeasureGoal,
        {"goal__framework__status": "valid"},
        {
            "number": "goal__number",
            "title": "goal__title",
            "sign": "sign",
            "weight": "weight",
            "reason": "reason",
            "is_main": "is_main",
        },
    ),
    "concepts": (
        MeasureConcept,
        {"concept__visibility": Visibility.PUBLIC},
        {"number": "concept__number", "title": "concept__title"},
    ),
    "areas": (MeasureArea, {}, {"key": "area__key", "name": "area__name"}),
    "milestones": (
        Milestone,
        {"is_public": True},
        {"title": "title", "due_on": "due_on", "due_words": "due_words", "done_on": "done_on"},
    ),
    "involved": (
        Involvement,
        {},
        {"department": "department__key", "name": "department__name", "role": "role", "since": "since"},
    ),
    "partners": (MeasurePartner, {"is_public": True}, {"name": "name", "role": "role"}),
}


def measures_data(*, today: date, limit: int, offset: int = 0) -> dict[str, Any]:
    """Public measures by number with all a public page shows but the drawn place. Twelve statements.

    Merged measures are listed too, with their successor; nothing disappears from the data.
    """
    measures = visible(PUBLIC)
    by_number = (NaturalKey("number"), "pk")
    # Chosen by key alone: what is skipped must not cost what is shown.
    chosen = measures.order_by(*by_number).values("pk")[offset : offset + limit]
    items = _items(Measure.objects.filter(pk__in=chosen).order_by(*by_number), today)
    return {"count": measures.count(), "offset": offset, "items": items}


def measure_data(*, number: str, today: date) -> dict[str, Any]:
    """One public measure, with its place as GeoJSON. Raises: NotFound."""
    found = visible(PUBLIC).filter(number=number)
    items = _items(found, today)
    if not items:
        raise NotFound("measure", key=number)
    geometry = found.values_list("geometry", flat=True).get()
    return items[0] | {"geometry": None if geometry is None else geometry.__geo_interface__}


def _items(measures: QuerySet[Measure], today: date) -> list[dict[str, Any]]:
    needs = Dependency.objects.filter(measure=OuterRef("pk"), needs__in=visible(PUBLIC))
    rows = measures.annotate(
        derived=standing_case(terms_of(today=today)),
        first=ArraySubquery(needs.order_by("pk").values("needs__number")),
    ).values_list(
        "pk",
        "merged_into__number",
        "merged_into__visibility",
        "parent__number",
        "parent__visibility",
        "first",
        *OWN.values(),
    )
    items: dict[int, dict[str, Any]] = {}
    for pk, successor, successor_seen, parent, parent_seen, first, *own in rows:
        item = dict(zip(OWN, own, strict=True))
        # Money as text: exact, where a number of JSON would not be.
        item["cost_eur"] = None if item["cost_eur"] is None else str(item["cost_eur"])
        item["successor"] = successor if successor_seen == Visibility.PUBLIC else None
        item["parent"] = parent if parent_seen == Visibility.PUBLIC else None
        item["needs_first"] = first
        items[pk] = item
    ids = list(items)
    for name, (model, public, keys) in _LINKED.items():
        _add(items, name, _grouped(model, public, keys, ids))
    _add(items, "reports", _reports(ids, today))
    return list(items.values())


def _add(items: Mapping[int, dict[str, Any]], name: str, found: Mapping[int, list[dict[str, Any]]]) -> None:
    for pk, item in items.items():
        item[name] = found.get(pk, [])


def _grouped(
    model: type[Model], public: Mapping[str, Any], keys: Mapping[str, str], ids: Sequence[int]
) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = model._default_manager.filter(measure__in=ids, **public).order_by("measure_id", "pk")
    names = tuple(keys)
    for measure_id, *values in rows.values_list("measure_id", *keys.values()):
        found[measure_id].append(dict(zip(names, values, strict=True)))
    return found


def _reports(ids: Sequence[int], today: date) -> Mapping[int, list[dict[str, Any]]]:
    """The course, newest first; notes only when released and not held back by a restraint period."""
    periods = restraint_periods()
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = (
        Report.objects.filter(measure__in=ids, withdrawn_at=None)
        .order_by("measure_id", F("reported_on").desc(), F("pk").desc())
        .values_list(
            "measure_id",
            "reported_on",
            "phase",
            "timeliness",
            "is_confirmation",
            "expected_end_on",
            "by_department__name",
            "public_note",
            "released_at",
        )
    )
    for measure_id, on, phase, time, is_same, end, office, note, released_at in rows:
        is_seen = released_at is not None and (
            note_visible_on(localdate(released_at), periods=periods) <= today
        )
        found[measure_id].append(
            {
                "on": on,
                "phase": phase,
                "timeliness": time,
                "is_confirmation": is_same,
                "expected_end_on": end,
                "department": office,
                "note": note if is_seen else "",
            }
        )
    return found
