"""When the next value of a series, or the next state of a dataset, is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dreiklang.core.values import Unknown

PREFIX = "http://publications.europa.eu/resource/authority/frequency/"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long from one value to the next: whole months, or days."""

    months: int = 0
    days: int = 0


_DAY = Rhythm(days=1)

# Codes of the EU authority table "Frequency" (Publications Office of the EU); None is no rhythm to wait for.
# Several times within a period: the period divided, days rounded up. Faster than a day: a day.
RHYTHMS: dict[str, Rhythm | None] = {
    "TRIDECENNIAL": Rhythm(months=360),
    "BIDECENNIAL": Rhythm(months=240),
    "DECENNIAL": Rhythm(months=120),
    "QUINQUENNIAL": Rhythm(months=60),
    "QUADRENNIAL": Rhythm(months=48),
    "TRIENNIAL": Rhythm(months=36),
    "BIENNIAL": Rhythm(months=24),
    "ANNUAL": Rhythm(months=12),
    "ANNUAL_2": Rhythm(months=6),
    "ANNUAL_3": Rhythm(months=4),
    "QUARTERLY": Rhythm(months=3),
    "BIMONTHLY": Rhythm(months=2),
    "MONTHLY": Rhythm(months=1),
    "MONTHLY_2": Rhythm(days=16),
    "MONTHLY_3": Rhythm(days=11),
    "BIWEEKLY": Rhythm(days=14),
    "WEEKLY": Rhythm(days=7),
    "WEEKLY_2": Rhythm(days=4),
    "WEEKLY_3": Rhythm(days=3),
    "DAILY": _DAY,
    "DAILY_2": _DAY,
    "HOURLY": _DAY,
    "BIHOURLY": _DAY,
    "TRIHOURLY": _DAY,
    **{f"{minutes}MIN": _DAY for minutes in (1, 5, 10, 15, 30)},
    # Continuous is no edition to wait for.
    "CONT": None,
    "UPDATE_CONT": None,
    "IRREG": None,
    "NEVER": None,
    "UNKNOWN": None,
    "OTHER": None,
    "AS_NEEDED": None,
    "NOT_PLANNED": None,
}


def next_due(rhythm: str, *, last: date | None, lag_days: int) -> date | Unknown:
    """The day by which the next value should be there: a period after the last value, and the publication lag.

    rhythm   code of the EU frequency table, or its IRI
    last     last day of the period of the newest value; the end of a month leads to the end of a month
    unknown  `no_rhythm` (none given, or irregular), `unknown_rhythm` with its words, `not_delivered` without a value
    errors   Raises: ValueError for a negative lag
    """
    if lag_days < 0:
        raise ValueError("nothing is published before it is measured")
    code = rhythm.removeprefix(PREFIX)
    if code and code not in RHYTHMS:
        return Unknown("unknown_rhythm", rhythm)
    step = RHYTHMS.get(code)
    if step is None:
        return Unknown("no_rhythm", rhythm)
    if last is None:
        return Unknown("not_delivered")
    return months_later(last, step.months) + timedelta(days=step.days + lag_days)


def values_due(
    *, rhythm: str, last: date | None, lag_days: int, by_hand: date | None, delivered_on: date | None
) -> date | Unknown:
    """When the next values of an indicator should be there: by its rhythm, or by the day somebody set.

    The later of the two: who sets a later day gives time, and once a value came an earlier day is done with.

    last          last day of the period of the newest value; `delivered_on`: when values last came
    by_hand       without a rhythm it is done with once values came on or after it
    unknown       as `next_due`
    """
    found = next_due(rhythm, last=last, lag_days=lag_days)
    if isinstance(found, Unknown):
        is_open = by_hand is not None and (delivered_on is None or delivered_on < by_hand)
        return by_hand if is_open and by_hand is not None else found
    return max(found, by_hand) if by_hand else found


def days_overdue(due: date | Unknown, *, today: date) -> int | Unknown:
    """How many days have passed since the due day, 0 on the day itself and before. unknown: as the due day."""
    return due if isinstance(due, Unknown) else max((today - due).days, 0)


def months_later(on: date, months: int) -> date:
    """The same day so many months later; the end of a month leads to the end of a month."""
    if months == 0:
        return on
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    longest = monthrange(year, month)[1]
    is_end = on.day == monthrange(on.year, on.month)[1]
    return date(year, month, longest if is_end else min(on.day, longest))
