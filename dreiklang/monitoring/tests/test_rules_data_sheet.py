from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, box
from shapely.geometry import Point as Place

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.data_sheet import Part, estimated, parts_of, rederived
from dreiklang.monitoring.rules.formulas import InputRef, checked
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import Point

WEST, EAST = 1, 2
DISTRICTS = {WEST: box(13.0, 51.0, 13.01, 51.01), EAST: box(13.01, 51.0, 13.02, 51.01)}
DAY = date(2024, 12, 31)
UNITS = shipped_units().by_code


def value(number: str | Unknown, day: date = DAY) -> Point:
    return Point(day, number if isinstance(number, Unknown) else Decimal(number), day)


def test_an_area_across_two_districts_has_a_part_of_each() -> None:
    found = parts_of(box(13.005, 51.0, 13.015, 51.01), DISTRICTS)

    assert {one.key for one in found} == {WEST, EAST}
    assert all(abs(one.share - Decimal("0.5")) < Decimal("0.001") for one in found)
    assert all(abs(one.covers - Decimal("0.5")) < Decimal("0.001") for one in found)


def test_a_touching_border_is_no_part() -> None:
    assert [one.key for one in parts_of(DISTRICTS[WEST], DISTRICTS)] == [WEST]


def test_lines_and_points_count_with_the_width_of_what_they_stand_for() -> None:
    street = parts_of(LineString([(13.001, 51.005), (13.019, 51.005)]), DISTRICTS)

    assert [one.key for one in street] in ([WEST, EAST], [EAST, WEST])
    assert parts_of(Place(13.005, 51.005), DISTRICTS)[0].covers == 1


def test_far_away_and_without_districts_there_is_no_part() -> None:
    assert parts_of(box(10.0, 50.0, 10.1, 50.1), DISTRICTS) == ()
    assert parts_of(box(13.0, 51.0, 13.1, 51.1), {}) == ()


HALVES = (Part(WEST, Decimal("0.5"), Decimal("0.4")), Part(EAST, Decimal("0.5"), Decimal("0.6")))


def test_counts_are_added_by_their_parts_and_marked() -> None:
    found = estimated(HALVES, {WEST: [value("1000")], EAST: [value("2000")]}, is_additive=True)

    assert found.points[-1].value == 1500
    assert found.estimates[DAY].is_estimate


def test_a_hidden_district_hides_the_sum_and_names_how_much_is_known() -> None:
    found = estimated(HALVES, {WEST: [value("1000")], EAST: [value(Unknown("suppressed"))]}, is_additive=True)

    assert found.points[-1].value == Unknown("input_unknown", "suppressed")
    assert found.estimates[DAY].covered_share == Decimal("0.4")


def test_a_rate_is_never_spread() -> None:
    found = estimated(HALVES, {WEST: [value("10")], EAST: [value("20")]}, is_additive=False)

    assert found.points[-1].value == Unknown("not_a_count")


def test_the_rate_of_one_whole_district_is_its_own() -> None:
    whole = (Part(WEST, Decimal(1), Decimal(1)),)

    found = estimated(whole, {WEST: [value("10")]}, is_additive=False)

    assert found.points[-1].value == 10
    assert not found.estimates[DAY].is_estimate


def rate():
    formula = checked(
        "share([faelle], [einwohner])",
        units={"faelle": UNITS["personen"], "einwohner": UNITS["personen"]},
        declared=UNITS["prozent"],
    )
    return formula, InputRef("faelle", ""), InputRef("einwohner", "")


def test_a_rate_is_reckoned_again_from_the_counts_never_averaged() -> None:
    formula, cases, people = rate()
    lines = {
        cases: estimated(HALVES, {WEST: [value("100")], EAST: [value("20")]}, is_additive=True),
        people: estimated(HALVES, {WEST: [value("1000")], EAST: [value("3000")]}, is_additive=True),
    }

    found = rederived(formula, lines)

    # 60 of 2,000; the mean of 10 % and 0.67 % would be 5.3 %.
    assert found.points[-1].value == 3
    assert found.estimates[DAY].is_estimate


def test_without_all_its_counts_a_rate_has_no_line() -> None:
    formula, cases, _people = rate()

    assert rederived(formula, {cases: estimated(HALVES, {}, is_additive=True)}).points == ()


@given(west=st.floats(13.0001, 13.009), east=st.floats(13.0101, 13.0199), top=st.floats(51.001, 51.0099))
def test_the_parts_fill_an_area_inside_the_city(west: float, east: float, top: float) -> None:
    found = parts_of(box(west, 51.0, east, top), DISTRICTS)

    assert sum(one.covers for one in found) == pytest.approx(Decimal(1), abs=Decimal("0.006"))
