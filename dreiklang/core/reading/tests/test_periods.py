from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core import text
from dreiklang.core.reading import Found, ReadPeriod, Refused, read_period
from dreiklang.core.values import Period, Unknown


@pytest.mark.parametrize("value", [2024, 2024.0])
def test_a_number_that_is_a_year_is_a_year(value):
    assert read_period(value) == ReadPeriod(Period.year(2024))


def test_a_number_that_is_no_year_is_refused():
    assert read_period(45292) == Refused("number_as_date", "45292")


def test_a_day_of_a_spreadsheet_is_a_period_of_one_day():
    assert read_period(datetime(2024, 5, 1, 8, 0)) == ReadPeriod(Period.day(date(2024, 5, 1)))


def test_a_sentence_keeps_its_words_and_each_period_its_own():
    words = "Nach der Vergabe im II. Quartal 2015 wird ab Mai 2016 gebaut (8 bis 10 Jahre)."

    found = read_period(words)

    assert isinstance(found, Found)
    assert found.words == words
    assert [(p, p.words) for p in found.periods] == [
        (Period.quarter(2015, 2), "II. Quartal 2015"),
        (Period(date(2016, 5, 1), None), "ab Mai 2016"),
    ]


@pytest.mark.parametrize(
    "words", ["Haus 2015", "Vorlage 12/1764-BV", "B-Plan 2013", "2.000 Bäume", "DIN 1999-01 neu"]
)
def test_numbers_that_are_no_time_are_not_taken_for_one(words):
    assert read_period(words) == Unknown("no_date", words)


@given(st.integers(1960, 2090), st.integers(1, 12))
def test_periods_worded_by_text_are_read_back(year, month):
    periods = [Period.year(year), Period.month(year, month), Period.quarter(year, (month + 2) // 3)]

    assert [read_period(text.span(period)).period for period in periods] == periods


@given(st.text("0123456789.-/ QIVbisabEndeMärzJuli", max_size=40))
def test_no_text_makes_reading_fall_over(words):
    assert isinstance(read_period(words), ReadPeriod | Found | Refused | Unknown)
