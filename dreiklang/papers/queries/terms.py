"""The days that follow from what the city ruled."""

from datetime import date

from dreiklang.measures.queries import workday_counter
from dreiklang.papers.queries.papers.rulings import rulings


def co_sign_due_on(today: date) -> date:
    """The last day for an office asked today."""
    return workday_counter()(today, rulings().co_sign_workdays)


def release_wanted_on(committee_on: date | None) -> date | None:
    """The day a check should be released by for that meeting; None without one."""
    if committee_on is None:
        return None
    return workday_counter()(committee_on, -rulings().lead_time_workdays)
