"""Resolutions change hands."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_noop as _

from dreiklang.core.history import acting
from dreiklang.papers.models import Resolution
from dreiklang.papers.permissions.resolutions import HAND_OVER
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
    """Give resolutions of a department or a person to another one; `only_keys` (numbers) narrows them.

    Gives how many were touched; a second run moves nothing more. Raises: NotAllowed.
    """
    require(by, HAND_OVER)
    held = Resolution.objects.all() if only_keys is None else Resolution.objects.filter(number__in=only_keys)
    touched: set[int] = set()
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Zuständigkeit übergeben")):
        for field, old, new in (
            ("department_id", from_department, to_department),
            ("lead_id", from_account, to_account),
        ):
            if old is not None and new is not None:
                ids = list(held.filter(**{field: old.pk}).values_list("pk", flat=True))
                Resolution.objects.filter(pk__in=ids).update(**{field: new.pk, "version": F("version") + 1})
                touched.update(ids)
    return len(touched)
