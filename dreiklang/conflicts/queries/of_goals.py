"""Open candidates among what acts on a goal, for the goal's page."""

from collections.abc import Collection

from django.db.models import Case, IntegerField, Value, When

from dreiklang.conflicts.queries.lines import OPEN, lines_of, visible
from dreiklang.conflicts.queries.records import CandidateLine
from dreiklang.conflicts.rules import Kind
from dreiklang.people.rules import Viewer

SHOWN = 5


def panel_of_goals(viewer: Viewer, *, goals: Collection[int]) -> tuple[CandidateLine, ...]:
    """The first open candidates among what acts on one of the goals: opposed effects first, then by strength.

    Nothing for outsiders. Eight statements.
    """
    if not viewer.is_internal or not goals:
        return ()
    opposed = Case(
        When(kinds__contains=[Kind.EFFECT.value], then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = visible(viewer).filter(state__in=OPEN, goal_ids__overlap=list(goals))
    return lines_of(viewer, list(found.order_by(opposed, "-strength", "pk")[:SHOWN]))
