"""Accounts, their roles, deputies and absences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.people.models import Absence, Account, RoleAssignment
from dreiklang.people.permissions import Grant
from dreiklang.people.queries import roles_of
from dreiklang.people.rules import CITY_WIDE, Role, Viewer
from dreiklang.people.services.checks import require


class CannotSaveAccount(Refused):
    """The account cannot be like that: email_taken, own_deputy, deputy_left."""


class CannotBeAway(Refused):
    """The absence cannot be like that: wrong_order, overlaps, own_deputy, deputy_away, deputy_left."""


class CannotGrant(Refused):
    """The role cannot be given or taken: last_administrator, holds_already."""


@dataclass(frozen=True)
class Profile:
    """What a person may change about herself."""

    name: str
    phone: str
    language: str
    deputy_id: int | None


def change_profile(*, by: Viewer, account: Account, profile: Profile) -> Account:
    """The account with its new name, phone, language and deputy.

    Raises: NotAllowed; CannotSaveAccount if the deputy is the person herself or has left.
    """
    require(by, "people.edit_account", account)
    _check_deputy(account, profile.deputy_id)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Angaben zur Person")):
        account.name = profile.name
        account.phone = profile.phone
        account.language = profile.language
        account.deputy_id = profile.deputy_id
        account.save(update_fields=["name", "phone", "language", "deputy"])
    return account


def choose_language(*, by: Viewer, account: Account, language: str) -> Account:
    """The account, from now on spoken to in that language."""
    require(by, "people.edit_account", account)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Sprache gewählt")):
        Account.objects.filter(pk=account.pk).update(language=language)
    account.language = language
    return account


def create_account(
    *,
    by: Viewer,
    email: str,
    name: str,
    department_id: int | None = None,
    roles: Sequence[Role] = (),
    phone: str = "",
    password: str | None = None,
) -> Account:
    """A new account with its roles. Without a password nobody can log in with it yet.

    Raises: NotAllowed; CannotSaveAccount if the address is taken.
    """
    require(by, "people.invite")
    _check_email(email, None)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Konto angelegt")):
        account = Account.objects.create_user(
            email, password, name=name, phone=phone, department_id=department_id
        )
        for grant in grants(roles, department_id):
            give_role(by=by, account=account, grant=grant)
    return account


def grants(roles: Sequence[Role], department_id: int | None) -> list[Grant]:
    """What roles reach: the whole city by nature, else the person's department and what is below."""
    return [Grant(role, None if role in CITY_WIDE else department_id) for role in roles]


def move_account(*, by: Viewer, account: Account, email: str, department_id: int | None) -> Account:
    """The account with another address or in another department.

    Raises: NotAllowed; CannotSaveAccount if the address is taken.
    """
    require(by, "people.manage_account", account)
    _check_email(email, account.pk)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Adresse oder Amt geändert")):
        account.email = email.lower()
        account.department_id = department_id
        account.save(update_fields=["email", "department"])
    return account


def give_role(*, by: Viewer, account: Account, grant: Grant) -> RoleAssignment:
    """The account holds the role, in that department and below, or in the whole city.

    Raises: NotAllowed where the role reaches further than the giver's; CannotGrant if held already.
    """
    require(by, "people.grant_role", grant)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Rolle vergeben")):
        wanted: dict[str, Any] = {"role": grant.role, "department_id": grant.department_id}
        assignment, is_new = RoleAssignment.objects.get_or_create(account=account, **wanted)
    if not is_new:
        raise CannotGrant("holds_already")
    return assignment


def take_role(*, by: Viewer, account: Account, assignment_id: int) -> Account:
    """The account without that role.

    Raises: NotAllowed; CannotGrant if nobody would be left to look after the software.
    """
    line = next((one for one in roles_of(account) if one.id == assignment_id), None)
    if line is None:
        return account
    require(by, "people.grant_role", Grant(line.role, line.department_id))
    if line.role == Role.ADMINISTRATOR and not other_administrators(account):
        raise CannotGrant("last_administrator")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Rolle entzogen")):
        RoleAssignment.objects.filter(pk=assignment_id).delete()
    return account


def be_away(*, by: Viewer, account: Account, first: date, last: date, deputy_id: int | None) -> Absence:
    """The account is away from the first to the last day, both included.

    Raises: NotAllowed; CannotBeAway if the days are in the wrong order or overlap another absence,
    or if the deputy (the usual one where none is named) is the person herself, has left, or is away too.
    """
    require(by, "people.edit_account", account)
    days = (first, last + timedelta(days=1))
    if last < first:
        raise CannotBeAway("wrong_order")
    if Absence.objects.filter(account=account, days__overlap=days).exists():
        raise CannotBeAway("overlaps")
    _check_stand_in(account, deputy_id or account.deputy_id, days)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Abwesenheit eingetragen")):
        return Absence.objects.create(account=account, days=days, deputy_id=deputy_id)


def be_back(*, by: Viewer, account: Account, absence_id: int) -> Account:
    """The account without that absence."""
    require(by, "people.edit_account", account)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Abwesenheit gestrichen")):
        Absence.objects.filter(pk=absence_id, account=account).delete()
    return account


def other_administrators(account: Account) -> bool:
    """Whether somebody else who can log in looks after the software for the whole city."""
    return (
        RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, department=None, account__is_active=True)
        .exclude(account=account)
        .exists()
    )


def _check_email(email: str, own: int | None) -> None:
    if Account.objects.filter(email__iexact=email.strip()).exclude(Q(pk=own)).exists():
        raise CannotSaveAccount("email_taken", email=email)


def _check_deputy(account: Account, deputy_id: int | None) -> None:
    if deputy_id is None:
        return
    if deputy_id == account.pk:
        raise CannotSaveAccount("own_deputy")
    if not Account.objects.filter(pk=deputy_id, is_active=True).exists():
        raise CannotSaveAccount("deputy_left")


def _check_stand_in(account: Account, deputy_id: int | None, days: tuple[date, date]) -> None:
    if deputy_id is None:
        return
    if deputy_id == account.pk:
        raise CannotBeAway("own_deputy")
    deputy = Account.objects.filter(pk=deputy_id).first()
    if deputy is None or not deputy.is_active:
        raise CannotBeAway("deputy_left")
    if Absence.objects.filter(account=deputy, days__overlap=days).exists():
        raise CannotBeAway("deputy_away", deputy=deputy.name)
