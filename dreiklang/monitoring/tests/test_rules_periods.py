from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.monitoring.rules.periods import TIME_CODES, TimeSpan, part_of_year, read_time
from dreiklang.monitoring.rules.values import Refused


def ends(text: str, time_code: str = "") -> str:
    read = read_time(text, time_code=time_code)
    return f"refused: {read.code}" if isinstance(read, Refused) else f"{read.starts_on}..{read.ends_on}"


@pytest.mark.parametrize(
    ("text", "time_code", "expected"),
    [
        ("2024", "JAHR", "2024-01-01..2024-12-31"),
        ("2024-12-31", "STAG", "2024-12-31..2024-12-31"),
        ("31.12.2024", "STAG", "2024-12-31..2024-12-31"),
        ("2024-07", "MONAT", "2024-07-01..2024-07-31"),
        ("2024-02", "SMONAT", "2024-02-01..2024-02-29"),
        ("04/1991", "MONAT", "1991-04-01..1991-04-30"),
        ("2024-Q3", "QUARTG", "2024-07-01..2024-09-30"),
        ("1. Quartal 2024", "QUARTG", "2024-01-01..2024-03-31"),
        ("WS 2019/20", "SEMEST", "2019-10-01..2020-03-31"),
        ("Sommersemester 2020", "SEMEST", "2020-04-01..2020-09-30"),
        ("2019/20", "SJAHR", "2019-08-01..2020-07-31"),
        ("Schuljahr 2019/2020", "SJAHR", "2019-08-01..2020-07-31"),
        ("2019/20", "WIRTJ", "2019-07-01..2020-06-30"),
        ("1. Halbjahr 2023", "HALBJ", "2023-01-01..2023-06-30"),
    ],
)
def test_a_time_is_read_in_the_form_its_code_demands(text, time_code, expected):
    assert ends(text, time_code) == expected


@pytest.mark.parametrize(
    ("text", "time_code", "code"),
    [
        ("2024-12-31", "JAHR", "unknown_period"),
        ("2024", "STAG", "unknown_period"),
        ("31.02.2024", "STAG", "unknown_period"),
        ("2024", "GIBTESNICHT", "unknown_period"),
        ("2019/22", "SJAHR", "unknown_period"),
        ("2019", "SJAHR", "unknown_period"),
        ("", "JAHR", "unknown_period"),
    ],
)
def test_another_form_is_refused(text, time_code, code):
    assert ends(text, time_code) == f"refused: {code}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024-01-01..2024-12-31"),
        ("31.12.2016", "2016-12-31..2016-12-31"),
        ("Juli 2024", "2024-07-01..2024-07-31"),
        ("3. Quartal 2024", "2024-07-01..2024-09-30"),
        ("Schuljahr 2019/20", "2019-08-01..2020-07-31"),
        ("WS 2019/20", "2019-10-01..2020-03-31"),
        ("2019/2020", "refused: ambiguous_period"),
        ("2019/20", "refused: ambiguous_period"),
        ("WS 2019/22", "refused: ambiguous_period"),
        ("Anfang 2016", "refused: unknown_period"),
        ("ab 2015", "refused: unknown_period"),
        ("gestern", "refused: unknown_period"),
        ("", "refused: unknown_period"),
        ("7168", "refused: unknown_period"),
    ],
)
def test_without_a_code_only_what_is_clear_is_read(text, expected):
    assert ends(text) == expected


def test_a_refusal_of_an_unknown_code_names_it():
    assert read_time("2024", time_code="WAHLP") == Refused("unknown_period", "WAHLP 2024")


def test_a_span_keeps_its_words_and_code():
    assert read_time("31.12.2024", time_code="STAG") == TimeSpan(
        date(2024, 12, 31), date(2024, 12, 31), "STAG", "31.12.2024"
    )


def test_an_axis_of_months_narrows_a_year():
    year = read_time("2024", time_code="JAHR")

    assert part_of_year(year, variable="MONAT", code="MONAT02")[:2] == (date(2024, 2, 1), date(2024, 2, 29))
    assert part_of_year(year, variable="QUARTG", code="QUART4")[:2] == (date(2024, 10, 1), date(2024, 12, 31))
    assert part_of_year(year, variable="MONAT", code="") is None
    assert part_of_year(year, variable="GES", code="GESM") is None


@given(st.dates(date(1900, 1, 1), date(2150, 1, 1)))
def test_every_day_is_read_in_both_spellings(day):
    german = f"{day:%d.%m.%Y}"

    assert ends(day.isoformat()) == ends(german) == f"{day}..{day}"


@given(st.text(max_size=12), st.sampled_from(["", *TIME_CODES]))
def test_no_span_ends_before_it_starts(text, time_code):
    read = read_time(text, time_code=time_code)

    assert isinstance(read, Refused) or read.starts_on <= read.ends_on
