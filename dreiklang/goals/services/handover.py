"""Steps of the work plan and seats in thematic groups change hands."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_noop as _

from dreiklang.core.history import acting
from dreiklang.goals import permissions
from dreiklang.goals.models import EvaluationStep, GroupMember
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


def hand_over(
    *,
    by: Viewer,
    from_department: models.Model | None = None,
    to_department: models.Model | None = None,
    from_account: models.Model | None = None,
    to_account: models.Model | None = None,
    only_keys: Sequence[str] | None = None,
    reason: str = "",
) -> int:
    """Give open steps of a department and group seats of a person to others.

    `only_keys` (ids of steps) narrows the steps. Where the successor already sits in the group, the seat
    goes. Gives how many steps and seats moved. Raises: NotAllowed.
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Zuständigkeit übergeben")):
        moved = 0
        if from_department is not None and to_department is not None:
            steps = EvaluationStep.objects.filter(department_id=from_department.pk, done_on=None)
            if only_keys is not None:
                steps = steps.filter(pk__in=[int(key) for key in only_keys])
            moved += steps.update(department_id=to_department.pk, version=F("version") + 1)
        if from_account is not None and to_account is not None:
            moved += _seats(from_account.pk, to_account.pk)
        return moved


def _seats(before: int, after: int) -> int:
    seats = list(GroupMember.objects.filter(account_id=before))
    taken = set(GroupMember.objects.filter(account_id=after).values_list("group_id", flat=True))
    for seat in seats:
        if seat.group_id in taken:
            seat.delete()
        else:
            seat.account_id = after
            seat.save(update_fields=["account_id"])
    return len(seats)
