"""Invitations by link. The link is shown once, in the mail; only its hash is kept."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.core.text import german
from dreiklang.people.models import ROLE_LABELS, Account, Invitation, RoleAssignment
from dreiklang.people.queries import account_by_email, department_by_key, state_of, token_hash
from dreiklang.people.rules import InvitationState, InvitedPerson, Role, Viewer
from dreiklang.people.services.accounts import grants
from dreiklang.people.services.checks import require

VALID_FOR = timedelta(days=14)


class CannotInvite(Refused):
    """The invitation cannot be sent: has_account, invited_already, not_open."""


class CannotAccept(Refused):
    """The invitation cannot be used: the code is its state (expired, accepted, withdrawn) or has_account."""


def invite(
    *,
    by: Viewer,
    now: datetime,
    email: str,
    name: str,
    department_id: int | None,
    roles: Sequence[Role],
    measure_keys: Sequence[str] = (),
) -> Invitation:
    """The open invitation; the mail with its link leaves after the commit.

    Raises: NotAllowed, also where a role reaches further than the inviter's;
    CannotInvite if the address has an account or an open invitation.
    """
    require(by, "people.invite")
    for grant in grants(roles, department_id):
        require(by, "people.grant_role", grant)
    if account_by_email(email):
        raise CannotInvite("has_account", email=email)
    if Invitation.objects.filter(
        email__iexact=email, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    ).exists():
        raise CannotInvite("invited_already", email=email)
    token = secrets.token_urlsafe(32)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Eingeladen")):
        invitation = Invitation.objects.create(
            email=email.lower(),
            name=name,
            department_id=department_id,
            roles=[str(role) for role in roles],
            measure_keys=list(measure_keys),
            token_hash=token_hash(token),
            invited_by_id=by.account_id,
            invited_by_name=by.name,
            expires_at=now + VALID_FOR,
        )
        _post(invitation, token)
    return invitation


def invite_several(*, by: Viewer, now: datetime, people: Sequence[InvitedPerson]) -> list[Invitation]:
    """Invitations for all lines of a list that are fine, in one transaction: all or nobody.

    Raises: as `invite`.
    """
    with transaction.atomic():
        return [
            invite(
                by=by,
                now=now,
                email=person.email,
                name=person.name,
                department_id=_department_id(person.department_key),
                roles=person.roles,
            )
            for person in people
            if person.is_fine
        ]


def resend(*, by: Viewer, now: datetime, invitation_id: int) -> Invitation:
    """The invitation with a new link and a new end; the old link no longer works.

    Raises: NotAllowed; CannotInvite if it was accepted or withdrawn.
    """
    require(by, "people.invite")
    token = secrets.token_urlsafe(32)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Einladung erneut gesendet")):
        invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
        if state_of(invitation, now=now) not in {InvitationState.OPEN, InvitationState.EXPIRED}:
            raise CannotInvite("not_open")
        invitation.token_hash = token_hash(token)
        invitation.expires_at = now + VALID_FOR
        invitation.save(update_fields=["token_hash", "expires_at"])
        _post(invitation, token)
    return invitation


def withdraw(*, by: Viewer, now: datetime, invitation_id: int) -> Invitation:
    """The invitation, withdrawn: its link no longer works.

    Raises: NotAllowed; CannotInvite if it was accepted already.
    """
    require(by, "people.invite")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Einladung zurückgezogen")):
        invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
        if invitation.accepted_at is not None:
            raise CannotInvite("not_open")
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])
    return invitation


def accept(*, now: datetime, token: str, name: str, password: str) -> Account:
    """The new account with the roles of the invitation. The link works once.

    The change "invited_partner" tells subjects above which measures a partner was invited to.
    Raises: CannotAccept if there is no such invitation, it is not open, or the address got an account.
    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().filter(token_hash=token_hash(token)).first()
        if invitation is None:
            raise CannotAccept("unknown")
        state = state_of(invitation, now=now)
        if state != InvitationState.OPEN:
            raise CannotAccept(state.value)
        if account_by_email(invitation.email):
            raise CannotAccept("has_account")
        with acting(by_id=None, by_name=name, reason=_("Einladung angenommen")):
            account = _open_account(invitation, name, password)
            invitation.accepted_at = now
            invitation.save(update_fields=["accepted_at"])
            if invitation.measure_keys:
                record(
                    name="invited_partner",
                    subject="people",
                    object_key=str(account.pk),
                    by_id=account.pk,
                    by_name=account.name,
                    measure_keys=invitation.measure_keys,
                )
    return account


def role_words() -> dict[str, Role]:
    """How people write a role in a list: our word for it or its German or English name, in lower case."""
    words = {str(label).lower(): role for role, label in ROLE_LABELS.items()}
    words |= {german(label).lower(): role for role, label in ROLE_LABELS.items()}
    return words | {role.value: role for role in Role}


def _open_account(invitation: Invitation, name: str, password: str) -> Account:
    account = Account.objects.create_user(
        invitation.email, password, name=name, department_id=invitation.department_id
    )
    roles = [Role(role) for role in invitation.roles]
    RoleAssignment.objects.bulk_create(
        RoleAssignment(account=account, role=grant.role, department_id=grant.department_id)
        for grant in grants(roles, invitation.department_id)
    )
    return account


def _department_id(key: str) -> int | None:
    department = department_by_key(key) if key else None
    return department.pk if department else None


def _post(invitation: Invitation, token: str) -> None:
    """Sends the mail after the commit, so that a rolled back invitation invites nobody."""
    link = settings.SITE_URL + reverse("people:accept", args=[token])
    text = render_to_string("people/mail/invitation.txt", {"invitation": invitation, "link": link})
    subject = gettext("Ihr Zugang zu Dreiklang")
    transaction.on_commit(lambda: send_mail(subject, text, None, [invitation.email]))
