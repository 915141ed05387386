from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.reading import Refused, read_date
from dreiklang.core.values import Unknown


def test_days_and_instants_of_a_spreadsheet_are_days():
    assert read_date(datetime(2025, 1, 2, 13, 0)) == read_date(date(2025, 1, 2)) == date(2025, 1, 2)


@pytest.mark.parametrize("value", [45292, 45292.5])
def test_a_serial_number_is_a_day_only_where_declared(value):
    assert read_date(value) == Refused("number_as_date", str(value))
    assert read_date(value, serials_are_days=True) == date(2024, 1, 1)


@pytest.mark.parametrize("value", [5, 999_999, -1])
def test_a_serial_number_out_of_range_is_refused(value):
    assert read_date(value, serials_are_days=True).code == "number_as_date"


@pytest.mark.parametrize("value", [True, [], "1.1.", "00.01.2025", "1.13.2025"])
def test_what_is_no_day_is_refused(value):
    assert isinstance(read_date(value), Refused)


def test_an_empty_cell_is_unknown():
    assert read_date(None) == Unknown("not_stated")


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_every_day_is_read_back_however_it_is_written(day):
    written = [f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", day.isoformat(), f"{day.day}. {day.month}. {day.year}"]

    assert [read_date(words) for words in written] == [day] * 4
