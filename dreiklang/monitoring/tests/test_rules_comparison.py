"""Places compared: order, city, similar districts, balance of two dates. First the tables of the page."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.comparison import Difference, against, balance, ranks, similar
from dreiklang.monitoring.rules.trend import Change
from dreiklang.monitoring.rules.values import Direction, Point
from dreiklang.monitoring.tests.documents import number, rows

amounts = st.decimals(min_value=-1000, max_value=1000, places=2)
places = st.dictionaries(st.integers(1, 50), amounts | st.just(Unknown("suppressed")), max_size=20)


def known(words: str) -> Decimal | Unknown:
    return Unknown("not_delivered") if words == "." else number(words)


def at(year: int, value: int | Unknown) -> Point:
    amount = value if isinstance(value, Unknown) else Decimal(value)
    return Point(ends_on=date(year, 12, 31), value=amount, starts_on=date(year, 12, 31))


@pytest.mark.parametrize("row", rows("comparing-places", "Places in the order"), ids=lambda r: r["direction"])
def test_places_are_as_on_the_page(row):
    values = {place: known(word.strip()) for place, word in enumerate(row["values"].split(","))}

    found = ranks(values, direction=Direction(row["direction"]))

    told = [str(found[place].place) if place in found else "." for place in values]
    assert ", ".join(told) == row["places"]
    assert {(str(rank.of), str(rank.unknown)) for rank in found.values()} == {(row["of"], row["unknown"])}


@pytest.mark.parametrize("row", rows("comparing-places", "A place against the city"), ids=lambda r: r["side"])
def test_difference_to_the_city_is_as_on_the_page(row):
    found = against(number(row["value"]), city=number(row["city"]), is_share=row["share"] == "yes")

    assert isinstance(found, Difference)
    assert (found.absolute, found.side) == (number(row["difference"]), row["side"])
    assert found.is_points is (row["share"] == "yes")
    if isinstance(found.percent, Unknown):
        assert found.percent.reason == row["per cent"]
    else:
        assert round(found.percent, 1) == number(row["per cent"])


def test_distances_of_districts_are_as_on_the_page():
    table = rows("comparing-places", "Similar districts")
    features = {int(row["district"]): [known(row[name]) for name in "abc"] for row in table}

    found = similar(1, features, names=("a", "b", "c"))

    assert {str(each.region): f"{each.distance:.2f}" for each in found} == {
        row["district"]: row["distance"] for row in table if row["distance"] != "-"
    }
    assert [each.region for each in found] == [2, 3, 4]
    assert found[0].features == ("a", "b", "c")


def test_ties_are_told():
    found = ranks({1: Decimal(5), 2: Decimal(5), 3: Decimal(1)}, direction=Direction.MORE)

    assert [found[place].is_tied for place in (1, 2, 3)] == [True, True, False]


@pytest.mark.parametrize(
    ("direction", "judged"),
    [(Direction.MORE, True), (Direction.LESS, True), (Direction.RANGE, False), (Direction.NONE, False)],
)
def test_order_without_a_direction_is_no_judgement(direction, judged):
    assert ranks({1: Decimal(1)}, direction=direction)[1].is_judged is judged


@given(places, st.sampled_from(list(Direction)))
def test_place_is_one_more_than_the_number_of_better_ones(values, direction):
    found = ranks(values, direction=direction)
    numbers = {key: value for key, value in values.items() if not isinstance(value, Unknown)}

    assert set(found) == set(numbers)
    for key, rank in found.items():
        less = direction is Direction.LESS
        better = [one for one in numbers.values() if (one < numbers[key] if less else one > numbers[key])]
        assert rank.place == len(better) + 1
        assert rank.of + rank.unknown == len(values)


def test_unknown_value_or_city_is_told_as_such():
    assert against(Unknown("suppressed"), city=Decimal(1)) == Unknown("suppressed")
    assert against(Decimal(1), city=Unknown("later")) == Unknown("later")


def test_difference_without_a_true_zero_has_no_percentage():
    assert against(Decimal(9), city=Decimal(8), has_zero=False).percent == Unknown("not_applicable")


def test_below_a_deficit_has_no_percentage():
    assert against(Decimal(-9), city=Decimal(-8)).percent == Unknown("not_applicable")


def test_district_with_too_few_known_features_is_compared_with_nobody():
    features = {1: [Decimal(1), Unknown("later"), Unknown("later")], 2: [Decimal(n) for n in (1, 2, 3)]}

    assert similar(1, features, names=("a", "b", "c")) == Unknown("too_few_values")


def test_feature_that_is_the_same_everywhere_tells_nothing():
    features = {n: [Decimal(7), Decimal(n), Decimal(n), Decimal(n)] for n in range(1, 4)}

    assert similar(1, features, names=("same", "a", "b", "c"))[0].features == ("a", "b", "c")


def test_features_the_same_everywhere_are_no_base_for_a_comparison():
    features = {n: [Decimal(7)] * 3 for n in range(1, 4)}

    assert similar(1, features, names=("a", "b", "c")) == Unknown("too_few_values")


def test_half_of_many_features_has_to_be_known_of_both():
    full = [Decimal(n) for n in range(8)]
    gaps = [Decimal(n) if n < 3 else Unknown("suppressed") for n in range(8)]
    features = {1: full, 2: [value + 1 for value in full], 3: gaps}

    found = similar(1, features, names=tuple("abcdefgh"))

    assert [each.region for each in found] == [2]


def test_only_so_many_neighbours_and_the_smaller_number_first_on_a_tie():
    features = {n: [Decimal(n % 2), Decimal(n % 2), Decimal(n % 2)] for n in range(1, 12)}

    found = similar(5, features, names=("a", "b", "c"), most=3)

    assert [each.region for each in found] == [1, 3, 7]


def test_stranger_district_is_refused():
    with pytest.raises(KeyError):
        similar(9, {1: [Decimal(1)]}, names=("a",))


def test_features_of_different_number_are_refused():
    with pytest.raises(ValueError):
        similar(1, {1: [Decimal(1)], 2: [Decimal(1), Decimal(2)]}, names=("a",))


@given(st.lists(st.tuples(amounts, amounts, amounts), min_size=3, max_size=8))
def test_distance_goes_both_ways_and_does_not_depend_on_the_unit(districts):
    features = dict(enumerate(districts))
    metres = {key: [value * 1000 for value in values] for key, values in features.items()}
    one, other, scaled = (
        similar(start, table, names=("a", "b", "c"), most=10)
        for start, table in ((0, features), (1, features), (0, metres))
    )
    if isinstance(one, Unknown):
        assert (other, scaled) == (one, one)
        return
    there = {each.region: each.distance for each in one}
    back = {each.region: each.distance for each in other}

    assert abs(there[1] - back[0]) < Decimal("1e-9")
    assert all(abs(there[each.region] - each.distance) < Decimal("1e-9") for each in scaled)


def test_balance_names_what_is_missing_on_either_side():
    before = {1: at(2020, 10), 2: at(2020, Unknown("suppressed")), 3: at(2020, 5)}
    after = {1: at(2024, 12), 2: at(2024, 3), 4: at(2024, 9)}

    found = balance(before, after)

    assert isinstance(found[1], Change)
    assert (found[1].absolute, found[1].percent) == (2, 20)
    assert found[2] == Unknown("suppressed")
    assert found[3] == found[4] == Unknown("not_delivered")
    assert list(found) == [1, 2, 3, 4]


def test_balance_over_a_break_is_none():
    found = balance({1: at(2020, 10)}, {1: at(2024, 12)}, breaks={1: [date(2022, 1, 1)]})

    assert found == {1: Unknown("break_between")}


@given(st.dictionaries(st.integers(1, 20), st.integers(0, 1000), min_size=1))
def test_balance_of_a_date_with_itself_is_nothing(values):
    points = {key: at(2024, value) for key, value in values.items()}

    assert {change.absolute for change in balance(points, points).values()} == {0}
