"""The trend of a series and the change between two values, first on the worked examples of the page."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.trend import Change, Trend, change, trend
from dreiklang.monitoring.rules.values import Direction, Meaning, Point, TrendCode, ValueKind
from dreiklang.monitoring.tests.documents import day, number, rows

amounts = st.decimals(min_value=-1000, max_value=1000, places=2)


def year(number: int, value: str | int | Decimal | Unknown, **more) -> Point:
    known = value if isinstance(value, Unknown) else Decimal(value)
    return Point(ends_on=date(number, 12, 31), value=known, starts_on=date(number, 1, 1), **more)


def on(words: str, value: str | int) -> Point:
    return Point(ends_on=day(words), value=Decimal(value), starts_on=day(words))


def month(year: int, number: int, value: str | int) -> Point:
    starts = date(year, number, 1)
    ends = date(year + number // 12, number % 12 + 1, 1).toordinal() - 1
    return Point(ends_on=date.fromordinal(ends), value=Decimal(value), starts_on=starts)


def written(words: str) -> list[Point]:
    """ "2020 47.2, 2021 ., 2025 F 60" as the page writes a series."""
    points = []
    for part in words.split(","):
        number, *kind, value = part.split()
        points.append(
            year(
                int(number),
                Unknown("not_delivered") if value == "." else value,
                kind=ValueKind.FORECAST if kind else ValueKind.ACTUAL,
            )
        )
    return points


def falling(points, **more) -> Trend | Unknown:
    return trend(points, **{"breaks": (), "direction": Direction.LESS} | more)


def slope(points, **more) -> Decimal:
    found = falling(points, **more)
    assert isinstance(found, Trend)
    return found.per_year


@pytest.mark.parametrize("row", rows("trend", "Worked example"), ids=lambda row: row["case"])
def test_trend_is_as_on_the_page(row):
    found = falling(
        written(row["values"]),
        breaks=[] if row["breaks"] == "-" else [day(row["breaks"])],
        steady_below=None if row["steady below"] == "-" else number(row["steady below"]),
    )

    if isinstance(found, Unknown):
        assert found == Unknown(row["trend"])
        return
    assert (found.code.value, found.meaning.value) == (row["trend"], row["meaning"])
    assert found.per_year == number(row["per year"])
    assert str(found.used) == row["used"]
    left_out = ", ".join(f"{out.point.ends_on.year} {out.reason}" for out in found.left_out)
    assert left_out == row["left out"].replace("-", "")
    if row["agreeing"] != "-":
        assert f"{found.agreeing} of {found.pairs}" == row["agreeing"]


@pytest.mark.parametrize("row", rows("trend", "Change between two values"), ids=lambda row: row["later"])
def test_change_is_as_on_the_page(row):
    earlier, later = year(2023, number(row["earlier"])), year(2024, number(row["later"]))

    found = change(earlier, later, is_share=row["share"] == "yes")

    assert isinstance(found, Change)
    assert found.absolute == number(row["change"])
    assert found.is_points is (row["percentage points"] == "yes")
    if isinstance(found.percent, Unknown):
        assert found.percent.reason == row["per cent"]
    else:
        assert round(found.percent, 1) == number(row["per cent"])


def test_only_a_forecast_is_no_trend():
    points = [year(n, n, kind=ValueKind.FORECAST) for n in range(2030, 2036)]

    assert falling(points) == Unknown("only_forecast")


def test_nothing_is_too_few():
    assert falling([]) == Unknown("too_few_values")


def test_targets_never_enter():
    points = [year(2022, 3), year(2023, 2), year(2024, 1), year(2024, 90, kind=ValueKind.TARGET)]

    found = falling(points)

    assert found.per_year == -1
    assert [out.reason for out in found.left_out] == ["target"]


def test_actual_value_counts_before_an_estimate_of_the_same_day():
    points = [year(2022, 3), year(2023, 2), year(2024, 90, kind=ValueKind.ESTIMATE), year(2024, 1)]

    found = falling(points)

    assert found.per_year == -1
    assert found.last.kind is ValueKind.ACTUAL


def test_sign_of_an_actual_value_gives_way_to_the_estimate_of_the_same_day():
    points = [
        year(2022, 3),
        year(2023, 2),
        year(2024, Unknown("later")),
        year(2024, 1, kind=ValueKind.ESTIMATE),
    ]

    assert falling(points).last.kind is ValueKind.ESTIMATE


def test_year_with_the_break_in_it_belongs_to_neither_side():
    points = [year(n, n - 2015) for n in range(2018, 2026)]

    found = falling(points, breaks=[date(2021, 7, 1)])

    assert (found.first.ends_on.year, found.used) == (2022, 4)
    assert found.break_on == date(2021, 7, 1)


def test_reference_date_on_the_day_of_the_break_counts():
    points = [on("2021-01-01", 1), on("2022-01-01", 2), on("2023-01-01", 3)]

    assert slope(points, breaks=[date(2021, 1, 1)]) == 1


def test_last_of_several_breaks_counts_and_later_ones_do_not():
    points = [year(n, n - 2015) for n in range(2016, 2026)]

    found = falling(points, breaks=[date(2030, 1, 1), date(2023, 1, 1), date(2018, 1, 1)])

    assert (found.used, found.break_on) == (3, date(2023, 1, 1))


def test_irregular_years_count_by_their_distance():
    points = [year(2010, 10), year(2015, 20), year(2024, 38)]

    assert slope(points) == 2


def test_leap_year_is_as_long_as_any():
    points = [on("2023-02-28", 1), on("2024-02-29", 2), on("2025-02-28", 3)]

    assert slope(points) == 1


def test_season_is_no_trend():
    points = [month(2022 + at // 12, at % 12 + 1, 100 if at % 12 in (5, 6, 7) else 10) for at in range(36)]

    found = falling(points)

    assert found.code is TrendCode.STEADY
    assert {point.ends_on.month for point in (found.first, found.last)} == {12}
    assert "other_season" in {out.reason for out in found.left_out}


def test_months_are_not_set_beside_years():
    points = [year(2022, 300), year(2023, 200), year(2024, 100), month(2024, 6, 9), month(2024, 7, 8)]

    found = falling(points)

    assert found.per_year == -100
    assert {out.reason for out in found.left_out} == {"other_period"}


def test_five_newest_values_count():
    points = [year(n, 0) for n in range(2000, 2020)] + [year(2020 + n, n) for n in range(5)]

    assert falling(points).used == 5
    assert slope(points) == 1


def test_missing_newest_value_is_named():
    points = [year(2021, 1), year(2022, 2), year(2023, 3), year(2024, Unknown("later"))]

    found = falling(points)

    assert found.last.ends_on.year == 2023
    assert [out.reason for out in found.left_out] == ["later"]


def test_series_of_zeros_is_steady():
    assert falling([year(n, 0) for n in range(2020, 2024)]).code is TrendCode.STEADY


def test_balance_around_zero_takes_its_threshold_from_the_size_of_the_values():
    points = [year(2020, 1000), year(2021, -1000), year(2022, 1000), year(2023, -1000), year(2024, 1002)]

    assert falling(points).code is TrendCode.STEADY


@pytest.mark.parametrize(
    ("direction", "meaning"),
    [
        (Direction.MORE, Meaning.BETTER),
        (Direction.LESS, Meaning.WORSE),
        (Direction.RANGE, Meaning.NEUTRAL),
        (Direction.NONE, Meaning.NEUTRAL),
    ],
)
def test_meaning_of_rising_follows_from_the_direction(direction, meaning):
    points = [year(2022, 1), year(2023, 2), year(2024, 3)]

    assert falling(points, direction=direction).meaning is meaning


def test_share_moves_in_percentage_points():
    assert falling([year(2022, 1), year(2023, 2), year(2024, 3)], is_share=True).is_points


def test_threshold_below_nothing_is_refused():
    with pytest.raises(ValueError):
        falling([], steady_below=Decimal(-1))


@pytest.mark.parametrize(("least", "most"), [(1, 5), (4, 3)])
def test_trend_of_fewer_than_two_values_is_refused(least, most):
    with pytest.raises(ValueError):
        falling([], least=least, most=most)


@given(st.lists(amounts, min_size=3, max_size=5), st.randoms())
def test_order_of_delivery_plays_no_part(values, random):
    points = [year(2020 + at, value) for at, value in enumerate(values)]
    mixed = list(points)
    random.shuffle(mixed)

    assert falling(mixed) == falling(points)


@given(st.lists(amounts, min_size=3, max_size=5), amounts)
def test_lifting_all_values_lifts_no_slope(values, lift):
    points = [year(2020 + at, value) for at, value in enumerate(values)]
    lifted = [year(2020 + at, value + lift) for at, value in enumerate(values)]

    assert slope(points) == slope(lifted)


@given(st.lists(amounts, min_size=3, max_size=5))
def test_turned_upside_down_rising_falls(values):
    turned = {TrendCode.RISING: TrendCode.FALLING, TrendCode.FALLING: TrendCode.RISING}
    found = falling([year(2020 + at, value) for at, value in enumerate(values)])
    other = falling([year(2020 + at, -value) for at, value in enumerate(values)])

    assert other.code is turned.get(found.code, TrendCode.STEADY)
    assert other.per_year == -found.per_year


@given(st.dictionaries(st.integers(1950, 2030), amounts, min_size=3, max_size=12))
def test_slope_lies_between_the_slopes_of_pairs_and_agrees_with_most_of_them(values):
    points = [year(number, value) for number, value in values.items()]
    found = falling(points)
    used = sorted(values.items())[-5:]
    slopes = [(b - a) / (later - earlier) for (earlier, a), (later, b) in combinations(used, 2)]

    assert min(slopes) - Decimal("1e-20") <= found.per_year <= max(slopes) + Decimal("1e-20")
    assert found.pairs == len(slopes)
    if found.code is not TrendCode.STEADY:
        assert found.agreeing * 2 >= found.pairs


def test_change_of_an_unknown_value_says_why():
    assert change(year(2023, Unknown("suppressed")), year(2024, 3)) == Unknown("suppressed")
    assert change(year(2023, Unknown("suppressed")), year(2024, Unknown("later"))) == Unknown("later")


def test_change_over_a_break_is_none():
    found = change(year(2022, 1), year(2024, 2), breaks=[date(2023, 7, 1)])

    assert found == Unknown("break_between")


@pytest.mark.parametrize("at", [date(2022, 1, 1), date(2025, 1, 1)])
def test_break_outside_plays_no_part_in_a_change(at):
    assert isinstance(change(year(2022, 1), year(2024, 2), breaks=[at]), Change)


def test_change_from_a_month_to_a_year_is_none():
    assert change(month(2023, 1, 1), year(2024, 12)) == Unknown("other_period")


def test_change_without_a_true_zero_has_no_percentage():
    assert change(year(2023, 9), year(2024, 10), has_zero=False).percent == Unknown("not_applicable")


def test_change_backwards_in_time_is_refused():
    with pytest.raises(ValueError):
        change(year(2024, 1), year(2023, 1))


@given(amounts.filter(lambda value: value > 0), amounts)
def test_percentage_of_the_earlier_value_is_the_change(earlier, later):
    found = change(year(2023, earlier), year(2024, later))

    assert abs(found.percent * earlier / 100 - found.absolute) < Decimal("1e-20")
