"""Departments: created, changed, renamed, merged, split; a person leaves. Nothing here is ever deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.people.models import Absence, Account, Department, Invitation, RoleAssignment, Succession
from dreiklang.people.queries import parents
from dreiklang.people.rules import DepartmentKind, SuccessionKind, Viewer, would_loop
from dreiklang.people.services.accounts import other_administrators
from dreiklang.people.services.checks import require


class CannotSaveDepartment(Refused):
    """The department cannot be like that: key_taken, own_parent, parent_ended, head_left."""


class CannotHandOver(Refused):
    """The hand-over is not possible: same, ended, below, nobody, left, last_administrator."""


@dataclass(frozen=True)
class DepartmentDraft:
    """What a department is called, where it stands and who heads it."""

    key: str
    name: str
    kind: DepartmentKind
    parent_id: int | None
    head_id: int | None


def create_department(*, by: Viewer, draft: DepartmentDraft) -> Department:
    """A new department.

    Raises: NotAllowed; CannotSaveDepartment.
    """
    require(by, "people.edit_department")
    department = Department()
    _check(department, draft)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Amt angelegt")):
        _fill(department, draft)
        department.save()
    return department


def change_department(
    *, by: Viewer, department: Department, draft: DepartmentDraft, version: int
) -> Department:
    """The department as in the draft. For a new name use `rename_department`, which remembers the old one.

    Raises: NotAllowed; CannotSaveDepartment; ChangedMeanwhile if somebody saved it since that version.
    """
    require(by, "people.edit_department", department)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Amt geändert")):
        current = Department.objects.select_for_update().get(pk=department.pk)
        if current.version != version:
            raise ChangedMeanwhile(current, version=current.version)
        _check(current, draft)
        _fill(current, draft)
        current.version += 1
        current.save()
    return current


def rename_department(*, by: Viewer, on: date, department: Department, key: str, name: str) -> Succession:
    """The department under its new key and name; all that belongs to it stays where it is.

    Raises: NotAllowed; CannotSaveDepartment if the key is taken.
    """
    require(by, "people.hand_over", department)
    _check_key(key, department.pk)
    old_key, old_name = department.key, department.name
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Umbenannt: %(old)s") % {"old": old_name}):
        department.key, department.name = key, name
        department.version += 1
        department.save(update_fields=["key", "name", "version", "changed_at"])
        return _succession(
            by,
            SuccessionKind.RENAMED,
            on,
            departments=(department, department),
            facts={"old_key": old_key, "old_name": old_name, "new_key": key, "new_name": name},
        )


def merge_departments(*, by: Viewer, on: date, from_department: Department, into: Department) -> Succession:
    """The other department takes over accounts, roles, invitations and all below; the first one ends.

    Raises: NotAllowed; CannotHandOver if both are the same, one has ended, or one stands below the other's end.
    """
    require(by, "people.hand_over", from_department)
    _check_successor(from_department, into)
    with acting(
        by_id=by.account_id, by_name=by.name, reason=_("Zusammengelegt mit %(name)s") % {"name": into}
    ):
        facts = _move_people(from_department, into, accounts=None)
        facts["departments"] = _move_children(from_department, into)
        _end(from_department, on)
        return _succession(by, SuccessionKind.MERGED, on, departments=(from_department, into), facts=facts)


def split_department(
    *, by: Viewer, on: date, from_department: Department, into: Department, account_ids: Collection[int]
) -> Succession:
    """The named people move to the other department with their roles there; the first one stays.

    A department that ends by being split: split for each part, then `merge_departments` with the last.
    Raises: NotAllowed; CannotHandOver.
    """
    require(by, "people.hand_over", from_department)
    _check_successor(from_department, into, may_be_below=True)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Geteilt: %(name)s") % {"name": into}):
        facts = _move_people(from_department, into, accounts=account_ids)
        if from_department.head_id in account_ids:
            _behead(from_department)
        return _succession(by, SuccessionKind.SPLIT, on, departments=(from_department, into), facts=facts)


def person_leaves(*, by: Viewer, on: date, account: Account, successor: Account) -> Succession:
    """The person can no longer log in; the successor heads, deputises and is deputised as she was.

    Roles are taken from the person and not handed on: a successor gets her own.
    Raises: NotAllowed; CannotHandOver if both are the same, the successor has left, or nobody would
    be left to look after the software.
    """
    require(by, "people.manage_account", account)
    if account.pk == successor.pk:
        raise CannotHandOver("same")
    if not successor.is_active:
        raise CannotHandOver("left", name=successor.name)
    if _is_administrator(account) and not other_administrators(account):
        raise CannotHandOver("last_administrator")
    with acting(
        by_id=by.account_id, by_name=by.name, reason=_("Ausgeschieden: %(name)s") % {"name": account}
    ):
        facts = _move_person(account, successor, on)
        return _succession(by, SuccessionKind.LEFT, on, accounts=(account, successor), facts=facts)


def _check(department: Department, draft: DepartmentDraft) -> None:
    _check_key(draft.key, department.pk)
    if department.pk and would_loop(parents(), department.pk, draft.parent_id):
        raise CannotSaveDepartment("own_parent")
    if draft.parent_id and Department.objects.filter(pk=draft.parent_id).exclude(ended_on=None).exists():
        raise CannotSaveDepartment("parent_ended")
    if draft.head_id and not Account.objects.filter(pk=draft.head_id, is_active=True).exists():
        raise CannotSaveDepartment("head_left")


def _check_key(key: str, own: int | None) -> None:
    if Department.objects.filter(key__iexact=key).exclude(Q(pk=own)).exists():
        raise CannotSaveDepartment("key_taken", key=key)


def _fill(department: Department, draft: DepartmentDraft) -> None:
    department.key = draft.key
    department.name = draft.name
    department.kind = draft.kind
    department.parent_id = draft.parent_id
    department.head_id = draft.head_id


def _check_successor(before: Department, after: Department, *, may_be_below: bool = False) -> None:
    if before.pk == after.pk:
        raise CannotHandOver("same")
    if before.ended_on or after.ended_on:
        raise CannotHandOver("ended", name=(before if before.ended_on else after).name)
    if not may_be_below and would_loop(parents(), before.pk, after.pk):
        raise CannotHandOver("below", name=after.name)


def _move_people(
    before: Department, after: Department, *, accounts: Collection[int] | None
) -> dict[str, int]:
    """Accounts with their roles in the department; None means everybody, and invitations with them."""
    staff = Account.objects.filter(department=before)
    roles = RoleAssignment.objects.filter(department=before)
    moved = {"invitations": 0}
    if accounts is None:
        moved["invitations"] = Invitation.objects.filter(department=before).update(department=after)
    else:
        staff, roles = staff.filter(pk__in=accounts), roles.filter(account_id__in=accounts)
    held = RoleAssignment.objects.filter(department=after).values_list("account_id", "role")
    doubled = [one.pk for one in roles if (one.account_id, one.role) in set(held)]
    RoleAssignment.objects.filter(pk__in=doubled).delete()
    moved["roles"] = roles.update(department=after)
    moved["accounts"] = staff.update(department=after)
    return moved


def _move_children(before: Department, after: Department) -> int:
    children = Department.objects.filter(parent=before)
    return children.update(parent=after, version=F("version") + 1)


def _end(department: Department, on: date) -> None:
    department.ended_on = on
    department.head = None
    department.version += 1
    department.save(update_fields=["ended_on", "head", "version", "changed_at"])


def _behead(department: Department) -> None:
    department.head = None
    department.version += 1
    department.save(update_fields=["head", "version", "changed_at"])


def _is_administrator(account: Account) -> bool:
    return account.role_assignments.filter(role="administrator", department=None).exists()


def _move_person(account: Account, successor: Account, on: date) -> dict[str, int]:
    headed = Department.objects.filter(head=account)
    deputised = Account.objects.filter(deputy=account).exclude(pk=successor.pk)
    facts = {
        "heads": headed.update(head=successor, version=F("version") + 1),
        "deputies": deputised.update(deputy=successor),
        "roles": account.role_assignments.all().delete()[0],
    }
    # The successor cannot stand in for herself: the deputy of the person who leaves does, or nobody.
    next_deputy = None if account.deputy_id == successor.pk else account.deputy_id
    Account.objects.filter(pk=successor.pk, deputy=account).update(deputy=next_deputy)
    Absence.objects.filter(deputy=account).exclude(account=successor).update(deputy=successor)
    Absence.objects.filter(deputy=account, account=successor).update(deputy=None)
    account.is_active = False
    account.left_on = on
    account.set_unusable_password()
    account.save(update_fields=["is_active", "left_on", "password"])
    return facts


def _succession(
    by: Viewer,
    kind: SuccessionKind,
    on: date,
    *,
    facts: dict[str, int] | dict[str, str],
    departments: tuple[Department | None, Department | None] = (None, None),
    accounts: tuple[Account | None, Account | None] = (None, None),
) -> Succession:
    succession = Succession.objects.create(
        kind=kind,
        happened_on=on,
        from_department=departments[0],
        to_department=departments[1],
        from_account=accounts[0],
        to_account=accounts[1],
        facts=facts,
        by_id=by.account_id,
        by_name=by.name,
    )
    record(
        name=kind.value,
        subject="people",
        object_key=str(succession.pk),
        by_id=by.account_id,
        by_name=by.name,
    )
    return succession
