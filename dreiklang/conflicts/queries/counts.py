"""How many candidates there are, for the sentence above the list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q

from dreiklang.conflicts.queries.lines import BY_STRENGTH, lines_of, visible
from dreiklang.conflicts.queries.records import CandidateLine
from dreiklang.conflicts.rules import Sense, State
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class RadarCounts:
    """Candidates of the whole city. `waiting`: nobody has looked yet, the reopened ones among them."""

    by_state: Mapping[State, int] = field(default_factory=dict)
    waiting_conflicts: int = 0
    waiting_synergies: int = 0
    reopened: int = 0

    @property
    def waiting(self) -> int:
        """How many wait for a look."""
        return self.waiting_conflicts + self.waiting_synergies

    @property
    def total(self) -> int:
        """All that stand in the list, whatever became of them."""
        return sum(self.by_state.values())


def radar_counts(viewer: Viewer) -> RadarCounts:
    """The counts of all candidates; one statement, nothing for outsiders."""
    rows = (
        visible(viewer)
        .values("state", "sense")
        .annotate(count=Count("pk"), reopened=Count("pk", filter=Q(reopened_at__isnull=False)))
    )
    by_state: dict[State, int] = {}
    waiting = {Sense.CONFLICT: 0, Sense.SYNERGY: 0}
    reopened = 0
    for row in rows.order_by("state", "sense"):
        state = State(row["state"])
        by_state[state] = by_state.get(state, 0) + row["count"]
        if state is State.NEW:
            waiting[Sense(row["sense"])] += row["count"]
            reopened += row["reopened"]
    return RadarCounts(by_state, waiting[Sense.CONFLICT], waiting[Sense.SYNERGY], reopened)


def lines_by_id(viewer: Viewer, ids: Collection[int]) -> tuple[CandidateLine, ...]:
    """The candidates of those ids, strongest first; none for outsiders. Eight statements."""
    found = list(visible(viewer).filter(pk__in=ids).order_by(*BY_STRENGTH)) if ids else []
    return lines_of(viewer, found)
