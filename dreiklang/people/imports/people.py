"""People from a list: who they are, where they work, what they may do, who stands in for them.

Nobody can log in by being imported: an account gets no password here, that comes with the invitation.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.imports.mapping import parts
from dreiklang.core.text import german
from dreiklang.people.models import ROLE_LABELS, Account, Department, RoleAssignment
from dreiklang.people.rules import CITY_WIDE, Role

ROLE_WORDS: dict[str, str] = {
    **{
        german(label).replace(":innen", "").replace(":in", ""): role.value
        for role, label in ROLE_LABELS.items()
    },
    **{german(label): role.value for role, label in ROLE_LABELS.items()},
    **{role.value: role.value for role in Role},
    "Koordinatorin": Role.COORDINATOR.value,
    "Koordinator": Role.COORDINATOR.value,
    "Administration": Role.ADMINISTRATOR.value,
    "Partnerin": Role.PARTNER.value,
    "Stadtrat": Role.COUNCIL_MEMBER.value,
    "Stadträtin": Role.COUNCIL_MEMBER.value,
}
# Set by the caller when an administrator imports: nobody else makes administrators by a list.
APPOINTS_ADMINISTRATORS = "appoints_administrators"
NAME_LENGTH = 200
PHONE_LENGTH = 60


class People(Importer):
    """E-mail is the key. Roles are set as the list names them; a list without roles touches none."""

    kind = "people"
    title = _("Personen")
    intro = _("Wer mitarbeitet, in welchem Amt und mit welcher Rolle.")
    sort = 20
    fields = (
        ListField(
            "email",
            _("E-Mail"),
            True,
            _("Daran wird die Person erkannt"),
            "vorname.name@stadt.example",
            ("Mail", "E-Mail-Adresse", "EMail"),
            is_key=True,
        ),
        ListField(
            "name",
            _("Name"),
            True,
            _("Vor- und Nachname"),
            "Vorname Name",
            ("Person", "Ansprechpartner", "Ansprechpartnerin"),
        ),
        ListField(
            "department",
            _("Amt"),
            False,
            _("Kürzel oder Name eines Amts"),
            "61",
            ("Organisationseinheit", "Dienststelle", "Fachamt", "OE"),
        ),
        ListField(
            "roles",
            _("Rollen"),
            False,
            _("Mehrere mit | getrennt"),
            "Federführung|Mitzeichnung",
            ("Rolle", "Funktion"),
            is_multiple=True,
        ),
        ListField(
            "deputy",
            _("Vertretung"),
            False,
            _("E-Mail der Vertretung"),
            "",
            ("Stellvertretung", "Vertreter", "Vertreterin"),
        ),
        ListField("phone", _("Telefon"), False, "", "Durchwahl 6100", ("Tel.", "Telefonnummer", "Durchwahl")),
    )

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Deputies may stand anywhere in the list."""
        departments = Lookup.of(Department.objects.order_by("pk").values_list("key", "name"))
        drafts = [Draft(row) for row in rows]
        people = dict(Account.objects.order_by("pk").values_list("email", "name"))
        people.update(
            {draft.cell("email").lower(): draft.cell("name") for draft in drafts if draft.cell("email")}
        )
        known = Lookup.of(people.items())
        admins = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR).values_list(
            "account__email", flat=True
        )
        barred = None if options.special.get(APPOINTS_ADMINISTRATORS) else frozenset(admins)
        return [_candidate(draft, departments, known, barred) for draft in drafts]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Accounts by e-mail in lower case."""
        roles: dict[str, set[str]] = {}
        held = RoleAssignment.objects.filter(account__email__in=keys).values_list("account__email", "role")
        for email, role in held:
            roles.setdefault(email, set()).add(role)
        accounts = Account.objects.filter(email__in=keys).values_list(
            "email", "name", "phone", "department__key", "deputy__email"
        )
        return {
            email: {
                "email": email,
                "name": name,
                "phone": phone,
                "department": department,
                "deputy": deputy,
                "roles": sorted(roles.get(email, ())),
            }
            for email, name, phone, department, deputy in accounts
        }

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """First the accounts, then deputies and roles, which name other accounts."""
        given = {one.key: dict(one.values) for one in new}
        after = {row.candidate.key: {one.field: one.after for one in row.differences} for row in changed}
        departments = dict(Department.objects.values_list("key", "pk"))
        made = Account.objects.bulk_create(_made(one, departments) for one in new)
        accounts = {
            one.email: one for one in (*made, *Account.objects.filter(email__in=_named(given, after)))
        }
        touched = [email for email, values in given.items() if values.get("deputy")] + list(after)
        for email in touched:
            _apply(accounts[email], given.get(email) or after[email], accounts, departments)
        Account.objects.bulk_update(
            [accounts[email] for email in touched], ["name", "phone", "department", "deputy"]
        )
        _set_roles({**given, **after}, accounts)


PEOPLE = People()


def _candidate(
    draft: Draft, departments: Lookup, known: Lookup, administrators: frozenset[str] | None
) -> Candidate:
    """`administrators`: those who are it already, where the list may make no others; None if it may."""
    email = draft.text("email").lower()
    draft.set("email", email)
    if email and not _is_email(email):
        draft.note("not_an_email", "email")
    name = draft.text("name", longest=NAME_LENGTH)
    draft.text("phone", longest=PHONE_LENGTH)
    draft.reference("department", departments, code="unknown_department")
    deputy = draft.reference("deputy", known, code="unknown_person", weight=Weight.WARNING)
    if deputy and deputy == email:
        draft.note("own_deputy", "deputy")
    if (
        Role.ADMINISTRATOR in _read_roles(draft)
        and administrators is not None
        and email not in administrators
    ):
        draft.note("may_not_appoint", "roles")
    return draft.candidate(
        key=email, label=f"{name} <{email}>" if name else email, wishes=[("deputy", deputy)]
    )


def _read_roles(draft: Draft) -> set[str]:
    if not draft.has("roles"):
        return set()
    words = {word.casefold(): role for word, role in ROLE_WORDS.items()}
    found: set[str] = set()
    for part in parts(draft.row.cells["roles"]):
        role = words.get(part.casefold())
        if role is None:
            draft.unknown_word("roles", part, ROLE_WORDS)
        else:
            found.add(role)
    draft.set("roles", sorted(found))
    return found


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _made(candidate: Candidate, departments: Mapping[str, int]) -> Account:
    values = candidate.values
    account = Account(
        email=candidate.key,
        name=values["name"],
        phone=values.get("phone") or "",
        department_id=departments.get(values.get("department") or ""),
    )
    account.set_unusable_password()
    return account


def _named(*given: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """All e-mails that the rows are about or name as deputies."""
    emails = {email for rows in given for email in rows}
    return emails | {row["deputy"] for rows in given for row in rows.values() if row.get("deputy")}


def _apply(
    account: Account,
    values: Mapping[str, Any],
    accounts: Mapping[str, Account],
    departments: Mapping[str, int],
) -> None:
    for name in ("name", "phone"):
        if name in values:
            setattr(account, name, values[name] or "")
    if "department" in values:
        account.department_id = departments.get(values["department"] or "")
    if "deputy" in values:
        account.deputy = accounts[values["deputy"]] if values["deputy"] else None


def _set_roles(given: Mapping[str, Mapping[str, Any]], accounts: Mapping[str, Account]) -> None:
    """The roles of the list and no others; a scoped role is held in the account's department.

    Assignments that stay are not touched, so that their scope, set by hand, stays too.
    """
    wanted = {accounts[email].pk: set(row["roles"]) for email, row in given.items() if "roles" in row}
    held = list(RoleAssignment.objects.filter(account_id__in=wanted))
    gone = [one.pk for one in held if one.role not in wanted[one.account_id]]
    RoleAssignment.objects.filter(pk__in=gone).delete()
    kept = {(one.account_id, one.role) for one in held}
    places = {account.pk: account.department_id for account in accounts.values()}
    RoleAssignment.objects.bulk_create(
        RoleAssignment(account_id=pk, role=role, department_id=_scope(role, places[pk]))
        for pk, roles in wanted.items()
        for role in sorted(roles)
        if (pk, role) not in kept
    )


def _scope(role: str, department_id: int | None) -> int | None:
    return None if role in CITY_WIDE else department_id
