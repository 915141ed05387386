"""Doubts about a delivered value: they ask a person to look, and only a future actual value is an error."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.plausible import Doubt, DoubtCode, are_calm, doubts, total_doubt
from dreiklang.monitoring.rules.values import Point, ValueKind

TODAY = date(2026, 11, 23)
NOT_KNOWN = Unknown("not_delivered")


def year(number: int, value, **more) -> Point:
    known = value if isinstance(value, Unknown) else Decimal(value)
    return Point(ends_on=date(number, 12, 31), value=known, starts_on=date(number, 1, 1), **more)


def series(*values) -> list[Point]:
    return [year(2020 + at, value) for at, value in enumerate(values)]


def codes(new: Point, points, **more) -> list[str]:
    return [doubt.code.value for doubt in doubts(new, series=points, today=TODAY, **more)]


@pytest.mark.parametrize(
    ("before", "new", "found"),
    [
        ([245, 246, 247], "246.5", []),
        ([245, 246, 247], 246_500, ["perhaps_thousandfold"]),
        ([245_000, 246_000, 247_000], "246.5", ["perhaps_thousandfold"]),
        ([245], 246_500, ["perhaps_thousandfold"]),
        ([-245, -246], -246_000, ["perhaps_thousandfold"]),
        ([245, 246, 247], -246_000, ["perhaps_thousandfold"]),
        ([10, 11, 10, 11], 30, ["jump"]),
        ([10, 11, 10, 11], 14, []),
        ([10, 20, 8, 21], 60, []),
        ([5, 5, 5, 5], 6, []),
        ([5, 5, 5, 5], 9, ["jump"]),
        ([100, 200], 900, []),
        ([3, 4, 5, 4], -4, ["jump", "sign_flip"]),
        ([3, -4, 5], -4, []),
        ([3, 4], -4, []),
        ([3, 4, 5, 0], 0, []),
        ([0, 0, 0, 0], 5, ["jump"]),
        ([], 5, []),
        ([NOT_KNOWN, NOT_KNOWN], 5, []),
    ],
)
def test_doubts_of_a_new_year(before, new, found):
    assert codes(year(2025, new), series(*before)) == found


@pytest.mark.parametrize(
    ("value", "top", "found"),
    [
        ("45.4", 100, []),
        ("100", 100, []),
        ("100.1", 100, ["off_scale"]),
        ("-0.1", 100, ["off_scale"]),
        ("1.2", 1, ["off_scale"]),
        ("9999", None, []),
    ],
)
def test_share_lies_on_its_scale(value, top, found):
    assert codes(year(2025, value), [], scale_top=None if top is None else Decimal(top)) == found


def test_share_given_as_a_part_of_one_is_told():
    found = codes(year(2025, "0.454"), series("45.1", "45.2", "45.3", "45.4"), scale_top=Decimal(100))

    assert found == ["perhaps_hundredfold"]


def test_value_of_no_share_a_hundred_times_as_large_is_a_jump():
    assert codes(year(2025, 4540), series("45.1", "45.2", "45.3", "45.4")) == ["jump"]


def test_actual_value_of_the_future_is_an_error():
    found = doubts(year(2026, 5), series=[], today=TODAY)

    assert found == (Doubt(DoubtCode.FUTURE_ACTUAL, Decimal(5), None),)
    assert found[0].is_error


@pytest.mark.parametrize("kind", [ValueKind.FORECAST, ValueKind.ESTIMATE, ValueKind.TARGET])
def test_only_an_actual_value_may_not_lie_in_the_future(kind):
    assert codes(year(2026, 5, kind=kind), []) == []


def test_period_that_ends_today_is_no_future():
    point = Point(ends_on=TODAY, value=Decimal(5), starts_on=TODAY)

    assert codes(point, []) == []


def test_sign_of_the_future_is_an_error_too():
    assert codes(year(2026, NOT_KNOWN), []) == ["future_actual"]


def test_sign_raises_no_other_doubt():
    assert codes(year(2025, NOT_KNOWN), series(1, 2, 3, 4), scale_top=Decimal(100)) == []


def test_doubt_tells_what_it_was_set_beside():
    (found,) = doubts(year(2025, 246_500), series=series(245, 246, 250), today=TODAY)

    assert (found.value, found.beside, found.is_error) == (246_500, 246, False)


def test_value_is_set_beside_its_neighbours_and_not_beside_itself():
    points = [year(1990 + at, 10) for at in range(5)] + [year(2020 + at, 5000 + at) for at in range(5)]

    assert codes(year(1992, 10), points) == []
    assert codes(year(2022, 5002), points) == []


def test_steps_are_those_of_the_years_also_in_the_middle_of_a_series():
    points = [year(2020 + at, at * 100) for at in range(10)]

    assert codes(year(2025, 1600), points) == ["jump"]
    assert codes(year(2025, 800), points) == []


def test_forecasts_and_targets_are_nothing_to_be_set_beside():
    points = [year(2020 + at, 10_000, kind=ValueKind.FORECAST) for at in range(5)]

    assert codes(year(2025, 10), points) == []


def test_sum_that_differs_from_its_parts_is_told():
    found = total_doubt(Decimal(100), [Decimal(40), Decimal(50)], decimals=0)

    assert found == Doubt(DoubtCode.TOTAL_DIFFERS, Decimal(100), Decimal(90))


def test_sum_may_differ_by_rounding():
    parts = [Decimal("33.3")] * 3

    assert total_doubt(Decimal(100), parts, decimals=1) is None
    assert total_doubt(Decimal(100), parts, decimals=2) is not None


def test_sum_of_unknown_parts_tells_nothing():
    assert total_doubt(Decimal(100), [Decimal(40), Unknown("suppressed")], decimals=0) is None
    assert total_doubt(Decimal(100), [], decimals=0) is None


@given(st.lists(st.integers(1, 10_000), min_size=4, max_size=8), st.integers(1, 1000))
def test_doubts_do_not_depend_on_the_unit(values, factor):
    *before, new = values
    larger = [value * factor for value in before]

    assert codes(year(2030, new * factor), series(*larger)) == codes(year(2030, new), series(*before))


@given(st.lists(st.decimals(1, 1000, places=2), min_size=1, max_size=6), st.integers(0, 5))
def test_value_of_the_series_itself_is_never_a_thousandfold(values, at):
    if max(values) >= 300 * min(values):
        return
    new = values[min(at, len(values) - 1)]

    assert "perhaps_thousandfold" not in codes(year(2025, new), series(*values))


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=9), st.integers(0, 3))
def test_rounded_parts_never_raise_a_doubt(values, decimals):
    exact = [Decimal(value) / 7 for value in values]
    unit = Decimal(1).scaleb(-decimals)

    assert (
        total_doubt(sum(exact).quantize(unit), [e.quantize(unit) for e in exact], decimals=decimals) is None
    )


@pytest.mark.parametrize(
    ("values", "scale_top", "calm"),
    [
        ([], None, True),
        ([245, 246, NOT_KNOWN], None, True),
        ([100, 125], None, True),
        ([100, 126], None, False),
        ([0, 0], None, True),
        ([-5, 5], None, False),
        ([99, 101], 100, False),
    ],
)
def test_a_series_is_calm_where_all_values_lie_near_each_other(values, scale_top, calm) -> None:
    known = [value if isinstance(value, Unknown) else Decimal(value) for value in values]

    assert are_calm(known, scale_top=scale_top and Decimal(scale_top)) is calm


@given(st.lists(st.integers(-130, 130).map(Decimal), min_size=1, max_size=8))
def test_nothing_is_doubted_in_a_calm_series(values) -> None:
    points = series(*values)

    if are_calm(values, scale_top=Decimal(100)):
        for point in points:
            assert codes(point, points, scale_top=Decimal(100)) == []
