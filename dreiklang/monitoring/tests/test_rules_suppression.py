"""Small counts: the worked example of docs/rules/suppression.md, and its edges."""

from decimal import Decimal

import pytest

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.suppression import (
    CannotSuppress,
    Cell,
    Leak,
    Line,
    audit,
    interval,
    shown,
    suppress,
)
from dreiklang.monitoring.rules.values import ReleaseState

from .documents import rows
from .small_tables import PARTNER, RELEASED, SMALL, attacked, cells_of, cube, filled, hidden_in

WORDS = {"small": SMALL, "partner": PARTNER}


def by_cell(heading):
    return {
        f"{row['area']}·{column}": row[column]
        for row in rows("suppression", heading)
        for column in ("women", "men", "together")
    }


EXAMPLE = by_cell("The counts")
EXAMPLE_LINES = [
    *(Line(area, (f"{area}·women", f"{area}·men"), f"{area}·together") for area in ("A", "B", "city")),
    *(
        Line(column, (f"A·{column}", f"B·{column}"), f"city·{column}")
        for column in ("women", "men", "together")
    ),
]


def test_the_page_shows_what_is_hidden():
    states = suppress(cells_of(EXAMPLE), EXAMPLE_LINES, below=5)

    assert states == {key: WORDS.get(words, RELEASED) for key, words in by_cell("What is shown").items()}
    assert audit(cells_of(EXAMPLE), EXAMPLE_LINES, states, below=5) == ()


def test_the_page_shows_what_can_be_worked_out():
    states = suppress(cells_of(EXAMPLE), EXAMPLE_LINES, below=5)

    for row in rows("suppression", "What can be worked out"):
        low, high = interval(cells_of(EXAMPLE), EXAMPLE_LINES, states, key=row["cell"])
        assert (low, high) == (int(row["from"]), int(row["to"]))


def test_one_line_alone_gives_the_small_count_away_by_the_other():
    states = dict.fromkeys(EXAMPLE, RELEASED) | {"A·women": SMALL, "A·men": PARTNER}

    leaks = audit(cells_of(EXAMPLE), EXAMPLE_LINES, states, below=5)

    assert leaks == (Leak("A·men", 12, 12), Leak("A·women", 3, 3))


def bridged():
    written = rows("suppression", "Why single lines are not enough")
    text = {f"{row['row']}.{column}": row[column] for row in written for column in "1234"}
    inner = {key: int(words.rstrip("?*")) for key, words in text.items()}
    hidden = {
        key: SMALL if words.endswith("*") else PARTNER for key, words in text.items() if not words.isdigit()
    }
    lines = [
        *(Line(f"row {r}", tuple(f"{r}.{c}" for c in "1234"), f"{r}.all") for r in "1234"),
        *(Line(f"column {c}", tuple(f"{r}.{c}" for r in "1234"), f"all.{c}") for c in "1234"),
    ]
    counts = inner | {line.total: sum(inner[key] for key in line.parts) for line in lines}
    return counts, lines, hidden


def test_a_cell_between_two_blocks_is_found_through_several_lines():
    counts, lines, hidden = bridged()
    states = dict.fromkeys(counts, RELEASED) | hidden

    assert all(len(hidden.keys() & set(line.parts)) >= 2 for line in lines)
    assert audit(cells_of(counts), lines, states, below=5) == (Leak("1.3", 2, 2),)
    assert attacked(counts, lines, states)["1.3"] == (2, 2)


def test_two_small_counts_in_one_ring_need_a_partner_outside_of_it():
    # Every line has two hidden cells, but what one loses the next gains: together they move only from 0 to 3.
    inner, lines = cube(3, 4)
    counts = filled(inner, lines, [1, 28, 58, 0, 58, 13, 2, 25, 32, 23, 54, 23])
    ring = {"a0.b0", "a0.b1", "a1.b1", "a1.b2", "a2.b2", "a2.b0"}
    states = dict.fromkeys(counts, RELEASED) | dict.fromkeys(ring, PARTNER)

    leaks = audit(cells_of(counts), lines, states, below=5)

    assert {leak.key for leak in leaks} == ring
    assert {leak.high - leak.low for leak in leaks} == {3}
    assert hidden_in(suppress(cells_of(counts), lines, below=5)) == ring | {"a0.b2", "a2.b1"}


@pytest.mark.parametrize(("zero_is_small", "state"), [(False, RELEASED), (True, SMALL)])
def test_nobody_is_no_small_count_unless_the_indicator_says_so(zero_is_small, state):
    assert suppress([Cell("a", Decimal(0))], [], below=5, zero_is_small=zero_is_small) == {"a": state}


@pytest.mark.parametrize(("count", "state"), [(0, RELEASED), (1, SMALL), (4, SMALL), (5, RELEASED)])
def test_small_is_from_one_to_one_below_the_threshold(count, state):
    assert suppress([Cell("a", Decimal(count))], [], below=5) == {"a": state}


def test_the_smallest_other_part_is_taken_and_zero_only_at_last():
    line = Line("l", ("a", "b", "c", "d"), "t")
    counts = {"a": 3, "b": 0, "c": 40, "d": 9, "t": 52}

    assert hidden_in(suppress(cells_of(counts), [line], below=5)) == {"a", "d"}


def test_the_total_is_hidden_where_no_other_part_is_left():
    counts = {"a": 3, "b": Unknown("not_delivered"), "t": 20}

    states = suppress(cells_of(counts), [Line("l", ("a", "b"), "t")], below=5)

    assert states == {"a": SMALL, "b": RELEASED, "t": PARTNER}


def test_parts_that_are_small_together_get_another_one():
    counts = {"a": 1, "b": 2, "c": 30, "d": 20, "t": 53}

    assert hidden_in(suppress(cells_of(counts), [Line("l", ("a", "b", "c", "d"), "t")], below=5)) == {
        "a",
        "b",
        "d",
    }


def test_a_line_without_a_total_binds_nothing():
    counts = {"a": 3, "b": 12}

    assert hidden_in(suppress(cells_of(counts), [Line("l", ("a", "b"), None)], below=5)) == {"a"}


def test_a_total_that_is_not_exactly_the_sum_protects_all_the_same():
    counts = {"a": 3, "b": 12, "t": 14}

    states = suppress(cells_of(counts), [Line("l", ("a", "b"), "t")], below=5)

    assert hidden_in(states) == {"a", "b"}


def test_what_the_lines_themselves_fix_is_named_by_the_audit():
    counts = {"a": 7, "b": 3, "t": 7}
    lines = [Line("one", ("a",), "t"), Line("two", ("a", "b"), "t")]

    states = suppress(cells_of(counts), lines, below=5)

    assert hidden_in(states) == {"a", "b", "t"}
    assert audit(cells_of(counts), lines, states, below=5) == (Leak("b", 3, 3),)


@pytest.mark.parametrize(
    ("counts", "lines", "below", "code", "key"),
    [
        ({"a": "1.5"}, [], 5, "not_a_count", "a"),
        ({"a": "-1"}, [], 5, "not_a_count", "a"),
        ({"a": "NaN"}, [], 5, "not_a_count", "a"),
        ({"a": 1, "t": 1}, [Line("l", ("a", "a"), "t")], 5, "part_twice", "l"),
        ({"a": 1, "t": 1}, [Line("l", ("a", "t"), "t")], 5, "line_in_itself", "l"),
        ({"a": 1}, [], 1, "threshold", "1"),
    ],
)
def test_what_is_no_table_of_counts_is_refused_by_name(counts, lines, below, code, key):
    with pytest.raises(CannotSuppress) as refused:
        suppress(cells_of(counts), lines, below=below)

    assert (refused.value.code, refused.value.key) == (code, key)


def test_a_cell_that_stands_twice_is_refused():
    with pytest.raises(CannotSuppress) as refused:
        suppress([Cell("a", Decimal(1)), Cell("a", Decimal(2))], [], below=5)

    assert refused.value.code == "cell_twice"


def test_an_interval_is_only_told_of_hidden_cells():
    with pytest.raises(KeyError):
        interval([Cell("a", Decimal(7))], [], {"a": RELEASED}, key="a")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (RELEASED, Decimal(3)),
        (SMALL, Unknown("suppressed")),
        (PARTNER, Unknown("suppressed")),
        (ReleaseState.WAITING, Unknown("not_released")),
        (ReleaseState.WITHDRAWN, Unknown("not_released")),
    ],
)
def test_only_what_is_released_is_shown(state, expected):
    assert shown(Decimal(3), state) == expected
