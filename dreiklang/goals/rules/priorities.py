"""In which order the future tasks stand on a day, derived from the events. See docs/rules/priorities.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RankEvent:
    """The task moves to that rank from that day on; `new_rank` None takes its rank away.

    `sequence` tells events of one day apart: the later recorded one has the higher number.
    """

    task_id: int
    effective_on: date
    old_rank: int | None
    new_rank: int | None
    sequence: int = 0


@dataclass(frozen=True)
class Priority:
    """A task with its rank on the day asked for, and since when it has held it by an event."""

    task_id: int
    rank: int | None
    since: date | None = None


def priorities(
    *, latest: Mapping[int, int | None], events: Sequence[RankEvent], on: date
) -> tuple[Priority, ...]:
    """The rank of every task on a day: the latest order with every later event taken back.

    `latest` holds the ranks after all events, future ones included. An event closes ranks around its
    task: moving from 6 to 2 shifts what stood on 2 to 5 down by one, taking it back shifts it up.
    Order: by rank, tasks without a rank last, then by id. Source: docs/rules/priorities.md.
    """
    ranks, since = dict(latest), dict[int, date]()
    for event in sorted(events, key=lambda e: (e.effective_on, e.sequence), reverse=True):
        if event.task_id not in ranks:
            continue
        if event.effective_on > on:
            ranks = rank_move(ranks, task_id=event.task_id, to=event.old_rank)
        else:
            since.setdefault(event.task_id, event.effective_on)
    found = (Priority(task_id=task, rank=rank, since=since.get(task)) for task, rank in ranks.items())
    return tuple(sorted(found, key=lambda p: (p.rank is None, p.rank or 0, p.task_id)))


def rank_move(ranks: Mapping[int, int | None], *, task_id: int, to: int | None) -> dict[int, int | None]:
    """The ranks after one task moved; the others close up behind it and make room before it.

    Moving back undoes the move exactly. Raises: ValueError if the rank is below 1; KeyError if there
    is no such task.
    """
    if to is not None and to < 1:
        raise ValueError("a rank starts at 1")
    before = ranks[task_id]
    moved = dict(ranks)
    if before is not None:
        _shift(moved, other_than=task_id, beyond=before, by=-1)
    if to is not None:
        _shift(moved, other_than=task_id, beyond=to - 1, by=1)
    moved[task_id] = to
    return moved


def _shift(ranks: dict[int, int | None], *, other_than: int, beyond: int, by: int) -> None:
    for task, rank in ranks.items():
        if task != other_than and rank is not None and rank > beyond:
            ranks[task] = rank + by
