"""Small counts in tables of every shape: no attacker learns them, and nothing is hidden without need."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dreiklang.monitoring.rules.suppression import audit, interval, suppress

from .small_tables import PARTNER, RELEASED, SMALL, attacked, attacker_of, cells_of, deep, flat, hidden_in


@settings(max_examples=150, deadline=None)
@given(st.one_of(flat, deep), st.integers(2, 7), st.booleans())
def test_no_attacker_learns_a_hidden_count(table, below, zero_is_small):
    counts, lines = table

    states = suppress(cells_of(counts), lines, below=below, zero_is_small=zero_is_small)

    assert audit(cells_of(counts), lines, states, below=below) == ()
    attacker = attacker_of(counts, lines, states)
    for key in hidden_in(states):
        assert attacker.is_left_with(key, true=counts[key], by=below), key


@settings(max_examples=100, deadline=None)
@given(flat, st.data())
def test_the_audit_is_exact_in_two_dimensions(table, data):
    counts, lines = table
    hidden = data.draw(st.sets(st.sampled_from([key for key in counts if "*" not in key])))
    states = dict.fromkeys(counts, RELEASED) | dict.fromkeys(hidden, PARTNER)

    worked_out = attacked(counts, lines, states)

    for key in hidden:
        assert interval(cells_of(counts), lines, states, key=key) == worked_out[key]
    narrow = {key for key, (low, high) in worked_out.items() if high - low < 5}
    assert {leak.key for leak in audit(cells_of(counts), lines, states, below=5)} == narrow


@settings(max_examples=80, deadline=None)
@given(deep, st.data())
def test_the_audit_never_misses_a_leak_in_three_dimensions(table, data):
    counts, lines = table
    hidden = data.draw(st.sets(st.sampled_from(sorted(counts)), max_size=9))
    states = dict.fromkeys(counts, RELEASED) | dict.fromkeys(hidden, PARTNER)

    narrow = {key for key, (low, high) in attacked(counts, lines, states).items() if high - low < 5}

    assert narrow <= {leak.key for leak in audit(cells_of(counts), lines, states, below=5)}


@settings(deadline=None)
@given(st.one_of(flat, deep), st.randoms(use_true_random=False))
def test_the_order_of_cells_and_lines_does_not_matter(table, random):
    counts, lines = table
    mixed_cells, mixed_lines = cells_of(counts), list(lines)
    random.shuffle(mixed_cells)
    random.shuffle(mixed_lines)

    assert suppress(mixed_cells, mixed_lines, below=5) == suppress(cells_of(counts), lines, below=5)


@settings(deadline=None)
@given(st.one_of(flat, deep))
def test_small_is_hidden_and_nothing_where_nothing_is_small(table):
    counts, lines = table

    states = suppress(cells_of(counts), lines, below=5)

    assert {key for key, state in states.items() if state is SMALL} == {
        k for k, n in counts.items() if 1 <= n <= 4
    }
    assert hidden_in(states) == set() or SMALL in states.values()


@settings(deadline=None)
@given(st.one_of(flat, deep))
def test_a_total_is_hidden_with_others_only_where_a_line_has_no_other_part(table):
    counts, lines = table
    totals = {line.total for line in lines}

    states = suppress(cells_of(counts), lines, below=5)

    hidden = hidden_in(states)
    for total in totals & {key for key, state in states.items() if state is PARTNER}:
        around = [line for line in lines if total in {*line.parts, line.total}]
        assert any(set(line.parts) - totals <= hidden for line in around)
