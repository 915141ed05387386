"""Invitations: which are open, and which one a link opens."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dreiklang.people.models import ROLE_LABELS, Account, Department, Invitation
from dreiklang.people.rules import InvitationState, InvitedPerson, Role, invitation_state, invited_people


@dataclass(frozen=True)
class InvitationLine:
    """An invitation in the list."""

    id: int
    email: str
    name: str
    department: str
    roles: str
    state: InvitationState
    invited_by: str
    invited_at: datetime
    expires_at: datetime


def invitations(*, now: datetime) -> list[InvitationLine]:
    """All invitations not accepted yet, newest first."""
    found = Invitation.objects.filter(accepted_at=None).select_related("department")
    return [_line(one, now) for one in found.order_by("-invited_at", "-pk")]


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation a link opens, in whatever state it is."""
    return Invitation.objects.select_related("department").filter(token_hash=token_hash(token)).first()


def state_of(invitation: Invitation, *, now: datetime) -> InvitationState:
    """Whether the invitation can still be used."""
    return invitation_state(
        now=now,
        expires_at=invitation.expires_at,
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
    )


def token_hash(token: str) -> str:
    """What is kept of a link: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invited_people_of(*, text: str, role_words: Mapping[str, Role]) -> list[InvitedPerson]:
    """The people of a pasted list, checked against our departments, roles and accounts."""
    return invited_people(
        text=text,
        departments=set(Department.objects.filter(ended_on=None).values_list("key", flat=True)),
        role_words=role_words,
        taken=set(Account.objects.values_list("email", flat=True)),
    )


def role_labels(roles: Sequence[str]) -> list[str]:
    """The roles as people call them."""
    return [str(ROLE_LABELS[Role(role)]) for role in roles]


def _line(one: Invitation, now: datetime) -> InvitationLine:
    department = f"{one.department.key} {one.department.name}" if one.department else ""
    roles = ", ".join(role_labels(one.roles))
    return InvitationLine(
        id=one.pk,
        email=one.email,
        name=one.name,
        department=department,
        roles=roles,
        state=state_of(one, now=now),
        invited_by=one.invited_by_name,
        invited_at=one.invited_at,
        expires_at=one.expires_at,
    )
