"""What somebody holds: the concepts a hand-over moves."""

from typing import Any

from django.db.models import Q, QuerySet

from dreiklang.concepts.models import Concept
from dreiklang.concepts.queries.lines import address
from dreiklang.core.order import NaturalKey
from dreiklang.core.records import Held
from dreiklang.people.rules import Viewer


def in_hands_of(
    viewer: Viewer, *, department_id: int | None = None, account_id: int | None = None
) -> tuple[Held, ...]:
    """Concepts the department leads, or that name the person as lead or deputy, by number. Administration only."""
    if not viewer.is_internal:
        return ()
    held = Q(pk=None)
    if department_id is not None:
        held |= Q(lead_department_id=department_id)
    if account_id is not None:
        held |= Q(lead_id=account_id) | Q(deputy_id=account_id)
    rows = (
        Concept.objects.filter(held).order_by(NaturalKey("number"), "pk").values_list("pk", "number", "title")
    )
    return tuple(Held(pk, number, title, address(number)) for pk, number, title in rows)


def goals_led_by(viewer: Viewer) -> QuerySet[Any, Any]:
    """The goals (ids) that a concept has as its main one which the viewer leads, as deputy or in somebody's place.

    A part of another statement; nothing for whoever leads nothing.
    """
    people = [pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None]
    led = Concept.objects.filter(Q(lead__in=people) | Q(deputy__in=people), goal_links__is_main=True)
    return led.values_list("goal_links__goal_id", flat=True)
