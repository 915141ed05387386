"""Handing over in one step: people first, then everything that hangs on them, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from django.utils.translation import gettext as _

from dreiklang.concepts import services as concepts
from dreiklang.core.history import acting
from dreiklang.goals import services as goals
from dreiklang.measures import services as measures
from dreiklang.people import services as people
from dreiklang.people.models import Account, Department
from dreiklang.people.rules import Viewer
from dreiklang.people.services import CannotHandOver, require


@dataclass(frozen=True)
class Moved:
    """How much went over, counted by subject."""

    measures: int = 0
    concepts: int = 0
    plan: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(self.measures + other.measures, self.concepts + other.concepts, self.plan + other.plan)


@dataclass(frozen=True)
class Split:
    """Where each part of a department goes. What is not named stays, or goes to `rest` and the department ends.

    Keys: numbers of measures and concepts, ids of evaluation steps and of accounts; values: departments.
    """

    measures: Mapping[str, Department] = field(default_factory=dict)
    concepts: Mapping[str, Department] = field(default_factory=dict)
    steps: Mapping[str, Department] = field(default_factory=dict)
    people: Mapping[int, Department] = field(default_factory=dict)
    rest: Department | None = None


class Given(TypedDict):
    """What each subject's hand-over is told."""

    by: Viewer
    from_department: Department | None
    to_department: Department | None
    from_account: Account | None
    to_account: Account | None
    reason: str


def rename(*, by: Viewer, on: date, department: Department, key: str, name: str) -> Moved:
    """The department under another name; everything stays with it.

    Raises: NotAllowed; CannotSaveDepartment if the key is taken.
    """
    require(by, "workspace.hand_over")
    people.rename_department(by=by, on=on, department=department, key=key, name=name)
    return Moved()


def merge(*, by: Viewer, on: date, department: Department, into: Department, reason: str = "") -> Moved:
    """All that the department holds goes to the other one, and the department ends.

    Raises: NotAllowed; CannotHandOver.
    """
    require(by, "workspace.hand_over")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Ämter zusammengelegt")):
        moved = _hand_over(by, department, into, reason)
        people.merge_departments(by=by, on=on, from_department=department, into=into)
    return moved


def split(*, by: Viewer, on: date, department: Department, parts: Split, reason: str = "") -> Moved:
    """Each named part goes to its department; the rest stays, or goes to `parts.rest` and the department ends.

    Raises: NotAllowed; CannotHandOver, "nobody" if nothing at all would go.
    """
    require(by, "workspace.hand_over")
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
    require(by, "workspace.hand_over")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Person ausgeschieden")):
        given = Given(
            by=by,
            from_department=None,
            to_department=None,
            from_account=account,
            to_account=successor,
            reason=reason,
        )
        moved = _moved(given, None, None, None)
        people.person_leaves(by=by, on=on, account=account, successor=successor)
    return moved


def _targets(parts: Split) -> Sequence[Department]:
    named = (
        *parts.measures.values(),
        *parts.concepts.values(),
        *parts.steps.values(),
        *parts.people.values(),
    )
    return list({one.pk: one for one in named}.values())


def _hand_over(
    by: Viewer, before: Department, after: Department, reason: str, *, parts: Split | None = None
) -> Moved:
    """What goes from one department to the other; with parts only what they name for it."""
    given = Given(
        by=by,
        from_department=before,
        to_department=after,
        from_account=None,
        to_account=None,
        reason=reason,
    )
    if parts is None:
        return _moved(given, None, None, None)
    return _moved(
        given, _keys(parts.measures, after), _keys(parts.concepts, after), _keys(parts.steps, after)
    )


def _keys(where: Mapping[str, Department], target: Department) -> list[str]:
    return [key for key, department in where.items() if department.pk == target.pk]


def _moved(
    given: Given,
    measure_keys: Sequence[str] | None,
    concept_keys: Sequence[str] | None,
    step_keys: Sequence[str] | None,
) -> Moved:
    """The hand-overs of the three subjects; None for the keys means everything."""
    return Moved(
        measures=measures.hand_over(only_keys=measure_keys, **given),
        concepts=concepts.hand_over(only_keys=concept_keys, **given),
        plan=goals.hand_over(only_keys=step_keys, **given),
    )
