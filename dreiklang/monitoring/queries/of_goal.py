"""The panel of indicators on the page of a goal, a future task or a concept: states counted, never averaged."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localdate

from dreiklang.core.arrays import array_of
from dreiklang.core.records import Ref
from dreiklang.core.values import Unknown
from dreiklang.goals.queries import page_address
from dreiklang.measures.queries import restraint_periods
from dreiklang.measures.queries import visible as visible_measures
from dreiklang.monitoring.models import IndicatorGoal, IndicatorTask, MeasureIndicator, Rating, SetSettings
from dreiklang.monitoring.queries.now import IndicatorNow, Links, indicators_now
from dreiklang.monitoring.queries.visibility import visible_criteria
from dreiklang.monitoring.rules.quality import SetSize, set_size
from dreiklang.monitoring.rules.rating_due import hidden_since
from dreiklang.monitoring.rules.standing import Standing
from dreiklang.monitoring.rules.values import RatingState, TargetState
from dreiklang.people.rules import Viewer

NO_TARGET, NO_VALUE = "no_target", "no_value"
# In this order states are told.
STATES = (*(state.value for state in TargetState), NO_TARGET, NO_VALUE)


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator in a panel. `goals` are those below that it belongs to; `rating` the newest of its criterion here."""

    name: str
    url: str
    unit: str
    decimals: int
    standing: Standing
    is_main: bool
    is_public: bool
    goals: tuple[Ref, ...] = ()
    rating: RatingState | None = None
    rated_on: date | None = None

    @property
    def state(self) -> str:
        """How its last value stands to the next target, one of STATES."""
        if isinstance(self.standing.last, Unknown):
            return NO_VALUE
        return NO_TARGET if isinstance(self.standing.target, Unknown) else self.standing.target.state.value


@dataclass(frozen=True)
class IndicatorPanel:
    """The indicators of a goal, task or concept: its own, the leading one first; then those of the goals below.

    size     whether its own are none, few, or more than `most`, which the city's settings say
    counts   state → how many; each indicator once
    """

    own: tuple[IndicatorLine, ...]
    below: tuple[IndicatorLine, ...]
    size: SetSize
    most: int
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many indicators there are."""
        return len(self.own) + len(self.below)


def indicators_of_goal(
    viewer: Viewer, *, goal: int, below: Collection[int] = (), today: date
) -> IndicatorPanel:
    """The indicators of a goal, and of those below it; retired ones are left out.

    One statement; one more for outsiders where a criterion was rated (restraint periods).
    """
    links = {"goals": _of_goals({goal, *below}), "criteria": _criteria(viewer, {goal, *below})}
    found = indicators_now(viewer, links=links, also=_ALSO, today=today)
    return _panel(viewer, found, is_own=lambda one: _belongs(one, goal), goal=goal, today=today)


def indicators_of_task(
    viewer: Viewer, *, task: int, goals: Collection[int] = (), today: date
) -> IndicatorPanel:
    """The indicators of a future task, and of the goals that serve it; retired ones are left out. One statement."""
    own = Links(IndicatorTask.objects.filter(task=task).order_by("pk"), {"task": "task_id"})
    found = indicators_now(viewer, links={"tasks": own, "goals": _of_goals(goals)}, also=_ALSO, today=today)
    return _panel(viewer, found, is_own=lambda one: bool(one.links["tasks"]), goal=0, today=today)


def indicators_of_concept(viewer: Viewer, *, concept: int, today: date) -> IndicatorPanel:
    """The indicators that the concept's measures act on, each once; retired ones are left out. One statement."""
    acting = visible_measures(viewer).filter(concept_links__concept=concept, merged_into=None)
    links = MeasureIndicator.objects.filter(measure__in=acting.values("pk")).order_by("pk")
    named = {"measures": Links(links, {"measure": "measure_id"})}
    found = indicators_now(viewer, links=named, also=_ALSO, today=today)
    return _panel(viewer, found, is_own=lambda one: True, goal=0, today=today)


def headline_indicators(viewer: Viewer, *, today: date) -> IndicatorPanel:
    """The indicators the city leads with (Leitindikatoren), by name; retired ones are left out. One statement."""
    found = indicators_now(viewer, which=Q(is_headline=True, retired_on=None), also=_ALSO, today=today)
    return _panel(viewer, found, is_own=lambda one: True, goal=0, today=today)


_GOAL = {
    "goal": "goal_id",
    "number": "goal__number",
    "title": "goal__title",
    "status": "goal__framework__status",
    "label": "goal__framework__label",
    "is_main": "is_main",
}
_ALSO = {"most": Subquery(SetSettings.objects.values("most_per_goal")[:1])}


def _of_goals(goals: Collection[int]) -> Links:
    return Links(IndicatorGoal.objects.filter(goal__in=list(goals)).order_by("goal__number", "pk"), _GOAL)


def _criteria(viewer: Viewer, goals: Collection[int]) -> Links:
    """Criteria in numbers that hold, with what the viewer may see of their ratings, newest first."""
    ratings = Rating.objects.filter(criterion=OuterRef("pk"), withdrawn_at=None)
    if not viewer.is_internal:
        ratings = ratings.filter(released_at__isnull=False)
    said = array_of(
        ratings.order_by("-rated_on", "-pk"),
        fields={"state": "state", "rated_on": "rated_on", "released_at": "released_at"},
    )
    rows = visible_criteria(viewer).filter(Q(retired_on=None), goal__in=list(goals)).annotate(said=said)
    return Links(rows.order_by("goal__number", "position", "pk"), {"goal": "goal_id", "said": "said"})


def _belongs(one: IndicatorNow, goal: int) -> bool:
    return any(link["goal"] == goal for link in (*one.links.get("goals", ()), *one.links["criteria"]))


def _panel(
    viewer: Viewer, found: Iterable[IndicatorNow], *, is_own: Any, goal: int, today: date
) -> IndicatorPanel:
    kept = [one for one in found if one.retired_on is None or one.retired_on > today]
    since = _hidden_since(viewer, kept, today=today)
    own = [_line(one, goal=goal, since=since) for one in kept if is_own(one)]
    below = [_line(one, goal=goal, since=since) for one in kept if not is_own(one)]
    most = next((one.also["most"] for one in kept if one.also["most"]), None) or SetSettings().most_per_goal
    return IndicatorPanel(
        own=tuple(sorted(own, key=lambda line: not line.is_main)),
        below=tuple(sorted(below, key=lambda line: line.goals[0].key if line.goals else "")),
        size=set_size(len(own), limit=most),
        most=most,
        counts=Counter(line.state for line in (*own, *below)),
    )


def _hidden_since(viewer: Viewer, found: Sequence[IndicatorNow], *, today: date) -> date | None:
    """From which day on releases still wait for the end of a restraint period; asked only where it matters."""
    is_rated = any(one["said"] for now in found for one in now.links.get("criteria", ()))
    return hidden_since(restraint_periods(), today=today) if is_rated and not viewer.is_internal else None


def _line(one: IndicatorNow, *, goal: int, since: date | None) -> IndicatorLine:
    links = one.links.get("goals", ())
    rating = _rating(one, goal, since)
    return IndicatorLine(
        name=one.name,
        url=one.url,
        unit=one.unit,
        decimals=one.decimals,
        standing=one.standing,
        is_main=any(link["is_main"] and link["goal"] == goal for link in links),
        is_public=one.is_public,
        goals=tuple(
            Ref(
                link["number"],
                link["title"],
                page_address("goals:goal", link["number"], link["status"], link["label"]),
            )
            for link in links
            if link["goal"] != goal
        ),
        rating=RatingState(rating["state"]) if rating else None,
        rated_on=date.fromisoformat(rating["rated_on"]) if rating else None,
    )


def _rating(one: IndicatorNow, goal: int, since: date | None) -> Mapping[str, Any] | None:
    """The newest rating of a criterion of this very goal, else of one below."""
    criteria = sorted(one.links.get("criteria", ()), key=lambda each: each["goal"] != goal)
    said = (each for criterion in criteria for each in criterion["said"])
    return next((each for each in said if since is None or _released_on(each) < since), None)


def _released_on(rating: Mapping[str, Any]) -> date:
    return localdate(datetime.fromisoformat(rating["released_at"]))
