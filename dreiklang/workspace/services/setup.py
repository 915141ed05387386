"""The beginning of a new city: the first account, and steps left out for now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.db import transaction

from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.people import queries as people_queries
from dreiklang.people import services as people
from dreiklang.people.rules import SYSTEM, Role

if TYPE_CHECKING:
    from dreiklang.people.models import Account

SALT = "dreiklang.setup"
# The address of the first link, before its secret part; the command line prints it without loading all pages.
FIRST_ADDRESS = "arbeit/einrichtung/anfang/"
VALID_SECONDS = 24 * 60 * 60


class CannotBegin(Refused):
    """The first account cannot be made: `used` (there are accounts already), `expired` or `forged`."""


def first_token() -> str:
    """The secret part of the link that `dreiklang serve` prints while nobody has an account."""
    return signing.dumps("begin", salt=SALT)


def check_first_token(*, token: str) -> None:
    """Raises: CannotBegin if the link is not valid any more."""
    if people_queries.account_count():
        raise CannotBegin("used")
    try:
        signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.SignatureExpired as expired:
        raise CannotBegin("expired") from expired
    except signing.BadSignature as forged:
        raise CannotBegin("forged") from forged


def create_first_account(*, token: str, name: str, email: str, password: str) -> Account:
    """The first person, who coordinates and administers until she hands that on.

    Raises: CannotBegin if the link is not valid any more.
    """
    with transaction.atomic():
        check_first_token(token=token)
        with acting(by_id=None, by_name=name, reason="Einrichtung"):
            return people.create_account(
                by=SYSTEM,
                name=name,
                email=email,
                password=password,
                roles=(Role.COORDINATOR, Role.ADMINISTRATOR),
            )
