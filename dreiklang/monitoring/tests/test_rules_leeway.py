"""How far hidden counts can move: every way that is told can be gone, also where corners are not whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dreiklang.monitoring.rules.leeway import Leeway, Reached

KEYS = "abcdefg"
bound_lines = st.lists(
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from([1, -1]), min_size=1, max_size=5), max_size=5
)
counted = st.fixed_dictionaries({key: st.integers(0, 9) for key in KEYS})


@settings(max_examples=300, deadline=None)
@given(counted, bound_lines, st.sampled_from(KEYS), st.booleans(), st.none() | st.integers(1, 30))
def test_what_is_told_can_be_gone_in_whole_steps(counts, lines, key, upwards, most):
    reached = Leeway(counts, lines).reach(key, upwards=upwards, most=most)

    moves = reached.moves
    assert all(counts[name] + moves.get(name, 0) >= 0 for name in counts)
    assert all(sum(weight * moves.get(name, 0) for name, weight in line.items()) == 0 for line in lines)
    if reached.distance is not None:
        assert moves.get(key, 0) == (reached.distance if upwards else -reached.distance)


@settings(max_examples=100, deadline=None)
@given(counted, bound_lines)
def test_asking_twice_gives_the_same_however_the_table_stands(counts, lines):
    leeway = Leeway(counts, lines)
    first = [leeway.reach(key, upwards=True, most=None).distance for key in KEYS]

    # From corners that are not whole the way may be seen or not; without them it is always the same.
    again = [leeway.reach(key, upwards=True, most=None).distance for key in KEYS]

    assert [way is None for way in first] == [way is None for way in again]


def test_a_count_that_nothing_binds_goes_down_to_nobody_and_up_for_ever():
    leeway = Leeway({"a": 3}, [])

    assert leeway.reach("a", upwards=False) == Reached(3, {"a": -3})
    assert leeway.reach("a", upwards=True) == Reached(None, {})


def test_the_search_ends_where_it_was_told_to():
    assert Leeway({"a": 3}, []).reach("a", upwards=True, most=5) == Reached(5, {"a": 5})


def test_a_count_alone_in_its_line_cannot_move():
    assert Leeway({"a": 3, "b": 9}, [{"a": 1}]).reach("a", upwards=True) == Reached(0, {})


def test_partners_move_the_other_way_as_far_as_they_can():
    leeway = Leeway({"a": 3, "b": 9}, [{"a": 1, "b": 1}])

    assert leeway.reach("a", upwards=True) == Reached(9, {"a": 9, "b": -9})
    assert leeway.reach("a", upwards=False) == Reached(3, {"a": -3, "b": 3})


def test_three_counts_bound_in_a_triangle_cannot_move():
    triangle = [{"a": 1, "b": 1}, {"b": 1, "c": 1}, {"a": 1, "c": 1}]
    leeway = Leeway({"a": 3, "b": 9, "c": 5}, triangle)

    assert [leeway.reach(key, upwards=True).distance for key in "abc"] == [0, 0, 0]


def test_only_whole_persons_count():
    # b = c and a = b + c: with three in a the two others would have to be one and a half.
    leeway = Leeway({"a": 3, "b": 9, "c": 9}, [{"a": 1, "b": 1, "c": 1}, {"b": 1, "c": -1}])

    assert leeway.reach("a", upwards=False) == Reached(2, {"a": -2, "b": 1, "c": 1})
