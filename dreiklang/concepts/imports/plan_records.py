"""Formal plans between list and database: what is stored, what is made and what changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from dreiklang.concepts.imports.steps import steps_of, write_steps
from dreiklang.concepts.models import Concept
from dreiklang.concepts.rules import ConceptKind
from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.geometry import cube_text
from dreiklang.core.imports.placing import place_from, place_hex

TEXTS = ("title", "plan_type", "status", "note")
DAYS = ("valid_from", "valid_to", "resolution_on")


def stored_values(keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Plans by number as a list would say them. Two statements."""
    stored = list(Concept.objects.filter(number__in=keys).defer("search"))
    steps = steps_of([one.pk for one in stored])
    return {one.number: _values(one) | steps[one.pk] for one in stored}


def create(given: Mapping[str, Mapping[str, Any]]) -> None:
    """New plans by number."""
    fresh = [Concept(number=number, kind=ConceptKind.FORMAL_PLAN) for number in given]
    for plan in fresh:
        _apply(plan, given[plan.number])
    Concept.objects.bulk_create(fresh)
    write_steps({plan.pk: given[plan.number] for plan in fresh})


def update(given: Mapping[str, Mapping[str, Any]]) -> None:
    """Exactly the fields that a list changes, by number."""
    plans = list(Concept.objects.filter(number__in=given).defer("search"))
    for plan in plans:
        _apply(plan, given[plan.number])
        plan.version += 1
        plan.changed_at = timezone.now()
    columns = [*TEXTS, *DAYS, GEOMETRY, "bounds", "version", "changed_at"]
    Concept.objects.bulk_update(plans, columns, batch_size=500)
    write_steps({plan.pk: given[plan.number] for plan in plans})


def _values(plan: Concept) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(plan, name)) else None for name in DAYS}
    texts = {name: getattr(plan, name) for name in TEXTS}
    return {"number": plan.number, GEOMETRY: place_hex(plan.geometry), **days, **texts}


def _apply(plan: Concept, given: Mapping[str, Any]) -> None:
    for name in given.keys() & set(TEXTS):
        setattr(plan, name, given[name])
    for name in given.keys() & set(DAYS):
        setattr(plan, name, date.fromisoformat(given[name]) if given[name] else None)
    if GEOMETRY in given:
        plan.geometry = place_from(given[GEOMETRY])
    plan.bounds = cube_text(plan.geometry.bounds) if plan.geometry is not None else None
