"""Whether a target is reached, first on the worked example of the page."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.targets import (
    Band,
    TargetResult,
    gap_to,
    is_met,
    target_band,
    target_line,
    target_state,
)
from dreiklang.monitoring.rules.values import Comparison, Direction, Goalpost, Point, TargetState, ValueKind
from dreiklang.monitoring.tests.documents import number, rows

TODAY = date(2026, 11, 23)
amounts = st.decimals(min_value=-1000, max_value=1000, places=2)
sides = st.sampled_from([Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.EQUALS])


def end(year: int) -> date:
    return date(year, 12, 31)


def value(year: int, amount: str | int | Decimal | Unknown, **more) -> Point:
    known = amount if isinstance(amount, Unknown) else Decimal(amount)
    return Point(ends_on=end(year), value=known, starts_on=date(year, 1, 1), **more)


def post(year: int, amount, comparison=Comparison.AT_MOST, upper=None) -> Goalpost:
    return Goalpost(end(year), Decimal(amount), comparison, None if upper is None else Decimal(upper))


def state(points, **more) -> TargetResult | Unknown:
    baseline = more.pop("baseline", post(2020, "47.2"))
    targets = more.pop("targets", [post(2030, 40)])
    return target_state(
        points, baseline=baseline, targets=targets, **{"direction": Direction.LESS, "today": TODAY} | more
    )


def written_target(words: str) -> Goalpost:
    """ "between 20 30 2030" as the page writes a target."""
    comparison, *ends, year = words.split()
    return post(int(year), ends[0], Comparison(comparison), ends[1] if len(ends) > 1 else None)


def dated(words: str) -> tuple[int, str]:
    year, amount = words.split()
    return int(year), amount


@pytest.mark.parametrize("row", rows("target-reached", "Worked example"), ids=lambda row: row["case"])
def test_state_is_as_on_the_page(row):
    found = state(
        [value(*dated(row["last value"]))],
        baseline=None if row["baseline"] == "-" else post(*dated(row["baseline"])),
        targets=[written_target(words) for words in row["target"].split(",")],
    )

    assert isinstance(found, TargetResult)
    assert found.state.value == row["state"]
    assert found.gap == number(row["gap"])
    assert found.reason == row["reason"].replace("-", "")
    if isinstance(found.expected_now, Unknown):
        assert found.expected_now.reason == row["expected"]
    else:
        assert round(found.expected_now, 2) == number(row["expected"])


def test_without_a_target_there_is_no_state():
    assert state([value(2024, 1)], targets=[]) == Unknown("no_target")


def test_without_a_value_there_is_no_state():
    assert state([]) == Unknown("not_delivered")


def test_forecast_reaches_nothing():
    points = [value(2025, 39, kind=ValueKind.FORECAST)]

    assert state(points) == Unknown("only_forecast")
    assert state([value(2024, 46), *points]).last.ends_on == end(2024)


def test_all_values_secret_say_so():
    points = [value(2023, Unknown("not_delivered")), value(2024, Unknown("confidential"))]

    assert state(points) == Unknown("confidential")


def test_newest_known_value_counts_where_the_newest_is_a_sign():
    assert state([value(2023, 44), value(2024, Unknown("later"))]).last.ends_on == end(2023)


def test_value_that_ends_after_today_waits():
    assert state([value(2024, 45), value(2026, 39)]).last.ends_on == end(2024)
    assert state([value(2026, 39)]) == Unknown("not_delivered")


def test_actual_value_counts_before_the_estimate_of_the_same_day():
    points = [value(2024, 45), value(2024, 39, kind=ValueKind.ESTIMATE)]

    assert state(points).last.value == 45
    assert state(points[1:]).state is TargetState.REACHED


def test_target_on_the_day_of_the_value_is_the_next_one():
    found = state([value(2024, 44)], targets=[post(2030, 40), post(2024, 45), post(2022, 46)])

    assert (found.next_target.on, found.state) == (end(2024), TargetState.REACHED)


def test_later_target_is_judged_once_the_earlier_has_passed():
    found = state([value(2025, 44)], targets=[post(2030, 40), post(2024, 45)])

    assert (found.next_target.on, found.state) == (end(2030), TargetState.ON_WAY)


def test_target_lies_in_the_future_until_its_day_has_come():
    before = state([value(2023, 46)], targets=[post(2024, 40)], today=end(2024) - timedelta(1))
    on_the_day = state([value(2023, 46)], targets=[post(2024, 40)], today=end(2024))

    assert before.state is TargetState.OFF_WAY
    assert on_the_day.state is TargetState.OPEN


def test_two_targets_make_a_way_without_a_baseline():
    targets = [post(2020, 50), post(2030, 40)]

    assert state([value(2024, 45)], baseline=None, targets=targets).state is TargetState.ON_WAY


def test_value_before_the_baseline_tells_nothing():
    found = state([value(2019, 48)])

    assert (found.state, found.reason) == (TargetState.OPEN, "no_value_since_baseline")
    assert found.expected_now == Unknown("not_applicable")


def test_baseline_after_the_target_makes_no_way():
    found = state([value(2024, 48)], baseline=post(2031, 47))

    assert (found.state, found.reason) == (TargetState.OPEN, "no_value_since_baseline")


def test_break_on_the_way_leaves_the_state_open():
    found = state([value(2024, 41)], breaks=[date(2022, 1, 1)])

    assert (found.state, found.reason) == (TargetState.OPEN, "break_between")
    assert found.expected_now == Unknown("break_between")


def test_break_before_the_baseline_or_after_the_value_plays_no_part():
    found = state([value(2024, 44)], breaks=[date(2020, 1, 1), date(2025, 1, 1)])

    assert found.state is TargetState.ON_WAY


def test_target_that_was_met_at_the_begin_and_is_lost_is_off_the_way():
    at_least = post(2030, 40, Comparison.AT_LEAST)

    assert state([value(2024, 39)], baseline=post(2020, 50), targets=[at_least]).state is TargetState.OFF_WAY
    assert state([value(2024, 41)], baseline=post(2020, 50), targets=[at_least]).state is TargetState.REACHED


@pytest.mark.parametrize(
    ("direction", "comparison", "contradicts"),
    [
        (Direction.LESS, Comparison.AT_LEAST, True),
        (Direction.MORE, Comparison.AT_MOST, True),
        (Direction.MORE, Comparison.AT_LEAST, False),
        (Direction.LESS, Comparison.EQUALS, False),
        (Direction.NONE, Comparison.AT_LEAST, False),
        (Direction.RANGE, Comparison.AT_LEAST, False),
    ],
)
def test_target_against_the_direction_is_told(direction, comparison, contradicts):
    found = state([value(2024, 44)], targets=[post(2030, 40, comparison)], direction=direction)

    assert found.contradicts is contradicts


def test_line_goes_from_the_baseline_through_all_targets():
    line = target_line(baseline=post(2020, 10), targets=[post(2030, 4), post(2025, 7)])

    assert line == ((end(2020), 10), (end(2025), 7), (end(2030), 4))


def test_line_needs_a_target():
    assert target_line(baseline=post(2020, 10), targets=[]) == ()
    assert target_line(baseline=None, targets=[post(2030, 4)]) == ((end(2030), 4),)


def test_target_wins_over_a_baseline_of_the_same_day():
    assert target_line(baseline=post(2025, 9), targets=[post(2025, 7)]) == ((end(2025), 7),)


def test_expected_value_starts_where_the_line_does_on_a_day_with_both():
    found = state(
        [value(2026, 0)], baseline=post(2025, 9), targets=[post(2025, 7), post(2027, -7)], today=end(2026)
    )

    assert found.expected_now == 0


def test_range_is_a_band():
    found = target_band(baseline=post(2020, 10), targets=[post(2030, 20, Comparison.BETWEEN, 30)])

    assert found == (Band(end(2020), Decimal(10), Decimal(10)), Band(end(2030), Decimal(20), Decimal(30)))


@given(sides, amounts, amounts)
def test_gap_is_nothing_exactly_when_the_target_is_met(comparison, wanted, given_value):
    target = post(2030, wanted, comparison)

    assert (gap_to(given_value, target) == 0) is is_met(given_value, target)
    assert gap_to(given_value, target) >= 0


@given(sides, amounts, amounts, amounts, st.integers(2021, 2029))
def test_state_turns_at_the_expected_value(comparison, start, wanted, given_value, year):
    assume(start != wanted)
    targets = [post(2030, wanted, comparison)]
    found = state([value(year, given_value)], baseline=post(2020, start), targets=targets, today=end(2029))

    assert min(start, wanted) <= found.expected_now <= max(start, wanted)
    if found.state is TargetState.ON_WAY:
        assert abs(given_value - wanted) <= abs(found.expected_now - wanted)
    if found.state is TargetState.OFF_WAY and not is_met(start, targets[0]):
        further = given_value - wanted if start < wanted else wanted - given_value
        assert further > 0 or abs(given_value - wanted) > abs(found.expected_now - wanted)


@given(sides, amounts, amounts, st.integers(2020, 2030))
def test_better_value_never_makes_the_state_worse(comparison, wanted, given_value, year):
    assume(comparison is not Comparison.EQUALS)
    order = [
        TargetState.MISSED,
        TargetState.OFF_WAY,
        TargetState.OPEN,
        TargetState.ON_WAY,
        TargetState.REACHED,
    ]
    step = 1 if comparison is Comparison.AT_LEAST else -1
    one, better = (
        state([value(year, each)], targets=[post(2030, wanted, comparison)], today=end(2030))
        for each in (given_value, given_value + step)
    )

    assert order.index(better.state) >= order.index(one.state)


@given(amounts, amounts, amounts, st.integers(2021, 2029))
def test_expected_value_lies_on_the_drawn_line(start, middle, wanted, year):
    targets = [post(2025, middle), post(2030, wanted)]
    found = state([value(year, 0)], baseline=post(2020, start), targets=targets, today=end(2029))
    line = target_line(baseline=post(2020, start), targets=targets)
    (a, low), (b, high) = next(pair for pair in pairwise(line) if end(year) <= pair[1][0])
    share = Decimal((end(year) - a).days) / Decimal((b - a).days)

    assert abs(found.expected_now - (low + (high - low) * share)) < Decimal("1e-20")
