"""Handing over in one step: people first, then everything that hangs on them, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext_noop as _

from dreiklang.concepts import services as concepts
from dreiklang.core.history import acting
from dreiklang.goals import services as goals
from dreiklang.measures import services as measures
from dreiklang.monitoring.services import handover as monitoring
from dreiklang.papers import services as papers
from dreiklang.people import services as people
from dreiklang.people.rules import Viewer
from dreiklang.people.services import CannotHandOver, require
from dreiklang.workspace.permissions import HAND_OVER

if TYPE_CHECKING:
    from dreiklang.people.models import Account, Department

Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Moved:
    """How much went over, counted by subject."""

    measures: int = 0
    concepts: int = 0
    plan: int = 0
    resolutions: int = 0
    checks: int = 0
    monitoring: int = 0

    def __add__(self, other: Moved) -> Moved:
        return Moved(
            self.measures + other.measures,
            self.concepts + other.concepts,
            self.plan + other.plan,
            self.resolutions + other.resolutions,
            self.checks + other.checks,
            self.monitoring + other.monitoring,
        )


@dataclass(frozen=True)
class Split:
    """Where each part of a department goes. What is not named stays, or goes to `rest` and the department ends.

    Id of a measure, evaluation step or account, number of a concept, resolution or check → the department it goes to.
    `monitoring`: kind of record → the same by their ids.
    """

    measures: Mapping[int, Department] = field(default_factory=dict)
    concepts: Mapping[str, Department] = field(default_factory=dict)
    steps: Mapping[int, Department] = field(default_factory=dict)
    people: Mapping[int, Department] = field(default_factory=dict)
    resolutions: Mapping[str, Department] = field(default_factory=dict)
    checks: Mapping[str, Department] = field(default_factory=dict)
    monitoring: Mapping[str, Mapping[int, Department]] = field(default_factory=dict)
    rest: Department | None = None


def rename(*, by: Viewer, on: date, department: Department, key: str, name: str) -> Moved:
    """The department under another name; everything stays with it.

    Raises: NotAllowed; CannotSaveDepartment if the key is taken.
    """
    require(by, HAND_OVER)
    people.rename_department(by=by, on=on, department=department, key=key, name=name)
    return Moved()


def merge(*, by: Viewer, on: date, department: Department, into: Department, reason: str = "") -> Moved:
    """All that the department holds goes to the other one, and the department ends.

    Raises: NotAllowed; CannotHandOver.
    """
    require(by, HAND_OVER)
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Ämter zusammengelegt")):
        moved = _hand_over(by, department, into, reason)
        people.merge_departments(by=by, on=on, from_department=department, into=into)
    return moved


def split(*, by: Viewer, on: date, department: Department, parts: Split, reason: str = "") -> Moved:
    """Each named part goes to its department; the rest stays, or goes to `parts.rest` and the department ends.

    Raises: NotAllowed; CannotHandOver, "nobody" if nothing at all would go.
    """
    require(by, HAND_OVER)
    targets = _targets(parts)
    if not targets and parts.rest is None:
        raise CannotHandOver("nobody")
    moved = Moved()
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Amt geteilt")):
        for target in targets:
            staff = [one for one, where in parts.people.items() if where.pk == target.pk]
            people.split_department(by=by, on=on, from_department=department, into=target, account_ids=staff)
            moved += _hand_over(by, department, target, reason, parts=parts)
        if parts.rest is not None:
            moved += merge(by=by, on=on, department=department, into=parts.rest, reason=reason)
    return moved


def leave(*, by: Viewer, on: date, account: Account, successor: Account, reason: str = "") -> Moved:
    """All that hangs on the person goes to her successor, and the account closes.

    Raises: NotAllowed; CannotHandOver.
    """
    require(by, HAND_OVER)
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Person ausgeschieden")):
        moved = _persons_part(by, account, successor, reason)
        people.person_leaves(by=by, on=on, account=account, successor=successor)
    return moved


def _targets(parts: Split) -> Sequence[Department]:
    named = (
        *parts.measures.values(),
        *parts.concepts.values(),
        *parts.steps.values(),
        *parts.people.values(),
        *parts.resolutions.values(),
        *parts.checks.values(),
        *(one for kind in parts.monitoring.values() for one in kind.values()),
    )
    return list({one.pk: one for one in named}.values())


def _hand_over(
    by: Viewer, before: Department, after: Department, reason: str, *, parts: Split | None = None
) -> Moved:
    """What goes from one department to the other; with parts only what they name for it."""
    ids = None if parts is None else _named(parts.measures, after)
    numbers = None if parts is None else _named(parts.concepts, after)
    resolutions = None if parts is None else _named(parts.resolutions, after)
    checks = None if parts is None else _named(parts.checks, after)
    kinds = None if parts is None else {one: _named(ids, after) for one, ids in parts.monitoring.items()}
    steps = None if parts is None else [str(one) for one in _named(parts.steps, after)]
    moved = measures.hand_over(
        by=by, reason=reason, from_department=before.pk, to_department=after.pk, only=ids
    )
    return Moved(
        measures=sum(moved.values()),
        concepts=concepts.hand_over(
            by=by, reason=reason, only_keys=numbers, from_department=before, to_department=after
        ),
        plan=goals.hand_over(
            by=by, reason=reason, only_keys=steps, from_department=before, to_department=after
        ),
        resolutions=papers.hand_over(
            by=by, reason=reason, only_keys=resolutions, from_department=before, to_department=after
        ),
        checks=papers.hand_over_checks(
            by=by, reason=reason, only_keys=checks, from_department=before, to_department=after
        ),
        monitoring=monitoring.hand_over(
            by=by, reason=reason, only=kinds, from_department=before, to_department=after
        ),
    )


def _persons_part(by: Viewer, before: Account, after: Account, reason: str) -> Moved:
    moved = measures.hand_over(by=by, reason=reason, from_account=before.pk, to_account=after.pk)
    return Moved(
        measures=sum(moved.values()),
        concepts=concepts.hand_over(by=by, reason=reason, from_account=before, to_account=after),
        plan=goals.hand_over(by=by, reason=reason, from_account=before, to_account=after),
        resolutions=papers.hand_over(by=by, reason=reason, from_account=before, to_account=after),
        checks=papers.hand_over_checks(by=by, reason=reason, from_account=before, to_account=after),
        monitoring=monitoring.hand_over(by=by, reason=reason, from_account=before, to_account=after),
    )


def _named(where: Mapping[Key, Department], target: Department) -> list[Key]:
    return [one for one, department in where.items() if department.pk == target.pk]
