"""What somebody holds: steps of the work plan and seats in thematic groups that a hand-over moves."""

from dreiklang.core.records import Held
from dreiklang.goals.models import EvaluationStep, GroupMember
from dreiklang.people.rules import Viewer


def in_hands_of(
    viewer: Viewer, *, department_id: int | None = None, account_id: int | None = None
) -> tuple[Held, ...]:
    """Open steps of the department, and thematic groups the person sits in, by name. Administration only."""
    if not viewer.is_internal:
        return ()
    found: list[Held] = []
    if department_id is not None:
        steps = EvaluationStep.objects.filter(department_id=department_id, done_on=None)
        found += [Held(pk, "", name) for pk, name in steps.order_by("due_on", "pk").values_list("pk", "name")]
    if account_id is not None:
        seats = GroupMember.objects.filter(account_id=account_id).order_by("group__name", "pk")
        found += [Held(pk, "", name) for pk, name in seats.values_list("pk", "group__name")]
    return tuple(found)
