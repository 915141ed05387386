"""Who still owes a report in a round, counted per office; and the rounds themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from dreiklang.measures.models import Measure, Reminder, Report, Round
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.standing import counted
from dreiklang.measures.queries.terms import reporting_settings, round_deadlines, workday_counter
from dreiklang.measures.rules import ENDINGS, Phase, ReminderKind, ReminderTerms, reminder_days
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class Owing:
    """A measure whose report of the round is missing."""

    measure_id: int
    number: str
    title: str
    url: str
    department: Any
    lead_id: int | None
    deputy_id: int | None
    due_on: date
    days: Mapping[ReminderKind, date]


@dataclass(frozen=True)
class OfficeInRound:
    """How far an office is in a round, with the records that are missing. No figure stands for a person."""

    name: str
    url: str
    asked: int
    reported: int
    missing: tuple[Owing, ...]


@dataclass(frozen=True)
class LevelDue:
    """A deadline of the round and for how many measures it holds."""

    due_on: date
    measures: int


@dataclass(frozen=True)
class RoundPage:
    """A round with its state per office."""

    round: Round
    offices: tuple[OfficeInRound, ...]
    levels: tuple[LevelDue, ...]
    letters: Mapping[str, int]
    is_open: bool

    @property
    def asked(self) -> int:
        return sum(office.asked for office in self.offices)

    @property
    def reported(self) -> int:
        return sum(office.reported for office in self.offices)

    @property
    def missing(self) -> int:
        return self.asked - self.reported


def rounds(viewer: Viewer) -> list[Round]:
    """All rounds, the latest first; nothing for outsiders."""
    return list(Round.objects.order_by("-opens_on", "-pk")) if viewer.is_internal else []


def round_page(viewer: Viewer, *, pk: int, today: date) -> RoundPage | None:
    """One round with what is missing per office; None for outsiders. At most seven statements."""
    found = Round.objects.filter(pk=pk).first() if viewer.is_internal else None
    if found is None:
        return None
    missing = {one.measure_id: one for one in owing(round_=found, today=today)}
    due = round_deadlines(of=found, settings=reporting_settings())
    asked = list(
        _asked(found)
        .order_by("lead_department__key", "pk")
        .values_list("pk", "lead_department__key", "lead_department__name")
    )
    offices: dict[tuple[str, str], list[int]] = {}
    levels: dict[date, int] = {}
    for measure_id, key, name in asked:
        offices.setdefault((key or "", name or ""), []).append(measure_id)
        day = due.get(measure_id, found.due_on)
        levels[day] = levels.get(day, 0) + 1
    letters = Reminder.objects.filter(round=found).values_list("kind").annotate(number=Count("pk"))
    return RoundPage(
        round=found,
        offices=tuple(_office(key, name, ids, missing) for (key, name), ids in offices.items()),
        levels=tuple(LevelDue(day, number) for day, number in sorted(levels.items())),
        letters=dict(letters.order_by("kind")),
        is_open=found.opens_on <= today and (found.closed_on is None or found.closed_on > today),
    )


def _office(key: str, name: str, ids: list[int], missing: Mapping[int, Owing]) -> OfficeInRound:
    lacking = tuple(missing[pk] for pk in ids if pk in missing)
    url = reverse("people:department", args=[key]) if key else ""
    return OfficeInRound(name, url, len(ids), len(ids) - len(lacking), lacking)


def owing(*, round_: Round, today: date) -> list[Owing]:
    """Measures that were asked and have not answered yet, by number. At most five statements."""
    settings = reporting_settings()
    due = round_deadlines(of=round_, settings=settings)
    terms = ReminderTerms(settings.first_reminder_workdays, settings.escalation_workdays)
    add = workday_counter()
    days = {day: reminder_days(day, terms=terms, add_workdays=add) for day in {*due.values(), round_.due_on}}
    silent = _asked(round_).exclude(_answered(round_))
    return [
        Owing(
            measure_id=one.pk,
            number=one.number,
            title=one.title,
            url=address(one.number),
            department=one.lead_department,
            lead_id=one.lead_id,
            deputy_id=one.deputy_id,
            due_on=due.get(one.pk, round_.due_on),
            days=days[due.get(one.pk, round_.due_on)],
        )
        for one in silent.select_related("lead_department")
        .only("number", "title", "lead_id", "deputy_id", "lead_department")
        .order_by("number", "pk")
    ]


def _asked(round_: Round) -> QuerySet[Measure]:
    """Every counted measure that runs, or that ended or went into use by answering this round.

    A round that is over asked only measures that were there then: entered by its end, or reported on
    by its end where a list brought them in later.
    """
    finished = Q(current_report__phase__in=[Phase.IN_USE, *ENDINGS])
    asked = counted(Measure.objects.all()).filter(
        ~finished | Q(current_report__isnull=True) | _answered(round_)
    )
    if round_.closed_on is None:
        return asked
    told = Report.objects.filter(withdrawn_at=None, reported_on__lte=round_.closed_on)
    return asked.filter(Q(created_at__date__lte=round_.closed_on) | Q(pk__in=told.values("measure")))


def _answered(round_: Round) -> Q:
    within = Q(current_report__reported_on__gte=round_.opens_on)
    if round_.closed_on is not None:
        within = Q(pk__in=_reported_within(round_).values("measure"))
    return Q(current_report__round=round_) | within


def _reported_within(round_: Round) -> QuerySet[Report]:
    """Reports that answered a round that is over: later ones must not change its result."""
    reports = Report.objects.filter(withdrawn_at=None)
    dated = Q(reported_on__gte=round_.opens_on, reported_on__lte=round_.closed_on)
    return reports.filter(Q(round=round_) | dated)
