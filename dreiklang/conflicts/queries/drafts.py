"""What is kept of a record that somebody edits: a form does not ask for everything again."""

from dreiklang.conflicts.models import StoredClaim
from dreiklang.conflicts.queries.records import DraftClaim
from dreiklang.conflicts.queries.stored import goal_of
from dreiklang.monitoring.queries import OwnEffect, effects_beside
from dreiklang.people.rules import Viewer


def kept_draft(viewer: Viewer, *, key: str) -> DraftClaim:
    """The claim of that record as a draft; an empty one where it claims nothing, and for outsiders.

    One statement; one more for what a measure does to indicators.
    """
    row = StoredClaim.objects.filter(key=key).first() if key and viewer.is_internal else None
    if row is None:
        return DraftClaim(own_key=key)
    acts = _on_indicators(viewer, key)
    effects = [(goal_of(one[0]), bool(one[1]), int(one[2])) for one in row.content["effects"]]
    return DraftClaim(
        title=row.title,
        own_key=key,
        place=row.geometry,
        area_ids=frozenset(row.area_ids),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        goals=tuple((goal, supports, weight) for goal, supports, weight in effects if goal is not None),
        indicators=tuple((one.indicator, one.supports, one.weight) for one in acts),
        rivals=frozenset(f"measure:{pk}" for one in acts for pk in one.others),
        kin=frozenset(row.content["kin"]),
        needs_first=frozenset(row.content["needs_first"]),
        office_ids=tuple(row.office_ids),
        is_lasting=row.content["is_lasting"],
    )


def _on_indicators(viewer: Viewer, key: str) -> tuple[OwnEffect, ...]:
    """Only measures are linked with indicators."""
    subject, _sign, pk = key.partition(":")
    return effects_beside(viewer, measure=int(pk)) if subject == "measure" and pk.isdigit() else ()
