"""Who may: named predicates over a viewer, which every subject composes into its own permissions.

    rules.add_perm("measures.report", is_person("lead_id") | holds_in(lead_department, Role.LEAD) | is_coordinator)

A predicate takes the viewer and the object (or None). The names of its parts tell a refused person
who may instead, so a new predicate brings its words with `named`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dreiklang.people.models import ROLE_LABELS
from dreiklang.people.rules import Role, Viewer

WORDS: dict[str, str | Promise] = {}
THE_PERSON = _("die zuständige Person oder ihre Vertretung")


class NotAllowed(PermissionDenied):
    """The viewer may not do this. Carries who may, so that the page can say it."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission

    @property
    def who_may(self) -> list[str]:
        return who_may(self.permission)


def named(name: str, words: str | Promise, test: Callable[[Viewer, Any], bool]) -> Any:
    """A predicate with a name, and the words a refused person reads: "Das darf: …"."""
    WORDS[name] = words
    return rules.predicate(lambda viewer, thing=None: test(viewer, thing), name=name)


def holds(*roles: Role) -> Any:
    """The viewer holds one of the roles, anywhere in the city."""
    name = "holds_" + "_or_".join(roles)
    return named(name, role_words(roles), lambda viewer, thing: viewer.has(*roles))


def holds_in(department_of: Callable[[Any], int | None], *roles: Role) -> Any:
    """The viewer holds one of the roles for the object's department (or for the whole city)."""
    name = "holds_in_department_" + "_or_".join(roles)
    words = format_lazy(_("{roles} im zuständigen Amt"), roles=role_words(roles))
    return named(
        name,
        words,
        lambda viewer, thing: thing is not None and viewer.has_in(department_of(thing), *roles),
    )


def is_person(*fields: str, words: str | Promise = THE_PERSON) -> Any:
    """The viewer is the account in one of the object's fields ("lead_id"), or deputises for it now."""
    return named(
        "is_" + "_or_".join(fields),
        words,
        lambda viewer, thing: (
            thing is not None and any(viewer.stands_for(getattr(thing, one)) for one in fields)
        ),
    )


def role_words(roles: Sequence[Role]) -> str | Promise:
    """The roles as people call them, in the order given."""
    return format_lazy(", ".join("{}" for _role in roles), *(ROLE_LABELS[role] for role in roles))


def who_may(permission: str) -> list[str]:
    """Who holds the permission, in words, each once, in the order of the predicate."""
    parts = re.findall(r"~?[A-Za-z_][\w.]*", rules.permissions.permissions[permission].name)
    return list(dict.fromkeys(str(WORDS[part]) for part in parts if part in WORDS))


anyone = named("anyone", _("alle"), lambda viewer, thing: True)
is_logged_in = named("is_logged_in", _("alle mit Konto"), lambda viewer, thing: viewer.is_logged_in)
is_internal = named("is_internal", _("die Verwaltung"), lambda viewer, thing: viewer.is_internal)
is_coordinator = holds(Role.COORDINATOR)
is_administrator = holds(Role.ADMINISTRATOR)
is_leadership = holds(Role.LEADERSHIP)
is_council_member = holds(Role.COUNCIL_MEMBER)
is_partner = holds(Role.PARTNER)
is_self = named(
    "is_self",
    _("die Person selbst"),
    lambda viewer, thing: thing is not None and thing.pk == viewer.account_id,
)


@dataclass(frozen=True)
class Grant:
    """A role about to be given or taken, for that department or (None) the whole city."""

    role: Role
    department_id: int | None


def _may_grant(viewer: Viewer, grant: Grant | None) -> bool:
    """Nobody lifts herself: only administrators name administrators, and a role reaches as far as one's own."""
    if grant is None:
        return viewer.has(Role.COORDINATOR, Role.ADMINISTRATOR)
    if viewer.has_in(grant.department_id, Role.ADMINISTRATOR):
        return True
    return grant.role != Role.ADMINISTRATOR and viewer.has_in(grant.department_id, Role.COORDINATOR)


def _may_manage(viewer: Viewer, account: Any) -> bool:
    """Accounts of administrators are changed by administrators only."""
    if account is None:
        return viewer.has(Role.COORDINATOR, Role.ADMINISTRATOR)
    if viewer.has_in(account.department_id, Role.ADMINISTRATOR):
        return True
    if not viewer.has_in(account.department_id, Role.COORDINATOR):
        return False
    return not account.role_assignments.filter(role=Role.ADMINISTRATOR).exists()


GRANTERS = format_lazy(
    "{}, {}", ROLE_LABELS[Role.ADMINISTRATOR], _("Koordination (außer bei der Betreuung der Software)")
)
runs_people = holds(Role.COORDINATOR, Role.ADMINISTRATOR)
may_grant = named("may_grant", GRANTERS, _may_grant)
may_manage = named("may_manage", GRANTERS, _may_manage)

rules.add_perm("people.see_accounts", runs_people)
rules.add_perm("people.invite", runs_people)
rules.add_perm("people.manage_account", may_manage)
rules.add_perm("people.edit_account", is_self | may_manage)
rules.add_perm("people.grant_role", may_grant)
rules.add_perm("people.edit_committee", runs_people)
rules.add_perm("people.edit_department", runs_people)
rules.add_perm("people.hand_over", runs_people)
