"""Invitations: in which state one is, and how a pasted list of people is read."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dreiklang.people.rules.viewer import Role

MAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,.]+")
SEPARATORS = (";", "\t", ",")


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class InviteProblem(StrEnum):
    """Why a line of the list is refused."""

    NO_EMAIL = "no_email"
    NO_NAME = "no_name"
    UNKNOWN_DEPARTMENT = "unknown_department"
    UNKNOWN_ROLE = "unknown_role"
    NO_ROLE = "no_role"
    TWICE = "twice"
    HAS_ACCOUNT = "has_account"


@dataclass(frozen=True)
class InvitedPerson:
    """One line of the list, read: what was understood, and what was not."""

    line: int
    email: str
    name: str
    department_key: str
    roles: tuple[Role, ...]
    problems: tuple[tuple[InviteProblem, str], ...] = ()

    @property
    def is_fine(self) -> bool:
        return not self.problems


def invitation_state(
    *, now: datetime, expires_at: datetime, accepted_at: datetime | None, withdrawn_at: datetime | None
) -> InvitationState:
    """Accepted and withdrawn are final; otherwise the day decides."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if now >= expires_at else InvitationState.OPEN


def invited_people(
    *,
    text: str,
    departments: Collection[str],
    role_words: Mapping[str, Role],
    taken: Collection[str],
) -> list[InvitedPerson]:
    """The people of a pasted list, one a line: e-mail;name;department;roles, in the order given.

    `departments` are the known keys, `role_words` the lower-case names of roles in every language,
    `taken` the e-mails that already have an account. A heading line and empty lines are skipped.
    """
    seen: set[str] = set()
    people = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(line)
        if not any(cells) or (number == 1 and "@" not in line):
            continue
        person = _person(number, cells, departments, role_words, taken, seen)
        seen.add(person.email)
        people.append(person)
    return people


def _cells(line: str) -> list[str]:
    """The four cells of a line; spreadsheets paste tabs, people type semicolons."""
    separator = next((one for one in SEPARATORS if one in line), ";")
    cells = [cell.strip().strip('"') for cell in line.split(separator, 3)]
    return cells + [""] * (4 - len(cells))


def _person(
    number: int,
    cells: list[str],
    departments: Collection[str],
    role_words: Mapping[str, Role],
    taken: Collection[str],
    seen: Collection[str],
) -> InvitedPerson:
    email, name, department, said = cells[0].lower(), cells[1], cells[2], cells[3]
    words = [word.strip() for word in re.split(r"[|,;/]", said) if word.strip()]
    roles = tuple(dict.fromkeys(role_words[w.lower()] for w in words if w.lower() in role_words))
    unknown_roles = [w for w in words if w.lower() not in role_words]
    checks = [
        (InviteProblem.NO_EMAIL, cells[0], not MAIL.fullmatch(email)),
        (InviteProblem.TWICE, email, email in seen),
        (InviteProblem.HAS_ACCOUNT, email, email in taken),
        (InviteProblem.NO_NAME, "", not name),
        (InviteProblem.UNKNOWN_DEPARTMENT, department, bool(department) and department not in departments),
        (InviteProblem.UNKNOWN_ROLE, ", ".join(unknown_roles), bool(unknown_roles)),
        (InviteProblem.NO_ROLE, "", not words),
    ]
    problems = tuple((problem, value) for problem, value, is_wrong in checks if is_wrong)
    return InvitedPerson(number, email, name, department, roles, problems)
