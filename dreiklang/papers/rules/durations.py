"""How long things take from the draft of a paper to the start of what was resolved, and where they wait.

Formula, worked example and limits: docs/rules/durations.md. Days are calendar days; a leg counts only
where both its ends are known, and the rest is counted as unknown beside it, never left out in silence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median

from dreiklang.core.values import Unknown
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.rules.kinds import CheckState


class Leg(StrEnum):
    """One stretch of the way."""

    CHECK = "check"
    COMMITTEE = "committee"
    RESOLUTION = "resolution"
    START = "start"


@dataclass(frozen=True)
class Way:
    """The days one paper reached; None where it has not, or nobody knows."""

    drafted_on: date | None
    released_on: date | None = None
    committee_on: date | None = None
    resolved_on: date | None = None
    started_on: date | None = None
    # It goes no further: rejected, noted, withdrawn, done or dropped.
    is_over: bool = False


@dataclass(frozen=True)
class LegTime:
    """How long a leg took in the middle: the median in days, over how many; how many lack an end."""

    leg: Leg
    days: float | Unknown
    known_count: int
    unknown_count: int


@dataclass(frozen=True)
class LegWait:
    """How long papers lie on a leg: the median in days, those on it now with their days so far among them."""

    leg: Leg
    days: float | Unknown
    done_count: int
    now_count: int
    longest_now: int | Unknown


@dataclass(frozen=True)
class YearTimes:
    """The legs of the drafts begun in one year."""

    year: int
    way_count: int
    legs: tuple[LegTime, ...]


@dataclass(frozen=True)
class Stay:
    """A check was in a state from one moment to the next; without an end it is there still."""

    state: CheckState
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """How long checks stay in a state: the median in days over all stays, and how many are there now."""

    state: CheckState
    days: float | Unknown
    stay_count: int
    now_count: int


def legs(way: Way) -> dict[Leg, int | Unknown]:
    """The days of each leg. unknown: `not_reached`, or `out_of_order` where the later day is the earlier one."""
    stations = (way.drafted_on, way.released_on, way.committee_on, way.resolved_on, way.started_on)
    pairs = zip(Leg, stations, stations[1:], strict=False)
    return {leg: _between(start, end) for leg, start, end in pairs}


def _between(start: date | None, end: date | None) -> int | Unknown:
    if start is None or end is None:
        return Unknown("not_reached")
    return (end - start).days if end >= start else Unknown("out_of_order")


def times_by_year(ways: Iterable[Way]) -> tuple[YearTimes, ...]:
    """The median of each leg by the year the draft was begun, the newest year first.

    Ways without a first day are left out: they belong to no year.
    """
    years: dict[int, list[Way]] = {}
    for way in ways:
        if way.drafted_on is not None:
            years.setdefault(way.drafted_on.year, []).append(way)
    return tuple(
        YearTimes(year, len(found), tuple(_leg_time(leg, found) for leg in Leg))
        for year, found in sorted(years.items(), reverse=True)
    )


def _leg_time(leg: Leg, ways: Sequence[Way]) -> LegTime:
    found = [legs(way)[leg] for way in ways]
    days = [one for one in found if not isinstance(one, Unknown)]
    middle: float | Unknown = float(median(days)) if days else Unknown("none_known")
    return LegTime(leg, middle, len(days), len(found) - len(days))


def open_leg(way: Way, *, today: date) -> tuple[Leg, int] | None:
    """The leg the paper is on, and its days so far; None if it goes no further, or reached the end.

    The last day that is known counts, so that a paper dealt with before its check was released lies with
    the council and not in the check.
    """
    stations = (way.drafted_on, way.released_on, way.committee_on, way.resolved_on)
    reached = [(leg, on) for leg, on in zip(Leg, stations, strict=True) if on is not None]
    if way.is_over or way.started_on is not None or not reached:
        return None
    leg, since = reached[-1]
    return (leg, (today - since).days) if since <= today else None


def where_papers_lie(ways: Sequence[Way], *, today: date) -> tuple[LegWait, ...]:
    """Every leg in the order of the way. unknown: `none_known` without any paper; `nobody_there` for now."""
    opened = [found for way in ways if (found := open_leg(way, today=today)) is not None]
    done = [legs(way) for way in ways]
    return tuple(
        _leg_wait(
            leg,
            [days for one in done if not isinstance(days := one[leg], Unknown)],
            [days for at, days in opened if at is leg],
        )
        for leg in Leg
    )


def _leg_wait(leg: Leg, done: Sequence[int], now: Sequence[int]) -> LegWait:
    days = [*done, *now]
    return LegWait(
        leg=leg,
        days=float(median(days)) if days else Unknown("none_known"),
        done_count=len(done),
        now_count=len(now),
        longest_now=max(now) if now else Unknown("nobody_there"),
    )


def stays(steps: Sequence[tuple[CheckState, datetime]]) -> tuple[Stay, ...]:
    """The stays of one check from its steps, oldest first; the last one is open."""
    ends = [entered for _state, entered in steps[1:]]
    return tuple(
        Stay(state, since, until) for (state, since), until in zip(steps, [*ends, None], strict=True)
    )


def waiting(found: Iterable[Stay], *, now: datetime) -> tuple[Waiting, ...]:
    """Where checks wait: for each state of a running check, the longest wait first.

    A stay that goes on counts with the days so far, so that what is stuck shows.
    """
    by_state: dict[CheckState, list[Stay]] = {}
    for stay in found:
        if stay.state in RUNNING:
            by_state.setdefault(stay.state, []).append(stay)
    lines = [
        Waiting(
            state,
            median([((one.until or now) - one.since).total_seconds() / 86400 for one in ones]),
            len(ones),
            sum(one.until is None for one in ones),
        )
        for state, ones in by_state.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-_days(line), line.state)))


def _days(line: Waiting) -> float:
    return 0 if isinstance(line.days, Unknown) else line.days
