"""Deadlines from the bottom up, letters, and record quality, on the worked examples of docs/rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.measures.rules import (
    CircleOfParts,
    Duration,
    Phase,
    RecordFacts,
    ReminderKind,
    ReminderTerms,
    ReportFact,
    Timeliness,
    deadlines,
    heights,
    letter_due,
    record_quality,
    reminder_days,
)
from dreiklang.measures.tests.documents import worked_example

DUE = date(2026, 11, 13)
REPENTANCE = date(2026, 11, 18)


def saxon(day: date, number: int) -> date:
    step = timedelta(days=1 if number >= 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() > 4 or day == REPENTANCE:
            day += step
    return day


def by_days(day: date, number: int) -> date:
    return day + timedelta(days=number)


def test_deadlines_and_letters_are_as_in_the_worked_example():
    rows = worked_example("reporting-deadlines")
    parents = {int(r["measure"]): None if r["part of"] == "-" else int(r["part of"]) for r in rows}

    found = deadlines(parents, due_on=DUE, level_workdays=5, add_workdays=saxon)

    for row in rows:
        due = found[int(row["measure"])]
        days = reminder_days(due, terms=ReminderTerms(), add_workdays=saxon)
        assert due.isoformat() == row["deadline"]
        assert {kind.value: day.isoformat() for kind, day in days.items()} == {
            kind.value: row[kind.value] for kind in ReminderKind
        }


def test_circle_of_parts_is_refused():
    with pytest.raises(CircleOfParts):
        heights({1: 2, 2: 1})


@given(st.dictionaries(st.integers(1, 30), st.integers(1, 30)))
def test_measure_is_never_due_before_its_parts(drawn):
    # A part always has the smaller number, so there is no circle.
    parents = {child: parent for child, parent in drawn.items() if child < parent}
    parents |= {parent: None for parent in parents.values() if parent not in parents}

    found = deadlines(parents, due_on=DUE, level_workdays=3, add_workdays=by_days)

    for part, parent in parents.items():
        assert found[part] >= DUE
        if parent is not None:
            assert found[parent] >= found[part] + timedelta(days=3)


DAYS = reminder_days(DUE, terms=ReminderTerms(), add_workdays=saxon)


def test_no_letter_is_due_before_the_first():
    assert letter_due(DAYS, today=date(2026, 11, 5), sent=[]) is None


def test_letter_goes_out_once():
    on = DAYS[ReminderKind.FIRST]

    assert letter_due(DAYS, today=on, sent=[]) is ReminderKind.FIRST
    assert letter_due(DAYS, today=on + timedelta(days=1), sent=[ReminderKind.FIRST]) is None


def test_only_the_latest_letter_goes_out_after_a_standstill():
    late = DAYS[ReminderKind.ESCALATION_HEAD] + timedelta(days=1)

    assert letter_due(DAYS, today=late, sent=[ReminderKind.FIRST]) is ReminderKind.ESCALATION_HEAD
    assert letter_due(DAYS, today=late, sent=[ReminderKind.ESCALATION_HEAD]) is None


def record(row: dict[str, str]) -> RecordFacts:
    missing = row["missing basics"].split(", ")
    report = None
    if row["report of"] != "-":
        phase = Phase(row["phase"])
        report = ReportFact(1, date.fromisoformat(row["report of"]), phase, Timeliness.ON_TRACK)
    due = row["next milestone"]
    return RecordFacts(
        has_text="text" not in missing,
        has_lead_department="lead_department" not in missing,
        has_lead="lead" not in missing,
        has_deputy="deputy" not in missing,
        has_goal="goal" not in missing,
        has_end="end" not in missing,
        has_cost="cost" not in missing,
        duration=Duration.DATED,
        report=report,
        next_milestone_on=None if due == "-" else date.fromisoformat(due),
    )


@pytest.mark.parametrize("row", worked_example("record-quality"), ids=lambda row: row["record"])
def test_record_quality_is_as_in_the_worked_example(row):
    found = record_quality(record(row), today=date(2026, 11, 20), stale_after_days=200)

    assert {p.code: p.is_met for p in found.points} == {
        code: row[code] == "yes" for code in ("basics", "live_report", "milestone")
    }
    listed = [] if row["missing basics"] == "-" else row["missing basics"].split(", ")
    assert sorted(found.points[0].missing) == sorted(listed)


def test_continuous_task_needs_no_end():
    row = {**worked_example("record-quality")[0], "missing basics": "end"}
    facts = record(row)

    dated = record_quality(facts, today=date(2026, 11, 20), stale_after_days=200)
    lasting = record_quality(
        RecordFacts(**{**vars(facts), "duration": Duration.CONTINUOUS}),
        today=date(2026, 11, 20),
        stale_after_days=200,
    )

    assert dated.points[0].missing == ("end",)
    assert lasting.points[0].is_met
