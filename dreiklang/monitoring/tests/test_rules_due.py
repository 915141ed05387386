"""When the next value is due, by the rhythm of its source."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.due import RHYTHMS, days_overdue, next_due, values_due
from dreiklang.monitoring.tests.documents import day

DATA = Path(__file__).resolve().parents[1] / "data" / "vocabularies"
EVERY_YEAR = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"


@pytest.mark.parametrize(
    ("rhythm", "last", "lag", "due"),
    [
        ("ANNUAL", "2024-12-31", 0, "2025-12-31"),
        ("ANNUAL", "2024-12-31", 90, "2026-03-31"),
        ("ANNUAL", "2024-02-29", 0, "2025-02-28"),
        ("ANNUAL", "2023-02-28", 0, "2024-02-29"),
        ("ANNUAL", "2022-05-15", 0, "2023-05-15"),
        ("ANNUAL_2", "2025-06-30", 0, "2025-12-31"),
        ("QUARTERLY", "2025-09-30", 0, "2025-12-31"),
        ("QUARTERLY", "2025-12-31", 45, "2026-05-15"),
        ("MONTHLY", "2025-01-31", 0, "2025-02-28"),
        ("MONTHLY", "2025-01-30", 0, "2025-02-28"),
        ("MONTHLY", "2025-11-15", 0, "2025-12-15"),
        ("DECENNIAL", "2022-05-15", 0, "2032-05-15"),
        ("WEEKLY", "2025-12-29", 0, "2026-01-05"),
        ("DAILY", "2025-12-31", 0, "2026-01-01"),
        (EVERY_YEAR, "2024-12-31", 0, "2025-12-31"),
    ],
)
def test_next_value_is_due_a_period_later(rhythm, last, lag, due):
    assert next_due(rhythm, last=day(last), lag_days=lag) == day(due)


@pytest.mark.parametrize("rhythm", ["CONT", "IRREG", "NEVER", "UNKNOWN", "OTHER", "AS_NEEDED", "NOT_PLANNED"])
def test_without_a_rhythm_nothing_is_due(rhythm):
    assert next_due(rhythm, last=date(2024, 12, 31), lag_days=0) == Unknown("no_rhythm", rhythm)


def test_rhythm_nobody_gave_is_none():
    assert next_due("", last=date(2024, 12, 31), lag_days=0) == Unknown("no_rhythm")


@pytest.mark.parametrize("rhythm", ["jährlich", "annual-ish", "https://example.org/frequency/ANNUAL"])
def test_rhythm_nobody_knows_keeps_its_words(rhythm):
    assert next_due(rhythm, last=date(2024, 12, 31), lag_days=0) == Unknown("unknown_rhythm", rhythm)


def test_without_a_value_nothing_is_reckoned():
    assert next_due("ANNUAL", last=None, lag_days=0) == Unknown("not_delivered")


def test_negative_lag_is_refused():
    with pytest.raises(ValueError):
        next_due("ANNUAL", last=date(2024, 12, 31), lag_days=-1)


@pytest.mark.parametrize(("today", "days"), [("2026-03-30", 0), ("2026-03-31", 0), ("2026-04-02", 2)])
def test_overdue_begins_on_the_day_after(today, days):
    assert days_overdue(day("2026-03-31"), today=day(today)) == days


def test_what_is_not_due_is_not_overdue():
    assert days_overdue(Unknown("no_rhythm"), today=date(2026, 1, 1)) == Unknown("no_rhythm")


@given(
    st.sampled_from(sorted(code for code, rhythm in RHYTHMS.items() if rhythm is not None)),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(0, 900),
)
def test_due_day_lies_after_the_last_value_and_a_lag_only_shifts_it(rhythm, last, lag):
    due = next_due(rhythm, last=last, lag_days=lag)

    assert due > last
    assert due == next_due(rhythm, last=last, lag_days=0) + timedelta(days=lag)


def test_every_frequency_we_ship_has_its_rhythm_here():
    shipped = yaml.safe_load((DATA / "frequency.yaml").read_text(encoding="utf-8"))["entries"]
    start = date(2023, 8, 31)

    for entry in shipped:
        rhythm = RHYTHMS[entry["code"]]
        if "days" not in entry:
            assert rhythm is None, entry["code"]
            continue
        due = next_due(entry["code"], last=start, lag_days=0)
        assert (due - start).days <= entry["days"] <= (due - start).days + 3, entry["code"]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 8))
def test_ends_of_months_stay_ends_of_months(last, steps):
    end = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    for _ in range(steps):
        end = next_due("QUARTERLY", last=end, lag_days=0)

    assert (end + timedelta(days=1)).day == 1


LAST, BY_HAND = date(2024, 12, 31), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("rhythm", "last", "delivered_on", "due"),
    [
        # By its rhythm 90 days after the end of 2025; the day set by hand is as late.
        ("ANNUAL", LAST, None, BY_HAND),
        # The values of 2025 came: the next are those of 2026.
        ("ANNUAL", date(2025, 12, 31), None, date(2027, 3, 31)),
        # Nothing came yet: only the day by hand is known.
        ("ANNUAL", None, None, BY_HAND),
        ("", LAST, date(2026, 3, 30), BY_HAND),
        ("", LAST, BY_HAND, Unknown("no_rhythm")),
    ],
)
def test_values_are_due_by_rhythm_or_by_hand_whichever_is_later(
    rhythm: str, last: date | None, delivered_on: date | None, due: date | Unknown
) -> None:
    found = values_due(rhythm=rhythm, last=last, lag_days=90, by_hand=BY_HAND, delivered_on=delivered_on)

    assert found == due
