"""Classes of maps, first on the worked example of the page."""

from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.classes import Classes, Interval, breaks
from dreiklang.monitoring.rules.values import ClassMethod
from dreiklang.monitoring.tests.documents import number, numbers, rows

amounts = st.decimals(min_value=-100, max_value=100, places=1)
computed = st.sampled_from([ClassMethod.EQUAL, ClassMethod.QUANTILE, ClassMethod.NATURAL])
series = st.lists(amounts, min_size=1, max_size=30)


def cut(values, method=ClassMethod.NATURAL, **more) -> Classes:
    found = breaks([Decimal(value) for value in values], method=method, **more)
    assert isinstance(found, Classes)
    return found


def squares(values) -> Decimal:
    mean = sum(values) / Decimal(len(values))
    return sum(((value - mean) ** 2 for value in values), Decimal(0))


def cost(values, found: Classes) -> Decimal:
    groups = [[v for v in values if found.class_of(v) == at] for at in range(len(found.counts))]
    return sum((squares(group) for group in groups if group), Decimal(0))


def best_cost(values, count) -> Decimal:
    """The smallest sum over every way to cut, tried out."""
    distinct = sorted(set(values))
    wanted = min(count, len(distinct))
    ways = []
    for cuts in combinations(distinct[1:], wanted - 1):
        ends = [distinct[0], *cuts, distinct[-1] + 1]
        groups = [[v for v in values if low <= v < high] for low, high in pairwise(ends)]
        ways.append(sum((squares(group) for group in groups), Decimal(0)))
    return min(ways)


@pytest.mark.parametrize("row", rows("map-classes", "Worked example"), ids=lambda row: row["case"])
def test_classes_are_as_on_the_page(row):
    method = ClassMethod(row["method"])
    edges = [None if not word.strip() else number(word.strip()) for word in row["ends"].split(",")]
    given_cuts = {"own": [edge for edge in edges if edge is not None]} if method is ClassMethod.OWN else {}

    found = cut(
        numbers(row["values"]),
        method,
        count=5 if row["count"] == "-" else int(row["count"]),
        decimals=None if row["decimals"] == "-" else int(row["decimals"]),
        around=None if row["around"] == "-" else number(row["around"]),
        **given_cuts,
    )

    assert list(found.edges) == edges
    assert list(found.counts) == numbers(row["values in each"])


def test_with_very_many_different_values_natural_classes_hold_as_many_each():
    few, many = (
        breaks([Decimal(at**2) for at in range(count)], method=ClassMethod.NATURAL) for count in (2000, 2001)
    )

    assert few.method is ClassMethod.NATURAL
    assert many.method is ClassMethod.QUANTILE
    assert max(many.counts) - min(many.counts) <= 1


def test_no_value_gives_no_classes():
    assert breaks([], method=ClassMethod.EQUAL) == Unknown("too_few_values")
    assert breaks([Unknown("suppressed")], method=ClassMethod.NATURAL) == Unknown("too_few_values")


def test_own_cuts_need_no_value():
    assert cut([], ClassMethod.OWN, own=[Decimal(1)]).counts == (0, 0)


def test_unknown_values_are_counted_and_have_no_class():
    values = [Decimal(1), Unknown("suppressed"), Decimal(2), Unknown("later")]
    found = breaks(values, method=ClassMethod.EQUAL)

    assert (found.left_out, sum(found.counts)) == (2, 2)
    assert found.class_of(Unknown("suppressed")) == Unknown("suppressed")


def test_value_on_a_cut_belongs_to_the_class_that_begins_there():
    found = cut([0, 10, 20, 30], ClassMethod.EQUAL, count=3)

    assert [found.class_of(Decimal(value)) for value in (0, 9, 10, 20, 30)] == [0, 0, 1, 2, 2]


def test_value_outside_has_no_class():
    found = cut([0, 30], ClassMethod.EQUAL, count=2)

    assert found.class_of(Decimal(31)) == Unknown("outside_classes")
    assert found.class_of(Decimal(-1)) == Unknown("outside_classes")


def test_own_classes_are_open_at_both_ends():
    found = cut([5, 60], ClassMethod.OWN, own=[Decimal(10), Decimal(20)])

    assert [found.class_of(Decimal(value)) for value in (-999, 10, 20, 999)] == [0, 1, 2, 2]
    assert found.intervals == (
        Interval(None, Decimal(10)),
        Interval(Decimal(10), Decimal(20)),
        Interval(Decimal(20), None),
    )


def test_only_the_last_interval_is_closed():
    assert [each.is_closed for each in cut([0, 10, 20], ClassMethod.EQUAL, count=2).intervals] == [
        False,
        True,
    ]


def test_single_value_is_one_closed_class():
    found = cut([7], ClassMethod.QUANTILE)

    assert found.intervals == (Interval(Decimal(7), Decimal(7), is_closed=True),)
    assert found.class_of(Decimal(7)) == 0


def test_rounding_never_moves_a_value_of_natural_classes():
    found = cut(["1.01", "1.02", "1.04", "9.99"], ClassMethod.NATURAL, count=3, decimals=1)

    assert list(found.counts) == [2, 1, 1]
    assert found.edges == (Decimal("1.0"), Decimal("1.04"), Decimal("9.9"), Decimal("10.0"))


@pytest.mark.parametrize("own", [[], [2, 1], [1, 1], ["NaN"]])
def test_own_cuts_that_do_not_rise_are_refused(own):
    with pytest.raises(ValueError):
        breaks([Decimal(1)], method=ClassMethod.OWN, own=[Decimal(each) for each in own])


@pytest.mark.parametrize("count", [0, -1])
def test_no_class_at_all_is_refused(count):
    with pytest.raises(ValueError):
        breaks([Decimal(1)], method=ClassMethod.EQUAL, count=count)


@pytest.mark.parametrize("bad", ["NaN", "Infinity"])
def test_value_that_is_no_number_is_refused(bad):
    with pytest.raises(ValueError):
        breaks([Decimal(1), Decimal(bad)], method=ClassMethod.EQUAL)


def test_two_sides_need_two_classes():
    with pytest.raises(ValueError):
        breaks([Decimal(-1), Decimal(1)], method=ClassMethod.EQUAL, count=1, around=Decimal(0))


def test_one_sided_balance_is_cut_as_usual():
    assert cut([1, 2, 3], ClassMethod.EQUAL, count=2, around=Decimal(0)).edges == (1, 2, 3)
    assert cut([0, 1, 2], ClassMethod.NATURAL, count=2, around=Decimal(0)).edges == (0, 1, 2)
    assert cut([-2, -1, 0], ClassMethod.NATURAL, count=2, around=Decimal(0)).edges == (-2, -1, 0)


def test_thousand_different_values_are_cut_exactly_into_their_groups():
    values = [at * 1000 + step for at in range(5) for step in range(240)]

    assert cut(values, count=5).edges == (0, 1000, 2000, 3000, 4000, 4239)


@given(st.lists(amounts, min_size=1, max_size=9), st.integers(1, 5))
def test_natural_classes_are_the_best_there_are(values, count):
    found = cut(values, count=count)

    assert abs(cost(values, found) - best_cost(values, count)) < Decimal("0.000001")


@given(series, computed, st.integers(1, 7))
def test_every_value_has_exactly_one_class_and_the_edges_rise(values, method, count):
    found = cut(values, method, count=count)
    places = [found.class_of(value) for value in values]

    assert tuple(places.count(at) for at in range(len(found.counts))) == found.counts
    assert sum(found.counts) == len(values)
    assert len(found.counts) == len(found.edges) - 1 <= min(count, len(set(values)))
    assert all(low < high for low, high in pairwise(found.edges[:-1]))
    assert (found.edges[0], found.edges[-1]) == (min(values), max(values))


@given(series, st.sampled_from([ClassMethod.QUANTILE, ClassMethod.NATURAL]), st.integers(1, 7))
def test_quantile_and_natural_classes_are_never_empty(values, method, count):
    assert min(cut(values, method, count=count).counts) > 0


@given(st.lists(amounts, min_size=1, max_size=30, unique=True), st.integers(1, 7))
def test_quantile_without_ties_parts_evenly(values, count):
    counts = cut(values, ClassMethod.QUANTILE, count=count).counts

    assert len(counts) == min(count, len(values))
    assert max(counts) - min(counts) <= 1


@given(series, computed, st.integers(2, 7), st.integers(0, 2))
def test_no_class_holds_both_gain_and_loss(values, method, count, decimals):
    found = cut(values, method, count=count, around=Decimal(0), decimals=decimals)

    assert sum(found.counts) == len(values)
    for loss in (value for value in values if value < 0):
        assert all(found.class_of(loss) != found.class_of(gain) for gain in values if gain >= 0)


@given(series, computed, st.integers(1, 7), st.integers(0, 2))
def test_rounded_classes_hold_every_value(values, method, count, decimals):
    found = cut(values, method, count=count, decimals=decimals)

    assert sum(found.counts) == len(values)
    if method is not ClassMethod.EQUAL:
        assert found.counts == cut(values, method, count=count).counts
