"""Who holds resolutions: what a hand-over moves, and what nobody answers for."""

from django.db.models import Q

from dreiklang.core.order import NaturalKey
from dreiklang.core.records import Held, Ref
from dreiklang.papers.models import Resolution
from dreiklang.papers.queries.resolutions.lines import address
from dreiklang.papers.rules.resolutions import UNFINISHED
from dreiklang.people.rules import Viewer


def in_hands_of(
    viewer: Viewer, *, department_id: int | None = None, account_id: int | None = None
) -> tuple[Held, ...]:
    """Resolutions the department or the person answers for, by number. Administration only."""
    if not viewer.is_internal:
        return ()
    held = Q(pk=None)
    if department_id is not None:
        held |= Q(department=department_id)
    if account_id is not None:
        held |= Q(lead=account_id)
    rows = Resolution.objects.filter(held).order_by(NaturalKey("number"), "pk")
    return tuple(
        Held(pk, number, title, address(number))
        for pk, number, title in rows.values_list("pk", "number", "title")
    )


def ownerless(viewer: Viewer) -> tuple[Ref, ...]:
    """Unfinished resolutions without an office that exists, or with somebody who left, by number. Administration only.

    Nobody needs to be named: what has no person falls to the office.
    """
    if not viewer.is_internal:
        return ()
    no_office = Q(department=None) | Q(department__ended_on__isnull=False)
    has_left = Q(lead__is_active=False)
    rows = Resolution.objects.filter(no_office | has_left, state__in=UNFINISHED)
    return tuple(
        Ref(number, title, address(number))
        for number, title in rows.order_by(NaturalKey("number"), "pk").values_list("number", "title")
    )
