"""What a hand-over would move, and what nobody answers for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dreiklang.concepts import queries as concepts
from dreiklang.concepts.queries.hands import in_hands_of as concepts_in_hands_of
from dreiklang.core.records import Held, Ref
from dreiklang.goals import queries as goals
from dreiklang.goals.queries.hands import in_hands_of as goals_in_hands_of
from dreiklang.measures import queries as measures
from dreiklang.measures.queries.hands import in_hands_of as measures_in_hands_of
from dreiklang.monitoring.queries.hands import KINDS as MONITORING
from dreiklang.monitoring.queries.hands import in_hands_of as monitoring_in_hands_of
from dreiklang.papers.queries.checks.hands import (
    checks_in_hands_of,
    ownerless_checks,
    signatures_asked_of,
)
from dreiklang.papers.queries.resolutions import in_hands_of as resolutions_in_hands_of
from dreiklang.papers.queries.resolutions import ownerless as ownerless_resolutions
from dreiklang.people import queries as people
from dreiklang.people.rules import Viewer

if TYPE_CHECKING:
    from dreiklang.people.models import Account, Department


@dataclass(frozen=True)
class Belongings:
    """Everything a department or a person holds. `people` and `departments` are empty where they do not apply."""

    measures: Sequence[Held]
    concepts: Sequence[Held]
    plan: Sequence[Held]
    people: Sequence[Held]
    departments: Sequence[Held]
    resolutions: Sequence[Held] = ()
    checks: Sequence[Held] = ()
    # What the department is still to co-sign goes along with all the rest.
    signatures: Sequence[Held] = ()
    # Indicators, criteria, datasets and what else belongs to them, by kind.
    monitoring: Mapping[str, Sequence[Held]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        parts = (self.measures, self.concepts, self.plan, self.people, self.departments, self.resolutions)
        return sum(len(part) for part in (*parts, self.checks, self.signatures, *self.monitoring.values()))

    @property
    def monitoring_lists(self) -> list[tuple[str, Sequence[Held]]]:
        """Label and records of each kind, for the page."""
        return [(str(MONITORING[kind].label), held) for kind, held in self.monitoring.items()]


@dataclass(frozen=True)
class Ownerless:
    """What has no department or no person any more, by subject, each with its address."""

    measures: Sequence[Ref]
    concepts: Sequence[Ref]
    plan: Sequence[Ref]
    departments: Sequence[Ref]
    resolutions: Sequence[Ref] = ()
    checks: Sequence[Ref] = ()

    @property
    def total(self) -> int:
        parts = (self.measures, self.concepts, self.plan, self.departments, self.resolutions, self.checks)
        return sum(len(part) for part in parts)


def belongings(
    viewer: Viewer, *, department: Department | None = None, account: Account | None = None
) -> Belongings:
    """What the department or the person holds now, each part in the order of numbers or names."""
    held = {
        "department_id": department.pk if department else None,
        "account_id": account.pk if account else None,
    }
    return Belongings(
        measures=measures_in_hands_of(viewer, **held),
        concepts=concepts_in_hands_of(viewer, **held),
        plan=goals_in_hands_of(viewer, **held),
        people=people.staff_of(viewer, department=department) if department else (),
        departments=people.departments_of(viewer, department=department, head=account),
        resolutions=resolutions_in_hands_of(viewer, **held),
        checks=checks_in_hands_of(viewer, **held),
        signatures=signatures_asked_of(viewer, department_id=held["department_id"]),
        monitoring=monitoring_in_hands_of(viewer, **held),
    )


def ownerless(viewer: Viewer) -> Ownerless:
    """What nobody answers for, over all subjects. Administration only."""
    return Ownerless(
        measures=_refs(measures.ownerless(viewer)),
        concepts=_refs(concepts.ownerless(viewer)),
        plan=goals.ownerless(viewer),
        departments=people.ownerless_departments(viewer),
        resolutions=ownerless_resolutions(viewer),
        checks=ownerless_checks(viewer),
    )


def _refs(found: Sequence[measures.Orphan | concepts.Orphan]) -> tuple[Ref, ...]:
    return tuple(Ref(one.number, one.title, one.url) for one in found)
