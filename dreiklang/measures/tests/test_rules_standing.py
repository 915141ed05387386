"""Standing, staleness and counting, first on the worked examples of docs/rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.measures.rules import (
    Cell,
    Duration,
    Phase,
    ReportFact,
    Standing,
    Terms,
    Timeliness,
    current_report,
    days_until_stale,
    distribution,
    is_counted,
    lacks_obstacle,
    stale_on,
    standing,
)
from dreiklang.measures.tests.documents import worked_example

TODAY = date(2026, 11, 20)
ROUND = 7
TERMS = Terms(today=TODAY, round_id=ROUND, round_opens_on=date(2026, 11, 2), is_overdue=True)


def fact(row: dict[str, str]) -> ReportFact | None:
    if row["report of"] == "-":
        return None
    return ReportFact(
        1,
        date.fromisoformat(row["report of"]),
        None if row["phase"] == "-" else Phase(row["phase"]),
        None if row["timeliness"] == "-" else Timeliness(row["timeliness"]),
        ROUND if row["in the round"] == "yes" else None,
    )


@pytest.mark.parametrize("row", worked_example("counting"), ids=lambda row: row["measure"])
def test_standing_is_as_in_the_worked_example(row):
    report = fact(row)

    found = standing(report, measure_id=1, terms=TERMS)

    assert found is Standing(row["standing"])
    assert is_counted(report, is_merged=False) is (row["counted"] == "yes")


def test_sum_of_the_worked_example_counts_each_measure_once():
    rows = [row for row in worked_example("counting") if row["counted"] == "yes"]

    found = distribution(Cell(Standing(row["standing"]), None, Duration.DATED, 1) for row in rows)

    assert found.total == 9
    assert found.by_standing == {
        Standing.IN_USE: 1,
        Standing.ON_TRACK: 1,
        Standing.DELAYED: 1,
        Standing.STOPPED: 0,
        Standing.UNREPORTED: 5,
        Standing.ENDED: 1,
    }


@pytest.mark.parametrize("row", worked_example("staleness"), ids=lambda row: row["report of"])
def test_staleness_is_as_in_the_worked_example(row):
    reported_on, after = date.fromisoformat(row["report of"]), int(row["setting"])
    report = ReportFact(1, reported_on, Phase.IDEA, Timeliness.ON_TRACK)

    left = days_until_stale(report, today=date.fromisoformat(row["today"]), stale_after_days=after)

    assert stale_on(reported_on, stale_after_days=after) == date.fromisoformat(row["first stale day"])
    assert left == int(row["days until stale"])


def test_days_until_stale_are_unknown_without_a_report():
    assert days_until_stale(None, today=TODAY, stale_after_days=200) == Unknown("no_report")


@pytest.mark.parametrize("phase", [Phase.IN_USE, Phase.DROPPED, Phase.MERGED])
def test_days_until_stale_are_not_asked_of_finished_measures(phase):
    report = ReportFact(1, date(2020, 1, 1), phase, Timeliness.ON_TRACK)

    assert days_until_stale(report, today=TODAY, stale_after_days=200) == Unknown("not_needed")


def test_report_of_the_day_recorded_last_is_current():
    first = ReportFact(1, TODAY, Phase.IDEA)
    second = ReportFact(2, TODAY, Phase.DECIDED)

    assert current_report([second, first]) is second


def test_backdated_report_does_not_become_current():
    now = ReportFact(1, TODAY, Phase.DECIDED)
    backdated = ReportFact(2, TODAY - timedelta(days=90), Phase.IDEA)

    assert current_report([now, backdated]) is now


def test_withdrawn_report_is_never_current():
    kept = ReportFact(1, TODAY - timedelta(days=3), Phase.IDEA)
    withdrawn = ReportFact(2, TODAY, Phase.DECIDED, is_withdrawn=True)

    assert current_report([kept, withdrawn]) is kept
    assert current_report([withdrawn]) is None


def test_measure_with_time_left_is_not_unreported_while_its_parts_are():
    report = ReportFact(1, date(2026, 10, 1), Phase.DECIDED, Timeliness.ON_TRACK)
    terms = Terms(
        today=TODAY,
        round_id=ROUND,
        round_opens_on=date(2026, 11, 2),
        is_overdue=True,
        not_yet_due=frozenset({5}),
    )

    assert standing(report, measure_id=5, terms=terms) is Standing.ON_TRACK
    assert standing(report, measure_id=6, terms=terms) is Standing.UNREPORTED


def test_merged_measure_is_not_counted_even_without_a_report():
    assert is_counted(None, is_merged=True) is False


phases = st.sampled_from([*Phase, None])
times = st.sampled_from([*Timeliness, None])


@given(st.integers(0, 400), phases, times)
def test_nothing_is_on_track_without_a_live_report_that_says_so(age, phase, timeliness):
    report = ReportFact(1, TODAY - timedelta(days=age), phase, timeliness)

    found = standing(report, measure_id=1, terms=Terms(today=TODAY))

    if found is Standing.ON_TRACK:
        assert age <= 200
        assert timeliness is Timeliness.ON_TRACK
        assert phase is not None


cells = st.lists(
    st.builds(Cell, st.sampled_from(Standing), phases, st.sampled_from(Duration), st.integers(0, 40))
)


@given(cells)
def test_every_way_of_adding_up_gives_the_same_total(found):
    spread = distribution(found)

    assert spread.total == sum(cell.count for cell in found)
    assert sum(spread.by_standing.values()) == sum(spread.by_phase.values()) == spread.total
    assert spread.only(Duration.CONTINUOUS).total == spread.continuous
    assert spread.only(Duration.DATED).total + spread.continuous == spread.total


@pytest.mark.parametrize(
    ("phase", "timeliness", "obstacle", "lacks"),
    [
        (Phase.IMPLEMENTATION, Timeliness.STOPPED, "", True),
        (Phase.IDEA, Timeliness.STOPPED, " ", True),
        (None, Timeliness.STOPPED, "", True),
        (Phase.IMPLEMENTATION, Timeliness.STOPPED, "Geld", False),
        (Phase.IMPLEMENTATION, Timeliness.DELAYED, "", False),
        (Phase.IMPLEMENTATION, None, "", False),
        (Phase.IN_USE, Timeliness.STOPPED, "", False),
        (Phase.DROPPED, Timeliness.STOPPED, "", False),
    ],
)
def test_only_a_measure_on_its_way_that_stands_still_needs_an_obstacle(phase, timeliness, obstacle, lacks):
    assert lacks_obstacle(phase=phase, timeliness=timeliness, obstacle=obstacle) is lacks
