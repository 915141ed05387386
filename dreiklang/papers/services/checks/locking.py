"""The one check a service works on, locked, and told of afterwards."""

from typing import Any

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.papers.models import Check
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


def locked_check(*, by: Viewer, number: str, permission: str, version: int | None = None) -> Check:
    """The check, locked for this transaction, if the viewer may do this with it.

    `version`: what the person had in front of her; None where two people do not get in each other's way.
    Raises: NotFound; NotAllowed; ChangedMeanwhile.
    """
    found = Check.objects.select_for_update(of=("self",)).filter(number=number)
    check = found.select_related("department", "checklist").first()
    if check is None:
        raise NotFound("check", key=number)
    require(by, permission, check)
    if version is not None and check.version != version:
        raise ChangedMeanwhile(check, version=check.version)
    return check


def saved_check(check: Check, *fields: str) -> Check:
    """The check written with a new version."""
    check.version += 1
    check.save(update_fields=[*fields, "version", "changed_at"])
    return check


def tell_of(check: Check, *, by: Viewer, name: str, **facts: Any) -> None:
    """Record what happened to the check, for subjects above and for the worker."""
    record(
        name=name,
        subject="papers",
        object_key=check.number,
        by_id=by.account_id,
        by_name=by.name,
        check_id=check.pk,
        claims=[f"check:{check.pk}"],
        **facts,
    )
