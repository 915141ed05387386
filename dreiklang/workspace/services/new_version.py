"""A new version of the framework takes effect; measures, concepts and what is watched go with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dreiklang.concepts import services as concepts
from dreiklang.goals import services as goals
from dreiklang.goals.services import CannotMakeValid
from dreiklang.measures import services as measures
from dreiklang.monitoring.services import following as monitoring
from dreiklang.people.rules import Viewer

__all__ = ["CannotMakeValid", "NewVersion", "make_valid"]


@dataclass(frozen=True)
class NewVersion:
    """What took effect, and how many links were carried over."""

    label: str
    measure_links: int
    concept_links: int
    watched_links: int


def make_valid(*, by: Viewer, on: date) -> NewVersion:
    """The draft becomes valid, and the confirmed mapping carries the links of the other subjects over.

    All or nothing in one transaction. Raises: NotAllowed; NotFound without a draft; CannotMakeValid.
    """
    with transaction.atomic():
        done = goals.make_valid(by=by, on=on)
        mapping = {"goals": _successors(done.goal_pairs), "tasks": _successors(done.task_pairs)}
        carried = measures.carry_over_links(by=by, **mapping)
        followed = concepts.carry_over_links(by=by, **mapping)
        watched = monitoring.carry_over_links(by=by, **mapping)
    return NewVersion(
        label=done.framework.label,
        measure_links=sum(carried.values()),
        concept_links=sum(followed.values()),
        watched_links=watched,
    )


def _successors(pairs: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """Old id → new ids in the order of the mapping."""
    found: dict[int, list[int]] = {}
    for old, new in pairs:
        found.setdefault(old, []).append(new)
    return found
