from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Period, Unknown

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
ends = st.none() | days


@st.composite
def periods(draw):
    start, end = draw(ends), draw(ends)
    return Period(end, start) if start and end and end < start else Period(start, end)


def test_a_period_ending_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2020, 1, 2), date(2020, 1, 1))


def test_an_instant_is_no_day():
    with pytest.raises(TypeError):
        Period(datetime(2020, 1, 1), None)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period.year(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (Period.half_year(2023, 2), date(2023, 7, 1), date(2023, 12, 31)),
        (Period.quarter(2022, 4), date(2022, 10, 1), date(2022, 12, 31)),
        (Period.month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (Period.months(2015, 12, 3), date(2015, 12, 1), date(2016, 2, 29)),
        (Period.day(date(2020, 5, 4)), date(2020, 5, 4), date(2020, 5, 4)),
    ],
)
def test_named_periods_start_and_end_on_the_right_day(period, start, end):
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "wrong", [(Period.quarter, 5), (Period.quarter, 0), (Period.half_year, 3), (Period.month, 13)]
)
def test_there_is_no_fifth_quarter(wrong):
    make, number = wrong
    with pytest.raises(ValueError):
        make(2020, number)


def test_days_are_counted_with_both_ends():
    assert Period.year(2024).days == 366
    assert Period.day(date(2020, 1, 1)).days == 1


def test_the_length_of_an_open_period_is_unknown():
    assert Period(date(2020, 1, 1), None, "ab 2020").days == Unknown("open_period", "ab 2020")


def test_periods_are_equal_when_their_days_are():
    assert Period.year(2020, "das Jahr 2020") == Period.year(2020)


def test_the_days_of_an_open_period_cannot_be_listed():
    with pytest.raises(ValueError, match="no end"):
        iter(Period(date(2020, 1, 1), None))


@given(periods(), periods())
def test_overlapping_is_mutual(a, b):
    assert a.overlaps(b) == b.overlaps(a)
    assert a.overlaps(a)


@given(periods(), periods(), days)
def test_common_days_lie_in_both(a, b, day):
    common = a.common(b)

    assert (common is not None and common.contains(day)) == (a.contains(day) and b.contains(day))


@given(st.integers(1990, 2090))
def test_quarters_fill_the_year_without_gap(year):
    quarters = [Period.quarter(year, q) for q in (1, 2, 3, 4)]

    assert sum(q.days for q in quarters) == Period.year(year).days
    assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(quarters))


@given(days, st.integers(0, 400))
def test_listing_the_days_gives_each_once(start, length):
    period = Period(start, start + timedelta(days=length))

    assert len(set(period)) == period.days == length + 1
