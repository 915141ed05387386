"""From one version of the framework to the next: what becomes of each goal, and what is still open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dreiklang.goals.rules.values import Continuation


@dataclass(frozen=True)
class Pair:
    """An old record goes on as a new one; `new_id` None means it is dropped."""

    old_id: int
    new_id: int | None
    continuation: Continuation


class Want(StrEnum):
    """What keeps a mapping from being complete."""

    UNMAPPED = "unmapped"
    DROPPED_AND_CONTINUED = "dropped_and_continued"
    SPLIT_INTO_ONE = "split_into_one"
    SPLIT_UNNAMED = "split_unnamed"
    MERGED_FROM_ONE = "merged_from_one"
    MERGED_UNNAMED = "merged_unnamed"


@dataclass(frozen=True)
class MappingGap:
    """One old record and what is missing or contradictory about it."""

    old_id: int
    want: Want


def mapping_gaps(*, old_ids: Sequence[int], pairs: Sequence[Pair]) -> tuple[MappingGap, ...]:
    """What must be settled before links may move, in the order of `old_ids`; empty when all is told.

    Every old record is mapped at least once; split means two or more successors and every pair says
    so; merged means the successor has two or more origins and all of them say so.
    """
    by_old: dict[int, list[Pair]] = {old: [] for old in old_ids}
    for pair in pairs:
        by_old.setdefault(pair.old_id, []).append(pair)
    origins = Counter[int | None](pair.new_id for pair in pairs if pair.new_id is not None)
    gaps = ((old, _want(by_old[old], origins)) for old in old_ids)
    return tuple(MappingGap(old, want) for old, want in gaps if want is not None)


def _want(pairs: Sequence[Pair], origins: Mapping[int | None, int]) -> Want | None:
    if not pairs:
        return Want.UNMAPPED
    said = {pair.continuation for pair in pairs}
    if Continuation.DROPPED in said:
        return Want.DROPPED_AND_CONTINUED if len(pairs) > 1 else None
    if len(pairs) > 1:
        return None if said == {Continuation.SPLIT} else Want.SPLIT_UNNAMED
    if Continuation.SPLIT in said:
        return Want.SPLIT_INTO_ONE
    merged = origins[pairs[0].new_id] > 1
    if Continuation.MERGED in said:
        return None if merged else Want.MERGED_FROM_ONE
    return Want.MERGED_UNNAMED if merged else None


def proposed_pairs(*, old: Mapping[int, str], copies: Mapping[int, tuple[int, str]]) -> tuple[Pair, ...]:
    """A first mapping for a draft that started as a copy: same text → same, other text → changed.

    `old`: id → text; `copies`: old id → (new id, its text now). A goal whose copy was removed is
    left open: whether it is dropped or merged is for people to say.
    """
    return tuple(
        Pair(
            old_id=pk,
            new_id=copies[pk][0],
            continuation=Continuation.SAME if copies[pk][1] == text else Continuation.CHANGED,
        )
        for pk, text in old.items()
        if pk in copies
    )
