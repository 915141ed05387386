from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.goals.rules import RankEvent, priorities, rank_move

FLOOD, WATER, HOMES, WARMTH = 1, 2, 3, 4


def ranks(order: list[int]) -> dict[int, int | None]:
    return {task: place for place, task in enumerate(order, start=1)}


def on(day: date, *, latest: dict[int, int | None], events: list[RankEvent]) -> list[int]:
    return [p.task_id for p in priorities(latest=latest, events=events, on=day)]


def test_the_worked_example_of_the_rules_page() -> None:
    latest = ranks([HOMES, FLOOD, WATER, WARMTH])
    flood = RankEvent(FLOOD, date(2026, 8, 1), old_rank=4, new_rank=2)

    assert on(date(2026, 8, 1), latest=latest, events=[flood]) == [HOMES, FLOOD, WATER, WARMTH]
    assert on(date(2026, 7, 31), latest=latest, events=[flood]) == [HOMES, WATER, WARMTH, FLOOD]


def test_a_change_announced_for_later_does_not_count_yet() -> None:
    events = [RankEvent(WATER, date(2027, 1, 1), old_rank=2, new_rank=1)]

    found = priorities(latest=ranks([WATER, HOMES]), events=events, on=date(2026, 12, 31))

    assert [(p.task_id, p.rank, p.since) for p in found] == [(HOMES, 1, None), (WATER, 2, None)]


def test_since_names_the_latest_effective_event() -> None:
    events = [
        RankEvent(WATER, date(2025, 1, 1), old_rank=2, new_rank=1, sequence=1),
        RankEvent(HOMES, date(2026, 1, 1), old_rank=2, new_rank=1, sequence=2),
        RankEvent(WATER, date(2026, 6, 1), old_rank=2, new_rank=1, sequence=3),
    ]

    found = priorities(latest=ranks([WATER, HOMES]), events=events, on=date(2026, 7, 1))

    assert found[0].since == date(2026, 6, 1)


def test_events_of_one_day_are_taken_back_last_first() -> None:
    day = date(2026, 1, 1)
    events = [
        RankEvent(FLOOD, day, old_rank=3, new_rank=1, sequence=1),
        RankEvent(WATER, day, old_rank=3, new_rank=1, sequence=2),
    ]

    assert on(date(2025, 12, 31), latest=ranks([WATER, FLOOD, HOMES]), events=events) == [HOMES, WATER, FLOOD]


def test_a_task_without_a_rank_stands_last() -> None:
    found = priorities(latest={HOMES: None, WATER: 1}, events=[], on=date(2026, 1, 1))

    assert [p.rank for p in found] == [1, None]


def test_losing_a_rank_closes_the_gap() -> None:
    assert rank_move(ranks([FLOOD, WATER, HOMES]), task_id=WATER, to=None) == {
        FLOOD: 1,
        WATER: None,
        HOMES: 2,
    }


def test_a_rank_below_one_is_refused() -> None:
    with pytest.raises(ValueError):
        rank_move(ranks([FLOOD]), task_id=FLOOD, to=0)


@given(st.permutations(range(1, 8)), st.integers(1, 7), st.none() | st.integers(1, 7))
def test_moving_back_undoes_every_move(order: list[int], task: int, to: int | None) -> None:
    before = ranks(order)

    there = rank_move(before, task_id=task, to=to)

    assert rank_move(there, task_id=task, to=before[task]) == before


@given(st.permutations(range(1, 8)), st.integers(1, 7), st.integers(1, 7))
def test_ranks_stay_without_gaps_or_doubles(order: list[int], task: int, to: int) -> None:
    moved = rank_move(ranks(order), task_id=task, to=to)

    assert sorted(rank for rank in moved.values() if rank) == list(range(1, 8))
    assert moved[task] == to
