from hypothesis import given
from hypothesis import strategies as st

from dreiklang.goals.rules import Continuation, MappingGap, Pair, Want, mapping_gaps

OLD, OTHER, NEW, NEWER = 1, 2, 11, 12


def gaps(*pairs: Pair, old: tuple[int, ...] = (OLD,)) -> list[Want]:
    return [gap.want for gap in mapping_gaps(old_ids=old, pairs=pairs)]


def test_a_goal_that_nobody_mapped_is_open() -> None:
    assert mapping_gaps(old_ids=[OLD], pairs=[]) == (MappingGap(OLD, Want.UNMAPPED),)


def test_same_changed_and_dropped_are_complete() -> None:
    assert gaps(Pair(OLD, NEW, Continuation.SAME)) == []
    assert gaps(Pair(OLD, NEW, Continuation.CHANGED)) == []
    assert gaps(Pair(OLD, None, Continuation.DROPPED)) == []


def test_a_goal_cannot_be_dropped_and_continued() -> None:
    assert gaps(Pair(OLD, None, Continuation.DROPPED), Pair(OLD, NEW, Continuation.SAME)) == [
        Want.DROPPED_AND_CONTINUED
    ]


def test_split_needs_two_successors_that_both_say_so() -> None:
    assert gaps(Pair(OLD, NEW, Continuation.SPLIT)) == [Want.SPLIT_INTO_ONE]
    assert gaps(Pair(OLD, NEW, Continuation.SPLIT), Pair(OLD, NEWER, Continuation.CHANGED)) == [
        Want.SPLIT_UNNAMED
    ]
    assert gaps(Pair(OLD, NEW, Continuation.SPLIT), Pair(OLD, NEWER, Continuation.SPLIT)) == []


def test_merged_needs_a_second_origin_that_says_so_too() -> None:
    first, second = Pair(OLD, NEW, Continuation.MERGED), Pair(OTHER, NEW, Continuation.MERGED)

    assert gaps(first) == [Want.MERGED_FROM_ONE]
    assert gaps(first, second, old=(OLD, OTHER)) == []
    assert gaps(first, Pair(OTHER, NEW, Continuation.SAME), old=(OLD, OTHER)) == [Want.MERGED_UNNAMED]


@given(st.lists(st.integers(1, 50), unique=True))
def test_a_draft_that_copies_everything_is_complete(old: list[int]) -> None:
    pairs = [Pair(pk, pk + 100, Continuation.SAME) for pk in old]

    assert mapping_gaps(old_ids=old, pairs=pairs) == ()


def test_the_worked_example_of_the_rules_page() -> None:
    housing, vacancy, parks = 1, 2, 3
    living, green, play = 11, 12, 13
    split = [Pair(parks, green, Continuation.SPLIT), Pair(parks, play, Continuation.SPLIT)]
    told = [Pair(housing, living, Continuation.MERGED), Pair(vacancy, living, Continuation.MERGED), *split]
    untold = [Pair(housing, living, Continuation.MERGED), Pair(vacancy, living, Continuation.SAME), *split]

    assert mapping_gaps(old_ids=[housing, vacancy, parks], pairs=told) == ()
    assert len(mapping_gaps(old_ids=[housing, vacancy, parks], pairs=untold)) == 1
