from datetime import date

import pytest

from dreiklang.measures import queries
from dreiklang.measures.models import Measure
from dreiklang.measures.rules import MeasureFilter, Phase
from dreiklang.measures.tests import factories as make
from dreiklang.places.rules.placed import LineWish, touches

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
YEARS = range(2020, 2031)


def years(one: Measure) -> list[int]:
    """The years in which a measure is in work: by the numbers of the map, and by the filter of the list."""
    terms = queries.terms_of(today=TODAY)
    counts = queries.placed_counts(make.coordinator(), wanted=MeasureFilter(with_uncounted=True), terms=terms)
    told = [year for year in YEARS if any(touches(c.first_year, c.last_year, year=year) for c in counts)]
    listed = []
    for year in YEARS:
        wanted = MeasureFilter(year=year, with_uncounted=True)
        found = queries.placed_lines(make.coordinator(), wanted=wanted, terms=terms, wish=LineWish())
        listed += [year] if [line.key for line in found] == [one.number] else []
    assert told == listed
    return told


@pytest.mark.parametrize("phase", [Phase.DROPPED, Phase.MERGED, Phase.REPLACED])
def test_what_was_given_up_is_in_work_in_no_year_after_that(phase: Phase) -> None:
    one = make.measure("M-1", starts_on=date(2024, 1, 1), ends_on=date(2028, 12, 31))
    make.report(one, on=date(2025, 6, 1), phase=phase, expected_end_on=date(2029, 12, 31))

    assert years(one) == [2024, 2025]


def test_what_was_given_up_before_it_began_is_in_work_in_no_year() -> None:
    one = make.measure("M-1", starts_on=date(2027, 1, 1), ends_on=date(2028, 12, 31))
    make.report(one, on=date(2025, 6, 1), phase=Phase.DROPPED)

    assert years(one) == []


def test_what_was_given_up_after_its_end_keeps_its_own_years() -> None:
    one = make.measure("M-1", starts_on=date(2022, 1, 1), ends_on=date(2023, 12, 31))
    make.report(one, on=date(2025, 6, 1), phase=Phase.DROPPED)

    assert years(one) == [2022, 2023]


def test_what_has_no_end_is_in_work_until_it_was_given_up() -> None:
    one = make.measure("M-1", starts_on=date(2024, 1, 1), ends_on=None)
    make.report(one, on=date(2025, 6, 1), phase=Phase.DROPPED)

    assert years(one) == [2024, 2025]


def test_what_names_no_period_gets_none_from_being_given_up() -> None:
    one = make.measure("M-1", starts_on=None, ends_on=None)
    make.report(one, on=date(2025, 6, 1), phase=Phase.DROPPED)

    assert years(one) == []


def test_what_goes_on_runs_until_its_later_end() -> None:
    one = make.measure("M-1", starts_on=date(2024, 1, 1), ends_on=date(2026, 12, 31))
    make.report(one, on=date(2025, 6, 1), phase=Phase.IMPLEMENTATION, expected_end_on=date(2027, 6, 30))

    assert years(one) == [2024, 2025, 2026, 2027]


@pytest.mark.parametrize(
    ("planned", "expected", "told"),
    [
        # Nobody planned an end, but the latest report knows one.
        (None, date(2026, 6, 30), [2024, 2025, 2026]),
        # It will be ready earlier.
        (date(2028, 12, 31), date(2025, 6, 30), [2024, 2025]),
        # Older than the begin, which was moved since.
        (date(2025, 12, 31), date(2023, 6, 30), [2024, 2025]),
    ],
)
def test_the_end_is_the_one_that_the_latest_report_expects(
    planned: date | None, expected: date, told: list[int]
) -> None:
    one = make.measure("M-1", starts_on=date(2024, 1, 1), ends_on=planned)
    make.report(one, on=date(2023, 6, 1), phase=Phase.IMPLEMENTATION, expected_end_on=expected)

    assert years(one) == told
