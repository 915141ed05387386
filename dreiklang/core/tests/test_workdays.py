from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.core.workdays import STATES, add_workdays, is_workday, state_of_key, workdays_between

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "working-days.md"
days = st.dates(date(2018, 1, 1), date(2032, 12, 31))


def worked_examples():
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| 20")]
    return [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in lines]


@pytest.mark.parametrize(("start", "n", "state", "deadline"), worked_examples())
def test_deadlines_are_as_the_page_says(start, n, state, deadline):
    assert add_workdays(date.fromisoformat(start), int(n), state=state) == date.fromisoformat(deadline)


@pytest.mark.parametrize(
    "day", [date(2024, 11, 20), date(2025, 11, 19), date(2026, 11, 18), date(2028, 11, 22)]
)
def test_only_saxony_is_free_on_the_day_of_repentance_and_prayer(day):
    assert [state for state in STATES if not is_workday(day, state=state)] == ["SN"]


@given(days, st.integers(-60, 60).filter(bool), st.sampled_from(STATES))
def test_counting_undoes_adding(day, n, state):
    start = add_workdays(day, 0, state=state)

    assert workdays_between(start, add_workdays(start, n, state=state), state=state) == n


@given(days, st.integers(-60, 60), st.sampled_from(STATES))
def test_a_deadline_never_falls_on_a_free_day(day, n, state):
    assert is_workday(add_workdays(day, n, state=state), state=state)


@given(days, days, days)
def test_counted_days_add_up(a, b, c):
    a, b, c = sorted((a, b, c))
    b = add_workdays(b, 0, state="SN")
    c = max(b, c)

    assert workdays_between(a, b, state="SN") + workdays_between(b, c, state="SN") == workdays_between(
        a, c, state="SN"
    )


def test_no_days_lie_between_a_day_and_itself():
    assert workdays_between(date(2026, 1, 5), date(2026, 1, 5), state="SN") == 0


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 1, 5), "XX"), (date(2026, 1, 5), "sn"), (date(1980, 1, 7), "SN")]
)
def test_what_is_not_known_is_not_taken_for_a_working_day(day, state):
    with pytest.raises(ValueError):
        is_workday(day, state=state)


def test_the_state_follows_from_the_official_key():
    assert state_of_key("14000000") == "SN"
    assert state_of_key("01001000") == "SH"
    assert state_of_key("99") == Unknown("no_such_state", "99")
