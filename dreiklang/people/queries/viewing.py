"""Who is looking, and what she may do."""

from datetime import date
from typing import Any

import rules
from django.db.models import BigIntegerField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from dreiklang.people.models import Absence, Account, Department, RoleAssignment
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer, below, represented

AWAY = "away"


def viewer_of(*, account: object, today: date | None = None) -> Viewer:
    """The viewer behind an account; anonymous users are `PUBLIC`.

    A role in a department reaches all departments below it. Somebody deputises for another while
    that person is absent. One statement, two where a role is scoped to a department.
    """
    if not isinstance(account, Account) or not account.is_active:
        return PUBLIC
    rows = _roles_and_absences(account, today or timezone.localdate())
    assignments = [(role, department_id) for role, department_id, _one in rows if role != AWAY]
    away = {person: deputy for role, deputy, person in rows if role == AWAY and person}
    is_scoped = any(department_id is not None for _role, department_id in assignments)
    reach = below(parents()) if is_scoped else {}
    held = frozenset(
        HeldRole(Role(role), None if department_id is None else reach[department_id])
        for role, department_id in assignments
    )
    return Viewer(
        account_id=account.pk,
        name=account.name,
        department_id=account.department_id,
        held=held,
        deputises_for=represented(account.pk, away),
    )


def _roles_and_absences(account: Account, today: date) -> list[tuple[str, int | None, int | None]]:
    """The account's roles, and everybody away today with the deputy for that time, in one statement."""
    nobody = Cast(Value(None), BigIntegerField())
    roles = RoleAssignment.objects.filter(account=account).values_list("role", "department_id", nobody)
    absences = Absence.objects.filter(days__contains=today).values_list(
        Value(AWAY), Coalesce("deputy_id", "account__deputy_id"), "account_id"
    )
    return list(roles.union(absences, all=True))


def away_on(day: date) -> dict[int, int | None]:
    """Everybody away that day → the deputy for that time, or None."""
    absences = Absence.objects.filter(days__contains=day)
    return dict(absences.values_list("account_id", Coalesce("deputy_id", "account__deputy_id")))


def parents() -> dict[int, int | None]:
    """The tree of departments as child → parent."""
    return dict(Department.objects.values_list("pk", "parent_id"))


def may(viewer: Viewer, permission: str, thing: Any = None) -> bool:
    """Whether the viewer holds the permission for the object.

    Raises: KeyError if nobody defined that permission; a typing mistake must not lock doors silently.
    """
    return bool(rules.permissions.permissions[permission].test(viewer, thing))
