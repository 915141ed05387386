"""When steps of the evaluation cycle are due."""

import calendar
from datetime import date
from enum import StrEnum


class StepState(StrEnum):
    """Where a step of the work plan stands on a day."""

    DONE = "done"
    OVERDUE = "overdue"
    NEXT = "next"
    LATER = "later"


def step_state(*, due_on: date, done_on: date | None, today: date, soon_days: int = 90) -> StepState:
    """Done, overdue, next (due within `soon_days`) or later. A step due today is not overdue."""
    if done_on is not None:
        return StepState.DONE
    if due_on < today:
        return StepState.OVERDUE
    return StepState.NEXT if (due_on - today).days <= soon_days else StepState.LATER


def next_due_on(*, due_on: date, after_months: int) -> date:
    """The day a repeated step is due again; a day the month lacks becomes its last.

    Counts from the day it was due, not from the day it was done: a late evaluation does not push
    the cycle back. Raises: ValueError if the months are below 1.
    """
    if after_months < 1:
        raise ValueError("a step repeats after one month at the earliest")
    year, month = divmod(due_on.year * 12 + due_on.month - 1 + after_months, 12)
    return date(year, month + 1, min(due_on.day, calendar.monthrange(year, month + 1)[1]))
