"""When a criterion is to be rated anew, and from when the public sees a rating. See docs/rules/criteria-ratings.md."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dreiklang.core.values import Period, Unknown
from dreiklang.monitoring.rules.criteria import RatingFact
from dreiklang.monitoring.rules.due import months_later
from dreiklang.monitoring.rules.values import RatingState

# So long before its day a rating that gets old is asked for.
AHEAD = timedelta(days=30)

_FAVOURABLE = (RatingState.REACHED, RatingState.ON_WAY)
_MISSING = {"target_off_way", "target_missed"}


class DueReason(StrEnum):
    """Why somebody should look at a criterion again."""

    NEVER_RATED = "never_rated"
    CONTRADICTED = "contradicted"
    TOO_OLD = "too_old"
    NEW_VALUES = "new_values"


@dataclass(frozen=True, slots=True)
class RatingDue:
    """Why, and on which day: the deadline of a rating that gets old, else the day since which it waits."""

    reason: DueReason
    on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What figures say: the codes of target and trend, and the day of the newest value behind them."""

    codes: tuple[str, ...] = ()
    value_on: date | None = None


def rating_due(
    rating: RatingFact | Unknown,
    *,
    created_on: date,
    today: date,
    every_months: int,
    then: Seen = Seen(),
    now: Seen = Seen(),
) -> RatingDue | None:
    """Why a criterion is to be rated, the most pressing reason; None as long as it is not.

    then   what the figures said when it was rated, as kept with the rating; `now` what they say today
    errors Raises: ValueError unless every_months is 1 or more
    """
    if every_months < 1:
        raise ValueError("a rating holds for a month or longer")
    if isinstance(rating, Unknown):
        return RatingDue(DueReason.NEVER_RATED, created_on)
    # Who rated against these very figures did so with a reason.
    if speaks_against(rating.state, now.codes) and not speaks_against(rating.state, then.codes):
        return RatingDue(DueReason.CONTRADICTED, now.value_on or today)
    due_on = months_later(rating.rated_on, every_months)
    if today >= due_on - AHEAD:
        return RatingDue(DueReason.TOO_OLD, due_on)
    # Without figures kept beside it nobody knows what was seen: then only what ended after the day is new.
    if now.value_on is not None and now.value_on > (then.value_on or rating.rated_on):
        return RatingDue(DueReason.NEW_VALUES, now.value_on)
    return None


def speaks_against(state: RatingState, codes: Collection[str]) -> bool:
    """Whether figures contradict a rating. The target speaks first; the trend only where no target does.

    codes   of `criteria.Evidence`: target_reached … target_unknown, trend_better … trend_unknown
    """
    aims = {code for code in codes if code.startswith("target_")} - {"target_open", "target_unknown"}
    if state is RatingState.REACHED:
        return bool(aims - {"target_reached"}) if aims else "trend_worse" in codes
    if state is RatingState.ON_WAY:
        return bool(aims & _MISSING) if aims else "trend_worse" in codes
    if state is RatingState.OFF_WAY:
        return bool(aims - _MISSING) if aims else "trend_better" in codes
    return False


def hidden_since(periods: Iterable[Period], *, today: date) -> date | None:
    """The first day from which on a release still waits for the end of a restraint period; None outside of one.

    Periods that follow one another are one. What was released before stays in sight, as with notes on measures.
    """
    since: date | None = None
    for period in sorted(periods, key=lambda one: one.start or date.min, reverse=True):
        reached = today if since is None else since - timedelta(days=1)
        if period.end is not None and (period.contains(reached) or (since and period.contains(since))):
            since = min(since or reached, period.start or date.min)
    return since
