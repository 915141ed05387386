from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.goals.rules import StepState, natural, next_due_on, step_state

TODAY = date(2026, 11, 22)


def test_a_step_due_today_is_not_overdue() -> None:
    assert step_state(due_on=TODAY, done_on=None, today=TODAY) is StepState.NEXT


def test_a_step_due_yesterday_is_overdue_unless_done() -> None:
    yesterday = date(2026, 11, 21)

    assert step_state(due_on=yesterday, done_on=None, today=TODAY) is StepState.OVERDUE
    assert step_state(due_on=yesterday, done_on=TODAY, today=TODAY) is StepState.DONE


def test_a_step_in_the_far_future_is_for_later() -> None:
    assert step_state(due_on=date(2027, 6, 1), done_on=None, today=TODAY) is StepState.LATER


def test_a_day_the_month_lacks_becomes_its_last() -> None:
    assert next_due_on(due_on=date(2027, 8, 31), after_months=6) == date(2028, 2, 29)


def test_repeating_at_once_is_refused() -> None:
    with pytest.raises(ValueError):
        next_due_on(due_on=TODAY, after_months=0)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 120))
def test_the_next_turn_is_that_many_months_later(due_on: date, months: int) -> None:
    again = next_due_on(due_on=due_on, after_months=months)

    assert (again.year - due_on.year) * 12 + again.month - due_on.month == months
    assert again.day <= due_on.day


def test_numbers_are_read_as_people_read_them() -> None:
    numbers = ["10", "2", "1.10", "1.2", "B 12/3", "B 2/1", "1"]

    assert sorted(numbers, key=natural) == ["1", "1.2", "1.10", "2", "10", "B 2/1", "B 12/3"]
