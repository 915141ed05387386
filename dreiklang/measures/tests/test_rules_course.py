"""The course of phases, the moving end, publication and circles."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Period, Unknown
from dreiklang.measures.rules import (
    WAY,
    Phase,
    ReportFact,
    in_restraint,
    may_withdraw,
    note_visible_on,
    phase_history,
    phase_since,
    reaches,
    review_due_on,
    slip_months,
    way,
)


def said(*phases: tuple[str, Phase | None]) -> list[ReportFact]:
    return [ReportFact(i, date.fromisoformat(day), phase) for i, (day, phase) in enumerate(phases, 1)]


BUILT = said(
    ("2023-04-01", Phase.IDEA),
    ("2024-02-01", Phase.PREPARATION),
    ("2024-11-14", Phase.DECIDED),
    ("2025-05-01", Phase.DECIDED),
    ("2026-03-02", Phase.IMPLEMENTATION),
    ("2026-09-19", Phase.IMPLEMENTATION),
)


def test_history_holds_one_entry_per_change():
    assert [entry.phase for entry in phase_history(BUILT)] == [
        Phase.IDEA,
        Phase.PREPARATION,
        Phase.DECIDED,
        Phase.IMPLEMENTATION,
    ]


def test_phase_holds_since_the_report_that_first_named_it():
    assert phase_since(phase_history(BUILT)) == date(2026, 3, 2)


def test_first_report_does_not_say_since_when():
    history = phase_history(said(("2026-03-02", Phase.IMPLEMENTATION)))

    assert phase_since(history) == Unknown("first_report")
    assert phase_since(history, starts_on=date(2025, 6, 1)) == date(2025, 6, 1)
    assert phase_since(history, starts_on=date(2027, 6, 1)) == Unknown("first_report")


def test_phase_is_unknown_without_a_report():
    assert phase_since(()) == Unknown("no_report")


def test_withdrawn_reports_leave_no_trace_in_the_history():
    reports = [*BUILT, ReportFact(9, date(2026, 10, 1), Phase.IN_USE, is_withdrawn=True)]

    assert phase_history(reports) == phase_history(BUILT)


def test_way_shows_reached_phases_and_the_moved_end():
    points = way(phase_history(BUILT), planned_end_on=date(2026, 12, 31), expected_end_on=date(2027, 6, 30))

    assert [point.phase for point in points] == list(WAY)
    assert points[2].reached_on == date(2024, 11, 14)
    assert points[3].is_current
    assert points[4].planned_on == date(2027, 6, 30)
    assert points[4].first_planned_on == date(2026, 12, 31)


def test_fall_back_takes_later_dates_away():
    history = phase_history([*BUILT, ReportFact(9, date(2026, 10, 1), Phase.PREPARATION)])

    points = way(history, planned_end_on=None, expected_end_on=None)

    assert points[1].reached_on == date(2024, 2, 1)
    assert points[1].is_current
    assert points[2].reached_on is None
    assert points[3].reached_on is None


def test_dropped_measure_stands_where_it_was():
    history = phase_history([*BUILT, ReportFact(9, date(2026, 10, 1), Phase.DROPPED)])

    points = way(history, planned_end_on=None, expected_end_on=None)

    assert points[3].is_current


def test_phases_before_the_first_report_have_no_date():
    history = phase_history(said(("2026-03-02", Phase.IMPLEMENTATION)))

    points = way(
        history,
        planned_end_on=None,
        expected_end_on=None,
        starts_on=date(2025, 9, 1),
        resolution_on=date(2025, 3, 1),
    )

    assert [point.reached_on for point in points] == [None, None, date(2025, 3, 1), date(2025, 9, 1), None]


reports = st.lists(st.tuples(st.dates(date(2023, 1, 1), date(2026, 11, 20)), st.sampled_from(Phase)))


@given(reports)
def test_reached_phases_never_run_backwards(drawn):
    facts = [ReportFact(i, day, phase) for i, (day, phase) in enumerate(drawn)]

    points = way(phase_history(facts), planned_end_on=None, expected_end_on=None)

    days = [point.reached_on for point in points if point.reached_on is not None]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("planned", "expected", "months"),
    [
        (date(2026, 12, 31), date(2027, 6, 1), 6),
        (date(2026, 12, 1), date(2026, 12, 31), 0),
        (date(2027, 3, 1), date(2026, 12, 1), -3),
        (None, date(2026, 12, 1), Unknown("no_planned_end")),
        (date(2026, 12, 1), None, Unknown("no_expected_end")),
    ],
)
def test_slip_counts_calendar_months(planned, expected, months):
    assert slip_months(planned, expected) == months


ELECTION = Period(date(2024, 4, 28), date(2024, 6, 9))
RUNOFF = Period(date(2024, 6, 10), date(2024, 6, 23))


def test_note_released_in_a_restraint_period_waits_until_it_is_over():
    assert note_visible_on(date(2024, 5, 2), periods=[ELECTION]) == date(2024, 6, 10)


def test_note_waits_for_periods_that_follow_one_another():
    assert note_visible_on(date(2024, 5, 2), periods=[RUNOFF, ELECTION]) == date(2024, 6, 24)


def test_note_released_before_the_period_stays_visible():
    assert note_visible_on(date(2024, 4, 27), periods=[ELECTION]) == date(2024, 4, 27)


def test_restraint_holds_on_its_first_and_last_day():
    assert in_restraint(date(2024, 4, 28), periods=[ELECTION])
    assert in_restraint(date(2024, 6, 9), periods=[ELECTION])
    assert not in_restraint(date(2024, 6, 10), periods=[ELECTION])


def test_report_may_be_taken_back_for_one_minute():
    recorded_at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    assert may_withdraw(recorded_at=recorded_at, now=recorded_at + timedelta(seconds=60))
    assert not may_withdraw(recorded_at=recorded_at, now=recorded_at + timedelta(seconds=61))


def test_review_follows_the_rhythm_from_the_last_look():
    assert review_due_on(agreed_on=date(2025, 8, 31), reviewed_on=None, every_months=6) == date(2026, 2, 28)
    assert review_due_on(agreed_on=date(2025, 8, 31), reviewed_on=date(2026, 2, 28), every_months=12) == date(
        2027, 2, 28
    )
    assert review_due_on(agreed_on=date(2025, 8, 31), reviewed_on=None, every_months=None) is None


def test_circle_of_needs_is_found():
    edges = [(1, 2), (2, 3)]

    assert reaches(1, target=3, edges=edges)
    assert not reaches(3, target=1, edges=edges)
