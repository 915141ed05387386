from datetime import date
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.values import Point, ValueKind
from dreiklang.monitoring.rules.years import by_year, newest, on_day, years_apart


def point(day: date, value: int | Unknown, *, since: date | None = None, kind=ValueKind.ACTUAL) -> Point:
    number = value if isinstance(value, Unknown) else Decimal(value)
    return Point(day, number, since or day, kind)


MIDYEAR, YEAR_END = date(2024, 6, 30), date(2024, 12, 31)


def test_the_last_day_speaks_for_its_year() -> None:
    found = by_year([point(YEAR_END, 2), point(MIDYEAR, 1), point(date(2023, 6, 30), 7)])

    assert [(year, one.value) for year, one in found.items()] == [(2023, 7), (2024, 2)]


def test_the_whole_year_goes_before_its_last_month() -> None:
    month = point(YEAR_END, 1, since=date(2024, 12, 1))
    year = point(YEAR_END, 12, since=date(2024, 1, 1))

    assert by_year([year, month])[2024] == year


def test_forecasts_and_targets_are_no_values_of_a_year() -> None:
    assert by_year([point(YEAR_END, 1, kind=kind) for kind in (ValueKind.FORECAST, ValueKind.TARGET)]) == {}


def test_a_known_estimate_goes_before_a_sign() -> None:
    sign = point(YEAR_END, Unknown("not_delivered"))
    estimate = point(YEAR_END, 3, kind=ValueKind.ESTIMATE)

    assert by_year([sign, estimate])[2024] == estimate


def test_a_hidden_value_is_the_newest_and_an_announced_one_is_not() -> None:
    hidden = point(YEAR_END, Unknown("suppressed"))
    announced = point(date(2025, 12, 31), Unknown("later"))

    assert newest([point(MIDYEAR, 1), hidden, announced]) == hidden
    assert newest([announced]) is None


def test_only_the_same_day_can_be_compared() -> None:
    assert on_day([point(MIDYEAR, 1)], YEAR_END) is None
    assert on_day([point(MIDYEAR, 1), point(YEAR_END, 2)], YEAR_END) == point(YEAR_END, 2)


def test_many_years_are_thinned_out_but_not_at_their_ends() -> None:
    assert years_apart((2020, 2021), most=12) == (2020, 2021)
    assert years_apart(range(1996, 2026), most=4) == (1996, 2006, 2015, 2025)
