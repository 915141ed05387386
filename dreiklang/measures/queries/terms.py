"""By which terms reports are read today: settings, open round, deadlines not yet passed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from dreiklang.core.values import Period
from dreiklang.core.workdays import add_workdays
from dreiklang.measures.models import Measure, ReportingSettings, RestraintPeriod, Round
from dreiklang.measures.rules import Terms, deadlines
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import municipality

# Parts within parts deeper than this are not read as not yet due: nobody builds eight levels.
_LEVELS = 8
_FRIDAY = 4


# Every page asks for this; as one statement it costs what one of the two would.
_BOTH = f"""
SELECT coalesce(
         (SELECT stale_after_days FROM {ReportingSettings._meta.db_table} LIMIT 1),
         {ReportingSettings().stale_after_days}
       ), running.id, running.opens_on, running.due_on
FROM (SELECT 1) always LEFT JOIN LATERAL (
  SELECT id, opens_on, due_on FROM {Round._meta.db_table}
  WHERE opens_on <= %s AND (closed_on IS NULL OR closed_on > %s)
  ORDER BY opens_on DESC, id DESC LIMIT 1
) running ON true
"""  # noqa: S608


@dataclass(frozen=True)
class Reporting:
    """The settings, the open round (None if there is none) and the terms that follow."""

    settings: ReportingSettings
    round: Round | None
    terms: Terms


def reporting(*, today: date) -> Reporting:
    """Settings, open round and terms of a day. Two statements; two more in the days when measures with
    parts still have time while their parts are overdue.
    """
    settings = reporting_settings()
    current = running_round(today=today)
    if current is None:
        return Reporting(settings, None, Terms(today=today, stale_after_days=settings.stale_after_days))
    is_overdue = today > current.due_on
    terms = Terms(
        today=today,
        stale_after_days=settings.stale_after_days,
        round_id=current.pk,
        round_opens_on=current.opens_on,
        is_overdue=is_overdue,
        not_yet_due=_not_yet_due(current, settings, today) if is_overdue else frozenset(),
    )
    return Reporting(settings, current, terms)


def terms_of(*, today: date) -> Terms:
    """The terms of a day alone: one statement, four more in the days when measures with parts still have time."""
    with connection.cursor() as cursor:
        cursor.execute(_BOTH, [today, today])
        stale_after_days, round_id, opens_on, due_on = cursor.fetchone()
    if round_id is None:
        return Terms(today=today, stale_after_days=stale_after_days)
    if due_on < today:
        return reporting(today=today).terms
    return Terms(today, stale_after_days, round_id, opens_on)


def reporting_settings() -> ReportingSettings:
    """The city's rules of reporting; the usual ones before anybody set them."""
    return ReportingSettings.objects.first() or ReportingSettings()


def running_round(*, today: date) -> Round | None:
    """The round that runs on that day; the one opened last if there are several."""
    running = Round.objects.filter(opens_on__lte=today).filter(Q(closed_on=None) | Q(closed_on__gt=today))
    return running.order_by("-opens_on", "-pk").first()


def open_round(viewer: Viewer, *, today: date) -> Round | None:
    """The round that runs on that day, for the administration; nobody else is asked to report."""
    return running_round(today=today) if viewer.is_internal else None


def workday_counter() -> Callable[[date, int], date]:
    """Adds working days by the holidays of the city's state; without a state only weekends are free."""
    state = municipality().state
    if not state:
        return _weekdays

    def counted(day: date, number: int) -> date:
        return add_workdays(day, number, state=state)

    return counted


def _weekdays(day: date, number: int) -> date:
    step, left = timedelta(days=1 if number >= 0 else -1), abs(number)
    while left or day.weekday() > _FRIDAY:
        day += step
        left -= day.weekday() <= _FRIDAY and left > 0
    return day


def round_deadlines(*, of: Round, settings: ReportingSettings) -> dict[int, date]:
    """Deadlines of the measures that have parts or are parts; all others are due on the round's own day."""
    return deadlines(
        _families(),
        due_on=of.due_on,
        level_workdays=settings.level_workdays,
        add_workdays=workday_counter(),
    )


def _not_yet_due(current: Round, settings: ReportingSettings, today: date) -> frozenset[int]:
    if today > current.due_on + timedelta(days=2 * _LEVELS * settings.level_workdays + 30):
        return frozenset()
    due = round_deadlines(of=current, settings=settings)
    return frozenset(measure for measure, day in due.items() if day >= today)


def _families() -> dict[int, int | None]:
    """Measure → the one it is part of, for all that are parts or have parts."""
    parts = dict(Measure.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    return {**dict.fromkeys(parts.values()), **parts}


def restraint_periods() -> list[Period]:
    """The periods in which nothing is released to the public, earliest first."""
    rows = RestraintPeriod.objects.order_by("starts_on", "pk").values_list("starts_on", "ends_on", "reason")
    return [Period(start, end, words) for start, end, words in rows]


def restraints() -> list[RestraintPeriod]:
    """The restraint periods as records, the latest first."""
    return list(RestraintPeriod.objects.order_by("-starts_on", "-pk"))
