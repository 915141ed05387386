"""What can be asked about people: who is looking, and what she may reach."""

from datetime import date
from typing import Any

import rules
from django.utils import timezone

from dreiklang.people.models import Absence, Account, Department, RoleAssignment
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer


def viewer_of(*, account: object, today: date | None = None) -> Viewer:
    """The viewer behind an account; anonymous users are `PUBLIC`.

    A role in a department reaches all departments below it. Somebody deputises for another while
    that person is absent.
    """
    if not isinstance(account, Account) or not account.is_active:
        return PUBLIC
    assignments = list(RoleAssignment.objects.filter(account=account).values_list("role", "department_id"))
    below = _departments_below() if any(department_id for _, department_id in assignments) else {}
    held = frozenset(
        HeldRole(Role(role), None if department_id is None else below[department_id])
        for role, department_id in assignments
    )
    return Viewer(
        account_id=account.pk,
        name=account.name,
        department_id=account.department_id,
        held=held,
        deputises_for=_absent_colleagues(account, today or timezone.localdate()),
    )


def _absent_colleagues(account: Account, today: date) -> frozenset[int]:
    """Accounts that the account stands in for today."""
    absent = Absence.objects.filter(days__contains=today)
    named = absent.filter(deputy=account).values_list("account_id", flat=True)
    standing = absent.filter(deputy=None, account__deputy=account).values_list("account_id", flat=True)
    return frozenset(named) | frozenset(standing)


def _departments_below() -> dict[int, frozenset[int]]:
    """Department → itself and everything below it."""
    children: dict[int | None, list[int]] = {}
    ids = []
    for pk, parent_id in Department.objects.values_list("pk", "parent_id"):
        children.setdefault(parent_id, []).append(pk)
        ids.append(pk)

    def reach(pk: int) -> frozenset[int]:
        return frozenset({pk}).union(*(reach(child) for child in children.get(pk, [])))

    return {pk: reach(pk) for pk in ids}


def may(viewer: Viewer, permission: str, thing: Any = None) -> bool:
    """Whether the viewer holds the permission for the object.

    Raises: KeyError if nobody defined that permission; a typing mistake must not lock doors silently.
    """
    return bool(rules.permissions.permissions[permission].test(viewer, thing))
