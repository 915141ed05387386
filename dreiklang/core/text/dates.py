"""Days, instants and periods in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dreiklang.core.values import Period, Unknown

from .language import wording
from .words import count, unknown

_BERLIN = ZoneInfo("Europe/Berlin")


def day(value: date | Unknown) -> str:
    """A day: 30. September 2026."""
    return unknown(value) if isinstance(value, Unknown) else _day(value, wording().day)


def day_short(value: date | Unknown) -> str:
    """A day for tables: 30.09.2026; in English 30 Sep 2026."""
    return unknown(value) if isinstance(value, Unknown) else _day(value, wording().day_short)


def month(value: date) -> str:
    """The month of a day: September 2026."""
    return f"{wording().months[value.month - 1]} {value.year:04}"


def month_short(value: date) -> str:
    """The month of a day where space is scarce: Sept. 2026; in English Sep 2026."""
    return f"{wording().months_short[value.month - 1]} {value.year:04}"


def time_of_day(value: datetime) -> str:
    """The time of an instant in Berlin: 14:05 Uhr. Raises: ValueError if the instant has no time zone."""
    return wording().time.format(_local(value))


def instant(value: datetime) -> str:
    """An instant in Berlin: 30. September 2026, 14:05 Uhr. Raises: ValueError if it has no time zone."""
    return wording().instant.format(day=day(value), time=time_of_day(value))


def ago(value: date, today: date) -> str:
    """How long ago or ahead a day is: heute, gestern, vor 11 Tagen, in 3 Monaten, vor 2 Jahren.

    Days up to 90, then completed months, from two years on completed years.
    """
    words = wording()
    distance = (_date(value) - _date(today)).days
    if distance == 0:
        return words.today
    if distance in words.relative_days:
        return words.relative_days[distance]
    form = words.future if distance > 0 else words.past
    return form.format(_length(*sorted((_date(value), _date(today)))))


def span(value: Period | Unknown) -> str:
    """A period: the words of its source, else the shortest exact wording (4. Quartal 2022, 2018 bis 2019, ab 2015)."""
    if isinstance(value, Unknown):
        return unknown(value)
    if value.words:
        return value.words
    words, start, end = wording(), value.start, value.end
    if start and end:
        return _closed(start, end)
    if start:
        return words.since.format(f"{start.year:04}" if (start.month, start.day) == (1, 1) else day(start))
    return words.until.format(day(end)) if end else words.always


def _closed(start: date, end: date) -> str:
    if start == end:
        return day(start)
    if start.year == end.year:
        for period, name in _named_periods(start.year, start.month):
            if (period.start, period.end) == (start, end):
                return name
    return _from_to(start, end)


def _named_periods(year: int, first_month: int) -> list[tuple[Period, str]]:
    """The periods of a year that have a name of their own, and that name."""
    words = wording()
    quarters = [(Period.quarter(year, q), words.quarter.format(q, year)) for q in (1, 2, 3, 4)]
    halves = [(Period.half_year(year, h), words.half_years[h - 1].format(year)) for h in (1, 2)]
    one_month = Period.month(year, first_month)
    return [
        (Period.year(year), f"{year:04}"),
        *halves,
        *quarters,
        (one_month, month(date(year, first_month, 1))),
    ]


def _from_to(start: date, end: date) -> str:
    words = wording()
    if start.day == 1 and end == Period.month(end.year, end.month).end:
        if (start.month, end.month) == (1, 12):
            return words.to.format(f"{start.year:04}", f"{end.year:04}")
        return words.to.format(month(start), month(end))
    return words.to.format(day(start), day(end))


def _length(earlier: date, later: date) -> str:
    units = wording().units
    days = (later - earlier).days
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    if days <= 90:
        return count(days, *units["day"])
    if months < 24:
        return count(months, *units["month"])
    return count(months // 12, *units["year"])


def _day(value: date, form: str) -> str:
    value, words = _date(value), wording()
    return form.format(
        day=value.day,
        number=value.month,
        month=words.months[value.month - 1],
        short=words.months_short[value.month - 1],
        year=value.year,
    )


def _date(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant without time zone cannot be worded")
    return value.astimezone(_BERLIN)
