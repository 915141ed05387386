"""On which goals the parties of a candidate act, and how."""

from collections.abc import Collection
from dataclasses import dataclass

from dreiklang.conflicts.models import StoredClaim
from dreiklang.conflicts.queries.stored import goal_of
from dreiklang.goals.queries import goal_labels
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class Act:
    """One goal a party acts on."""

    label: str
    url: str
    supports: bool
    weight: int


def acts_of(viewer: Viewer, keys: Collection[str]) -> dict[str, tuple[Act, ...]]:
    """Key of a party → the goals it acts on, by their number. Two statements; nothing for outsiders."""
    if not viewer.is_internal:
        return {}
    rows = dict(StoredClaim.objects.filter(key__in=keys).values_list("key", "content"))
    effects = {
        key: [(goal, bool(one[1]), int(one[2])) for one in content["effects"] if (goal := goal_of(one[0]))]
        for key, content in rows.items()
    }
    names = goal_labels(viewer, ids={goal for acts in effects.values() for goal, _sign, _weight in acts})
    order = {goal: at for at, goal in enumerate(names)}
    return {
        key: tuple(
            Act(f"{names[goal].number} {names[goal].title}".strip(), names[goal].url, supports, weight)
            for goal, supports, weight in sorted(acts, key=lambda act: order.get(act[0], 0))
            if goal in names
        )
        for key, acts in effects.items()
    }
