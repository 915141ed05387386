"""Working days by federal state: Monday to Friday without public holidays.

Saturdays do not count (they are Werktage, not Arbeitstage); 24 and 31 December do, because no law makes them
holidays. Holidays of single towns (Augsburg, Catholic communities in Bavaria) are left out.
Source: docs/rules/working-days.md; the holidays come from the package `holidays`.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from dreiklang.core.values import Unknown

# The first two digits of an official municipal key.
_STATE_OF_KEY = {
    "01": "SH",
    "02": "HH",
    "03": "NI",
    "04": "HB",
    "05": "NW",
    "06": "HE",
    "07": "RP",
    "08": "BW",
    "09": "BY",
    "10": "SL",
    "11": "BE",
    "12": "BB",
    "13": "MV",
    "14": "SN",
    "15": "ST",
    "16": "TH",
}
STATES = tuple(sorted(_STATE_OF_KEY.values()))
_FIRST_YEAR = 1991
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def state_of_key(key: str) -> str | Unknown:
    """The state an official municipal key (AGS, leading zeros kept) lies in. unknown: `no_such_state`."""
    return _STATE_OF_KEY.get(key[:2]) or Unknown("no_such_state", key)


def is_workday(day: date, *, state: str) -> bool:
    """Whether people work on the day. Raises: ValueError for a state there is not, or a year before 1991."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year, state)


def add_workdays(day: date, n: int, *, state: str) -> date:
    """The n-th working day after the day, which itself does not count; before it if n is negative.

    With n = 0 the day itself, or the next working day if it is none.
    source: § 187 (1) and § 193 BGB.
    """
    step = -_ONE_DAY if n < 0 else _ONE_DAY
    if n == 0:
        while not is_workday(day, state=state):
            day += step
        return day
    left = abs(n)
    while left:
        day += step
        left -= is_workday(day, state=state)
    return day


def workdays_between(start: date, end: date, *, state: str) -> int:
    """How many working days lie after the start up to and including the end; negative if the end comes first.

    For working days it undoes `add_workdays`.
    """
    if end < start:
        return -sum(is_workday(end + _ONE_DAY * n, state=state) for n in range((start - end).days))
    return sum(is_workday(start + _ONE_DAY * n, state=state) for n in range(1, (end - start).days + 1))


@lru_cache(maxsize=256)
def _holidays(year: int, state: str) -> frozenset[date]:
    if state not in STATES:
        raise ValueError(f"there is no state {state!r}")
    if year < _FIRST_YEAR:
        raise ValueError(f"holidays are known from {_FIRST_YEAR} on, not for {year}")
    return frozenset(holidays.country_holidays("DE", subdiv=state, years=year))
