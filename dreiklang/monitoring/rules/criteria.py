"""Ratings of criteria by people, and what figures speak for. See docs/rules/criteria-ratings.md.

No figure gives a rating. Nothing here is an average: states are counted, each for itself.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.targets import TargetResult
from dreiklang.monitoring.rules.trend import Trend
from dreiklang.monitoring.rules.values import Meaning, RatingState, TargetState

_TARGET_FOR = (TargetState.REACHED, TargetState.ON_WAY)
_TARGET_AGAINST = (TargetState.OFF_WAY, TargetState.MISSED)


@dataclass(frozen=True, slots=True)
class RatingFact:
    """What the rules look at of a rating; `id` rises with the order in which ratings were given."""

    id: int
    rated_on: date
    state: RatingState
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class CourseStep:
    """The last rating given in a year. unknown: `not_rated`."""

    year: int
    rating: RatingFact | Unknown


@dataclass(frozen=True, slots=True)
class RatingCounts:
    """How many criteria are in each state (all states are there), and how many nobody rated."""

    by_state: Mapping[RatingState, int]
    not_rated: int

    @property
    def total(self) -> int:
        """All criteria counted."""
        return sum(self.by_state.values()) + self.not_rated


@dataclass(frozen=True, slots=True)
class Evidence:
    """Codes of figures by side: `target_` and a target state, `trend_` and a meaning, or `_unknown`."""

    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    neither: tuple[str, ...]


def latest(ratings: Iterable[RatingFact]) -> RatingFact | Unknown:
    """The rating of one criterion that counts, by day and then by id. unknown: `not_rated`; withdrawn ones are none."""
    valid = [rating for rating in ratings if not rating.is_withdrawn]
    return max(valid, key=lambda rating: (rating.rated_on, rating.id)) if valid else Unknown("not_rated")


def course(ratings: Sequence[RatingFact], *, years: Iterable[int]) -> tuple[CourseStep, ...]:
    """The last rating of one criterion in each of the years, in the order given; none is carried on."""
    return tuple(
        CourseStep(year, latest(rating for rating in ratings if rating.rated_on.year == year))
        for year in years
    )


def counts(ratings: Iterable[RatingFact | Unknown]) -> RatingCounts:
    """How many criteria are in which state; give the latest rating of each. Unknown ones count as not rated."""
    given = list(ratings)
    states = Counter(rating.state for rating in given if not isinstance(rating, Unknown))
    return RatingCounts({state: states[state] for state in RatingState}, len(given) - states.total())


def evidence_sides(*, target: TargetResult | Unknown, trend: Trend | Unknown) -> Evidence:
    """What target and trend of an indicator say of its criterion: for it, against it, or neither."""
    sides: dict[str, list[str]] = {"for": [], "against": [], "neither": []}
    target_code = "unknown" if isinstance(target, Unknown) else target.state.value
    sides[_target_side(target)].append(f"target_{target_code}")
    trend_code = "unknown" if isinstance(trend, Unknown) else trend.meaning.value
    sides[_trend_side(trend)].append(f"trend_{trend_code}")
    return Evidence(tuple(sides["for"]), tuple(sides["against"]), tuple(sides["neither"]))


def _target_side(target: TargetResult | Unknown) -> str:
    if isinstance(target, Unknown):
        return "neither"
    if target.state in _TARGET_FOR:
        return "for"
    return "against" if target.state in _TARGET_AGAINST else "neither"


def _trend_side(trend: Trend | Unknown) -> str:
    if isinstance(trend, Unknown) or trend.meaning is Meaning.NEUTRAL:
        return "neither"
    return "for" if trend.meaning is Meaning.BETTER else "against"
