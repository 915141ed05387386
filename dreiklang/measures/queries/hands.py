"""What somebody holds: the measures a hand-over moves."""

from django.db.models import Q

from dreiklang.core.records import Held
from dreiklang.measures.models import Measure
from dreiklang.measures.queries.lines import address
from dreiklang.people.rules import Viewer


def in_hands_of(
    viewer: Viewer, *, department_id: int | None = None, account_id: int | None = None
) -> tuple[Held, ...]:
    """Measures the department leads or takes part in, or that name the person, by number. Administration only.

    A person is named as lead, as deputy or in the team.
    """
    if not viewer.is_internal:
        return ()
    held = Q(pk=None)
    if department_id is not None:
        held |= Q(lead_department_id=department_id) | Q(involvements__department_id=department_id)
    if account_id is not None:
        held |= Q(lead_id=account_id) | Q(deputy_id=account_id) | Q(team__account_id=account_id)
    rows = (
        Measure.objects.filter(held).order_by("number", "pk").values_list("pk", "number", "title").distinct()
    )
    return tuple(Held(pk, number, title, address(number)) for pk, number, title in rows)
