from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from dreiklang.core import text
from dreiklang.core.values import Period, Unknown


@pytest.fixture(autouse=True)
def german():
    with override("de"):
        yield


def test_days_are_worded_long_short_and_as_month():
    day = date(2026, 9, 30)

    assert (text.day(day), text.day_short(day), text.month(day)) == (
        "30.\u00a0September 2026",
        "30.09.2026",
        "September 2026",
    )
    with override("en"):
        assert (text.day(day), text.day_short(day)) == ("30\u00a0September 2026", "30 Sep 2026")


def test_a_month_is_shortened_where_space_is_scarce():
    day = date(2026, 9, 30)

    assert text.month_short(day) == "Sept. 2026"
    with override("en"):
        assert text.month_short(day) == "Sep 2026"


def test_instants_are_told_in_berlin_time_across_midnight():
    summer, winter = datetime(2026, 6, 30, 22, 5, tzinfo=UTC), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)

    assert text.instant(summer) == "1.\u00a0Juli 2026, 00:05 Uhr"
    assert text.day(winter) == "1.\u00a0Januar 2027"


def test_an_instant_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        text.instant(datetime(2026, 1, 1, 12, 0))


@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        (date(2026, 9, 30), "heute", "today"),
        (date(2026, 9, 29), "gestern", "yesterday"),
        (date(2026, 10, 1), "morgen", "tomorrow"),
        (date(2026, 9, 19), "vor 11 Tagen", "11 days ago"),
        (date(2026, 10, 2), "in 2 Tagen", "in 2 days"),
        (date(2026, 7, 2), "vor 90 Tagen", "90 days ago"),
        (date(2026, 7, 1), "vor 2 Monaten", "2 months ago"),
        (date(2025, 9, 30), "vor 12 Monaten", "12 months ago"),
        (date(2024, 10, 1), "vor 23 Monaten", "23 months ago"),
        (date(2024, 9, 30), "vor 2 Jahren", "2 years ago"),
        (date(2029, 9, 29), "in 2 Jahren", "in 2 years"),
    ],
)
def test_distance_from_today(day, german, english):
    assert text.ago(day, date(2026, 9, 30)) == german
    with override("en"):
        assert text.ago(day, date(2026, 9, 30)) == english


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.year(2022), "2022"),
        (Period.half_year(2023, 2), "2. Halbjahr 2023"),
        (Period.quarter(2022, 4), "4. Quartal 2022"),
        (Period.month(2014, 10), "Oktober 2014"),
        (Period.months(2018, 1, 24), "2018 bis 2019"),
        (Period(date(2015, 4, 1), date(2015, 7, 31)), "April 2015 bis Juli 2015"),
        (Period(date(2015, 4, 2), date(2015, 7, 31)), "2.\u00a0April 2015 bis 31.\u00a0Juli 2015"),
        (Period.day(date(2015, 4, 2)), "2.\u00a0April 2015"),
        (Period(date(2015, 1, 1), None), "ab 2015"),
        (Period(date(2015, 3, 1), None), "ab 1.\u00a0März 2015"),
        (Period(None, date(2020, 12, 31)), "bis 31.\u00a0Dezember 2020"),
        (Period(None, None), "fortlaufend"),
        (Period.months(2016, 3, 3, "Frühjahr 2016"), "Frühjahr 2016"),
    ],
)
def test_a_period_is_worded_as_short_as_exact(period, words):
    assert text.span(period) == words


def test_an_unknown_day_is_worded_as_unknown():
    assert text.day(Unknown("not_stated")) == "unbekannt (nicht angegeben)"
    assert text.span(Unknown("not_stated", "offen")) == "offen"
