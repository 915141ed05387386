"""Reporting rounds are opened and closed; reminders go out once, to lead and deputy, then up the line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later, record
from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.measures.models import Reminder, ReportingSettings, RestraintPeriod, Round
from dreiklang.measures.permissions import ROUNDS, SETTINGS
from dreiklang.measures.queries.rounds import Owing, owing
from dreiklang.measures.queries.terms import running_round
from dreiklang.measures.rules import ReminderKind, letter_due
from dreiklang.people.queries import accounts_holding, away_on, line_of_command
from dreiklang.people.rules import Role, Viewer
from dreiklang.people.services import require

LETTER_MAIL = "measures_letter_mail"


class CannotOpenRound(Refused):
    """The round cannot be opened: `name_taken`, `due_before_opening`, `another_runs`."""


class CannotCloseRound(Refused):
    """The round cannot be closed: `already`."""


@dataclass(frozen=True)
class Letter:
    """One mail: its kind, who gets it (ids) and for which measures (ids)."""

    kind: ReminderKind
    to: tuple[int, ...]
    copy: tuple[int, ...]
    measures: tuple[int, ...]


def open_round(*, by: Viewer, name: str, opens_on: date, due_on: date, note: str = "") -> Round:
    """A new reporting round.

    Raises: NotAllowed; CannotOpenRound if the name is taken, the dates run backwards, or a round that
    has not been closed would run beside it.
    """
    require(by, ROUNDS)
    if due_on < opens_on:
        raise CannotOpenRound("due_before_opening", field="due_on")
    if Round.objects.filter(name__iexact=name.strip()).exists():
        raise CannotOpenRound("name_taken", field="name")
    if Round.objects.filter(closed_on=None).exists():
        raise CannotOpenRound("another_runs")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Berichtsrunde begonnen")):
        made = Round.objects.create(name=name.strip(), opens_on=opens_on, due_on=due_on, note=note.strip())
        _tell(by, "round_started", made)
    return made


def close_round(*, by: Viewer, on: date, round_id: int) -> Round:
    """The round, closed: from now on its deadline makes nothing unreported any more.

    Raises: NotAllowed; CannotCloseRound.
    """
    require(by, ROUNDS)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Berichtsrunde abgeschlossen")):
        found = Round.objects.select_for_update().get(pk=round_id)
        if found.closed_on is not None:
            raise CannotCloseRound("already")
        found.closed_on = max(on, found.opens_on)
        found.version += 1
        found.save()
        _tell(by, "round_closed", found)
    return found


def save_settings(*, by: Viewer, version: int, fields: Mapping[str, int]) -> ReportingSettings:
    """The city's rules of reporting with these values.

    Raises: NotAllowed; ChangedMeanwhile.
    """
    require(by, SETTINGS)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Regeln des Berichtens geändert")):
        current = ReportingSettings.objects.select_for_update().first() or ReportingSettings(version=0)
        if current.version != version and current.pk:
            raise ChangedMeanwhile(current, version=current.version)
        for name, value in fields.items():
            setattr(current, name, value)
        current.version += 1
        current.save()
    return current


def set_restraint(*, by: Viewer, reason: str, starts_on: date, ends_on: date) -> RestraintPeriod:
    """A period in which nothing is released to the public, both days included.

    Raises: NotAllowed; CannotOpenRound with `due_before_opening` if it ends before it starts.
    """
    require(by, SETTINGS)
    if ends_on < starts_on:
        raise CannotOpenRound("due_before_opening", field="ends_on")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zurückhaltung vor Wahlen gesetzt")):
        return RestraintPeriod.objects.create(reason=reason.strip(), starts_on=starts_on, ends_on=ends_on)


def lift_restraint(*, by: Viewer, period_id: int) -> None:
    """The period is gone; what waited for its end is seen at once.

    Raises: NotAllowed.
    """
    require(by, SETTINGS)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zurückhaltung aufgehoben")):
        RestraintPeriod.objects.filter(pk=period_id).delete()


def send_due_reminders(*, on: date) -> int:
    """Hands the letters due that day to the worker, each once per measure and round; how many.

    Run again on the same day it does nothing. One mail per group of recipients, however many measures.
    """
    current = running_round(today=on)
    if current is None:
        return 0
    with transaction.atomic():
        # Two workers at once would write twice: the second waits here and then finds nothing to do.
        Round.objects.select_for_update().get(pk=current.pk)
        letters = _letters(current, on)
        for letter in letters:
            recipients = [*letter.to, *letter.copy]
            Reminder.objects.bulk_create(
                Reminder(round=current, measure_id=pk, kind=letter.kind, recipients=recipients)
                for pk in letter.measures
            )
            later(
                LETTER_MAIL,
                round_id=current.pk,
                kind=letter.kind.value,
                to=list(letter.to),
                copy=list(letter.copy),
                measure_ids=list(letter.measures),
            )
    return len(letters)


def _letters(current: Round, on: date) -> list[Letter]:
    sent: dict[int, set[ReminderKind]] = defaultdict(set)
    for measure_id, text in Reminder.objects.filter(round=current).values_list("measure_id", "kind"):
        sent[measure_id].add(ReminderKind(text))
    due = [
        (one, kind)
        for one in owing(round_=current, today=on)
        if (kind := letter_due(one.days, today=on, sent=sent[one.measure_id])) is not None
    ]
    grouped: dict[tuple[ReminderKind, tuple[int, ...], tuple[int, ...]], list[int]] = defaultdict(list)
    post = Post(on)
    for one, kind in due:
        to, copy = post.addressed(one, kind)
        if to:
            grouped[kind, to, copy].append(one.measure_id)
    return [Letter(kind, to, copy, tuple(ids)) for (kind, to, copy), ids in grouped.items()]


class Post:
    """Knows who is away and who heads what, read once for all letters of a day."""

    def __init__(self, on: date) -> None:
        self.away = away_on(on)
        self.lines: dict[int, list[int]] = {}
        self.coordinators = [one.pk for one in accounts_holding(Role.COORDINATOR)]

    def addressed(self, one: Owing, kind: ReminderKind) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who gets the letter and who a copy. Where nobody answers for a measure, its office's head does."""
        answering = self._present([one.lead_id, one.deputy_id])
        heads = [pk for pk in self._line(one) if pk != one.lead_id]
        if kind in {ReminderKind.FIRST, ReminderKind.OVERDUE}:
            return answering or self._present(heads[:1]) or tuple(self.coordinators), ()
        if kind is ReminderKind.ESCALATION_HEAD or len(heads) < 2:
            return self._present(heads[:1]) or tuple(self.coordinators), answering
        return self._present(heads[1:2]), self._present(heads[:1])

    def _present(self, ids: Iterable[int | None]) -> tuple[int, ...]:
        """These people, and whoever stands in for those who are away; each once, in order."""
        found: dict[int, None] = {}
        for pk in ids:
            if pk is None:
                continue
            found[pk] = None
            if (deputy := self.away.get(pk)) is not None:
                found[deputy] = None
        return tuple(found)

    def _line(self, one: Owing) -> list[int]:
        if one.department is None:
            return []
        if one.department.pk not in self.lines:
            self.lines[one.department.pk] = [head.pk for head in line_of_command(one.department)]
        return self.lines[one.department.pk]


def _tell(by: Viewer, what: str, about: Round) -> None:
    record(name=what, subject="measures", object_key=about.name, by_id=by.account_id, by_name=by.name)
