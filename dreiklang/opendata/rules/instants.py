"""The parameter `datetime`: an instant or an interval by RFC 3339, as days of the city."""

import re
from datetime import date, datetime, tzinfo

from dreiklang.opendata.rules.refusals import BadParameter

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([0-9]{2}:[0-9]{2}):([0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_OPEN = ("", "..")
_LEAP_SECOND = "60"


def days_of(said: str, *, zone: tzinfo) -> tuple[date | None, date | None]:
    """First and last day, ends inclusive; None at an open end. A plain day counts from its begin to its end.

    Raises: BadParameter for `datetime`: `not_an_instant`, `datetime_open` when both ends are, `datetime_swapped`.
    """
    begin, slash, end = said.partition("/")
    if not slash:
        day = _day(begin, zone)
        return day, day
    if begin in _OPEN and end in _OPEN:
        raise BadParameter("datetime", "datetime_open", value=said)
    since = None if begin in _OPEN else _day(begin, zone)
    until = None if end in _OPEN else _day(end, zone)
    if since is not None and until is not None and since > until:
        raise BadParameter("datetime", "datetime_swapped", value=said)
    return since, until


def _day(said: str, zone: tzinfo) -> date:
    try:
        if _DAY.fullmatch(said):
            return date.fromisoformat(said)
        match = _INSTANT.fullmatch(said)
        if match:
            seconds = "59" if match[2] == _LEAP_SECOND else match[2]
            offset = "+00:00" if match[4] in "Zz" else match[4]
            instant = datetime.fromisoformat(f"{said[:10]}T{match[1]}:{seconds}{offset}")
            return instant.astimezone(zone).date()
    except (ValueError, OverflowError):
        pass
    raise BadParameter("datetime", "not_an_instant", value=said)
