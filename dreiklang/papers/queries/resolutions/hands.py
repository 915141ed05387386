"""What somebody holds: the resolutions a hand-over moves."""

from django.db.models import Q

from dreiklang.core.order import NaturalKey
from dreiklang.core.records import Held
from dreiklang.papers.models import Resolution
from dreiklang.papers.queries.resolutions.lines import address
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
