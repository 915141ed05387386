"""By which terms reports are read today: settings, open round, deadlines not yet passed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Model, OuterRef, Q, QuerySet

from dreiklang.core.arrays import array_of
from dreiklang.core.values import Period
from dreiklang.core.workdays import add_workdays
from dreiklang.measures.models import Measure, Report, ReportingSettings, RestraintPeriod, Round
from dreiklang.measures.rules import Terms, deadlines
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import municipality

# Parts within parts deeper than this are not read as not yet due: nobody builds eight levels.
_LEVELS = 8
_FRIDAY = 4
Kind = TypeVar("Kind", bound=Model)


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


# Every page asks for this, so it is one statement: the settings, the running round, and only when that is
# overdue the parts with what they are part of.
_ASKED = f"""
SELECT {_columns(ReportingSettings, "rules")}, {_columns(Round, "running")},
       CASE WHEN running.due_on < %(today)s THEN (
         SELECT json_object_agg(id, parent_id) FROM {Measure._meta.db_table} WHERE parent_id IS NOT NULL
       ) END
FROM (SELECT 1) always
LEFT JOIN LATERAL (SELECT * FROM {ReportingSettings._meta.db_table} ORDER BY id LIMIT 1) rules ON true
LEFT JOIN LATERAL (
  SELECT * FROM {Round._meta.db_table}
  WHERE opens_on <= %(today)s AND (closed_on IS NULL OR closed_on > %(today)s)
  ORDER BY opens_on DESC, id DESC LIMIT 1
) running ON true
"""  # noqa: S608 - put together from constants


@dataclass(frozen=True)
class Reporting:
    """The settings, the open round (None if there is none) and the terms that follow.

    `deadlines` of measures with parts and of parts are worked out only while the round is overdue.
    `state` is the city's, where the caller knew it.
    """

    settings: ReportingSettings
    round: Round | None
    terms: Terms
    deadlines: Mapping[int, date] = field(default_factory=dict)
    state: str | None = None


def reporting(*, today: date, state: str | None = None) -> Reporting:
    """Settings, open round and terms of a day. One statement; one more for the city's state while a round
    with parts is overdue, unless the caller knows the `state` (code, may be empty).
    """
    settings, current, parts = _asked(today)
    if current is None:
        calm = Terms(today=today, stale_after_days=settings.stale_after_days)
        return Reporting(settings, None, calm, state=state)
    is_overdue = today > current.due_on
    due: Mapping[int, date] = {}
    if parts and today <= current.due_on + timedelta(days=2 * _LEVELS * settings.level_workdays + 30):
        due = _deadlines(_whole(parts), current, settings, workday_counter(state=state))
    terms = Terms(
        today=today,
        stale_after_days=settings.stale_after_days,
        round_id=current.pk,
        round_opens_on=current.opens_on,
        is_overdue=is_overdue,
        not_yet_due=frozenset(measure for measure, day in due.items() if day >= today),
    )
    return Reporting(settings, current, terms, due, state)


def _asked(today: date) -> tuple[ReportingSettings, Round | None, dict[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"today": today})
        *row, parts = cursor.fetchone()
    split = len(ReportingSettings._meta.concrete_fields)
    settings, current = _record(ReportingSettings, row[:split]), _record(Round, row[split:])
    known = {int(part): whole for part, whole in (parts or {}).items()}
    return settings or ReportingSettings(), current, known


def _record(model: type[Kind], values: Sequence[Any]) -> Kind | None:
    """The record of a joined row; None where the join found nothing."""
    if values[0] is None:
        return None
    return model.from_db(connection.alias, [one.attname for one in model._meta.concrete_fields], values)


def terms_of(*, today: date, state: str | None = None) -> Terms:
    """The terms of a day alone, for the statements of `reporting`."""
    return reporting(today=today, state=state).terms


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


def workday_counter(*, state: str | None = None) -> Callable[[date, int], date]:
    """Adds working days by the holidays of the city's state (asked for unless given); without a state
    only weekends are free.
    """
    state = municipality().state if state is None else state
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


def newer_notes() -> QuerySet[Report]:
    """For a condition on reports: notes of the same measure that are newer, as in `rules.replaced_notes`."""
    same = Report.objects.filter(measure=OuterRef("measure"), withdrawn_at=None).exclude(public_note="")
    return same.filter(
        Q(reported_on__gt=OuterRef("reported_on"))
        | Q(reported_on=OuterRef("reported_on"), pk__gt=OuterRef("pk"))
    )


def round_deadlines(*, of: Round, settings: ReportingSettings, state: str | None = None) -> dict[int, date]:
    """Deadlines of the measures that have parts or are parts; all others are due on the round's own day."""
    parts = dict(Measure.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    return _deadlines(_whole(parts), of, settings, workday_counter(state=state))


def _deadlines(
    families: Mapping[int, int | None],
    of: Round,
    settings: ReportingSettings,
    add_workdays: Callable[[date, int], date],
) -> dict[int, date]:
    return deadlines(
        families, due_on=of.due_on, level_workdays=settings.level_workdays, add_workdays=add_workdays
    )


def _whole(parts: Mapping[int, int]) -> dict[int, int | None]:
    """Measure → the one it is part of, for all that are parts or have parts."""
    return {**dict.fromkeys(parts.values()), **parts}


def restraint_periods() -> list[Period]:
    """The periods in which nothing is released to the public, earliest first."""
    rows = RestraintPeriod.objects.order_by("starts_on", "pk").values_list("starts_on", "ends_on", "reason")
    return [Period(start, end, words) for start, end, words in rows]


def restraint_column() -> ArraySubquery:
    """The periods in which nothing is released as a column of another statement; `periods_in` reads it."""
    rows = RestraintPeriod.objects.order_by("starts_on", "pk")
    return array_of(rows, fields={"start": "starts_on", "end": "ends_on", "words": "reason"})


def periods_in(column: Sequence[Mapping[str, str]]) -> list[Period]:
    """The periods of a `restraint_column`."""
    return [
        Period(date.fromisoformat(one["start"]), date.fromisoformat(one["end"]), one["words"])
        for one in column
    ]


def restraints() -> list[RestraintPeriod]:
    """The restraint periods as records, the latest first."""
    return list(RestraintPeriod.objects.order_by("-starts_on", "-pk"))
