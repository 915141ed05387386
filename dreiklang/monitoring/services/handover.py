"""Indicators and what belongs to them change hands with their office or their person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.expressions import Value
from django.db.models.functions import Concat, Left
from django.utils.translation import gettext_noop as _

from dreiklang.core.history import acting
from dreiklang.monitoring.models import WatchItem
from dreiklang.monitoring.permissions import HAND_OVER
from dreiklang.monitoring.queries.hands import KINDS
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

if TYPE_CHECKING:
    from dreiklang.people.models import Account, Department


def hand_over(
    *,
    by: Viewer,
    from_department: Department | None = None,
    to_department: Department | None = None,
    from_account: Account | None = None,
    to_account: Account | None = None,
    only: Mapping[str, Collection[int]] | None = None,
    reason: str = "",
) -> int:
    """Give what a department or a person holds to another one; `only` (kind → ids) narrows it.

    Gives how many records were touched; a second run moves nothing more. Raises: NotAllowed.
    """
    require(by, HAND_OVER)
    touched: set[tuple[str, int]] = set()
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Zuständigkeit übergeben")):
        for name, kind in KINDS.items():
            held = kind.model._default_manager.filter(kind.held)
            if only is not None:
                held = held.filter(pk__in=only.get(name, ()))
            pairs = [("department_id", from_department, to_department)]
            pairs += [(field, from_account, to_account) for field in kind.people]  # type: ignore[misc]  # accounts
            for field, old, new in pairs:
                if old is None or new is None:
                    continue
                ids = list(held.filter(**{field: old.pk}).values_list("pk", flat=True))
                if kind.model is WatchItem and field == "department_id":
                    _tell_apart(ids, old, new)
                kind.model._default_manager.filter(pk__in=ids).update(
                    **{field: new.pk, "version": F("version") + 1}
                )
                touched |= {(name, pk) for pk in ids}
    return len(touched)


def _tell_apart(ids: Collection[int], old: Department, new: Department) -> None:
    """Both may watch one topic, each in its own way: the one that comes says where it is from."""
    there = WatchItem.objects.filter(department=new.pk).values("topic")
    origin = f" ({old.key})"
    WatchItem.objects.filter(pk__in=ids, topic__in=there).update(
        topic=Concat(Left("topic", 200 - len(origin)), Value(origin))
    )
