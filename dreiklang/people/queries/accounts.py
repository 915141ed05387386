"""Accounts: one person's own page, the list for coordination, lookups for other subjects."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet

from dreiklang.core.search import SortKey
from dreiklang.people.models import ROLE_LABELS, Absence, Account, RoleAssignment
from dreiklang.people.rules import Role, Viewer


@dataclass(frozen=True)
class RoleLine:
    """A role somebody holds, in words; `department` is empty for the whole city."""

    id: int
    role: Role
    label: str
    department: str
    department_id: int | None


@dataclass(frozen=True)
class AbsenceLine:
    """Away from the first to the last day, both included."""

    id: int
    first: date
    last: date
    deputy: str


@dataclass(frozen=True)
class AccountLine:
    """An account in the list."""

    id: int
    name: str
    email: str
    department: str
    department_key: str
    deputy: str
    roles: tuple[RoleLine, ...]
    is_active: bool
    left_on: date | None


def account_by_email(email: str) -> Account | None:
    """The account with that address; upper and lower case are the same."""
    return Account.objects.filter(email__iexact=email.strip()).first()


def account_by_id(pk: int) -> Account | None:
    """The account, with its department and deputy."""
    return Account.objects.select_related("department", "deputy").filter(pk=pk).first()


def accounts_choices(*, without: int | None = None) -> list[tuple[int, str]]:
    """(id, "Name (Kürzel)") of those who can log in, in the order of names, for a select field."""
    found = Account.objects.filter(is_active=True).exclude(Q(pk=without)).order_by(SortKey("name"), "pk")
    rows = found.values_list("pk", "name", "department__key")
    return [(pk, f"{name} ({key})" if key else name) for pk, name, key in rows]


def accounts(
    *, text: str = "", department_id: int | None = None, role: str = "", state: str = "active"
) -> list[AccountLine]:
    """Accounts in the order of names. `state`: active, left, or empty for all."""
    found = _with_roles(Account.objects.select_related("department", "deputy"))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if department_id is not None:
        found = found.filter(department_id=department_id)
    if role:
        found = found.filter(pk__in=RoleAssignment.objects.filter(role=role).values("account_id"))
    if state:
        found = found.filter(is_active=state == "active")
    return [_line(one) for one in found.order_by(SortKey("name"), "pk")]


def roles_of(account: Account) -> tuple[RoleLine, ...]:
    """The roles of one account, city-wide ones first."""
    return tuple(_role(one) for one in _assignments().filter(account=account))


def absences_of(account: Account, *, since: date) -> tuple[AbsenceLine, ...]:
    """Absences that end on or after that day, earliest first."""
    found = Absence.objects.filter(account=account, days__endswith__gt=since).select_related("deputy")
    return tuple(_absence(one) for one in found.order_by("days", "pk"))


def accounts_holding(*roles: Role) -> list[Account]:
    """Active accounts with one of the roles anywhere, each once, in the order of names."""
    holders = RoleAssignment.objects.filter(role__in=roles).values("account_id")
    return list(Account.objects.filter(is_active=True, pk__in=holders).order_by("name", "pk"))


def accounts_by_id(ids: Collection[int]) -> dict[int, Account]:
    """Those of the accounts that can log in, by id."""
    return Account.objects.filter(is_active=True).in_bulk(list(ids))


def accounts_in(department_id: int, *roles: Role) -> list[Account]:
    """Active accounts that hold one of the roles for exactly that department, in the order of names."""
    holders = RoleAssignment.objects.filter(role__in=roles, department=department_id).values("account_id")
    return list(Account.objects.filter(is_active=True, pk__in=holders).order_by("name", "pk"))


def demo_accounts() -> list[tuple[str, Account]]:
    """(role in words, account) as the demo's list names them; empty where there is no such list."""
    file: Path = settings.DEMO_ACCOUNTS_FILE
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(row["Rolle"], row["E-Mail"]) for row in csv.DictReader(lines, delimiter=";")]
    found = {
        one.email: one for one in Account.objects.filter(email__in=[m for _r, m in rows], is_active=True)
    }
    return [(str(ROLE_LABELS[Role(role)]), found[mail]) for role, mail in rows if mail in found]


def colleagues_of(viewer: Viewer) -> QuerySet[Account]:
    """Accounts an internal viewer may look up; nobody for the public."""
    return Account.objects.filter(is_active=True) if viewer.is_internal else Account.objects.none()


def _assignments() -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.select_related("department").order_by(
        F("department__key").asc(nulls_first=True), "role", "pk"
    )


def _with_roles(found: QuerySet[Account]) -> QuerySet[Account]:
    return found.prefetch_related(Prefetch("role_assignments", queryset=_assignments()))


def _role(one: RoleAssignment) -> RoleLine:
    where = f"{one.department.key} {one.department.name}" if one.department else ""
    role = Role(one.role)
    return RoleLine(one.pk, role, str(ROLE_LABELS[role]), where, one.department_id)


def _absence(one: Absence) -> AbsenceLine:
    last = date.fromordinal(one.days.upper.toordinal() - 1)
    return AbsenceLine(one.pk, one.days.lower, last, one.deputy.name if one.deputy else "")


def _line(one: Account) -> AccountLine:
    department = one.department
    return AccountLine(
        id=one.pk,
        name=one.name,
        email=one.email,
        department=department.name if department else "",
        department_key=department.key if department else "",
        deputy=one.deputy.name if one.deputy else "",
        roles=tuple(_role(held) for held in one.role_assignments.all()),
        is_active=one.is_active,
        left_on=one.left_on,
    )
