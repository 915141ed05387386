"""Reports are added, never changed. One minute long a report may be taken back; then it stays, marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later, record
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.measures.models import Measure, Milestone, Report
from dreiklang.measures.permissions import RELEASE, REPORT
from dreiklang.measures.queries.terms import newer_notes, running_round
from dreiklang.measures.rules import (
    ENDINGS,
    UNCOUNTED,
    WITHDRAWAL,
    Phase,
    Timeliness,
    lacks_obstacle,
    may_withdraw,
)
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

REPORT_MAIL = "measures_report_mail"


class CannotReport(Refused):
    """The report cannot be taken.

    `in_the_future`, `nothing_to_confirm`, `has_ended`, `needs_successor`, `needs_obstacle`.
    """


class CannotWithdraw(Refused):
    """The report cannot be taken back: `too_late`, `not_yours`, `already`."""


class CannotRelease(Refused):
    """There is nothing to release: `no_note`, `already`, `withdrawn`, `replaced` by a newer note."""


@dataclass(frozen=True)
class NewMilestone:
    """A milestone that a report adds."""

    title: str
    due_on: date | None = None
    is_public: bool = False


@dataclass(frozen=True)
class ReportDraft:
    """What somebody says about a measure. `milestones_done` holds ids."""

    phase: Phase
    timeliness: Timeliness
    next_step: str = ""
    obstacle: str = ""
    decision_needed: str = ""
    expected_end_on: date | None = None
    public_note: str = ""
    note: str = ""
    milestones_done: Collection[int] = ()
    new_milestone: NewMilestone | None = None


def report(*, by: Viewer, on: date, measure: Measure, said: ReportDraft, today: date) -> Report:
    """A new report with the state of `on`, which may lie in the past.

    Endings that lead to another measure have services of their own (merge_duplicates, replace).
    Raises: NotAllowed; CannotReport.
    """
    require(by, REPORT, measure)
    if said.phase in UNCOUNTED:
        raise CannotReport("needs_successor")
    if lacks_obstacle(phase=said.phase, timeliness=said.timeliness, obstacle=said.obstacle):
        raise CannotReport("needs_obstacle")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bericht")):
        return add_report(by=by, on=on, measure=measure, said=said, today=today)


def add_report(*, by: Viewer, on: date, measure: Measure, said: ReportDraft, today: date) -> Report:
    """The report written in the caller's transaction, whose permission was asked there.

    Raises: CannotReport if the day lies ahead, or the measure went on in another one.
    """
    if on > today:
        raise CannotReport("in_the_future")
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if locked.merged_into_id is not None:
        raise CannotReport("has_ended")
    facts = _facts(said)
    return _written(by, on, locked, facts, today, effects=_milestones(locked, said, on))


def confirm(*, by: Viewer, on: date, measure: Measure) -> Report:
    """A report that says what the current one said: still true. Notes are not repeated.

    Raises: NotAllowed; CannotReport if there is nothing to confirm or the measure has ended.
    """
    require(by, REPORT, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Stand bestätigt")):
        locked = Measure.objects.select_for_update().get(pk=measure.pk)
        latest = locked.reports.filter(withdrawn_at=None).order_by("-reported_on", "-pk").first()
        if latest is None or not latest.phase or not latest.timeliness:
            raise CannotReport("nothing_to_confirm")
        if latest.phase in ENDINGS or locked.merged_into_id is not None:
            raise CannotReport("has_ended")
        # A list may have brought a standstill without its reason; whoever confirms it knows the reason.
        if lacks_obstacle(
            phase=Phase(latest.phase), timeliness=Timeliness(latest.timeliness), obstacle=latest.obstacle
        ):
            raise CannotReport("needs_obstacle")
        copied = ("phase", "timeliness", "next_step", "obstacle", "decision_needed", "expected_end_on")
        facts = {name: getattr(latest, name) for name in copied}
        # Never older than what it confirms, else it would not be the current one.
        day = max(on, latest.reported_on)
        return _written(by, day, locked, facts | {"is_confirmation": True}, on)


def _facts(said: ReportDraft) -> dict[str, Any]:
    return {
        "phase": said.phase,
        "timeliness": said.timeliness,
        "next_step": said.next_step.strip(),
        "obstacle": said.obstacle.strip(),
        "decision_needed": said.decision_needed.strip(),
        "expected_end_on": said.expected_end_on,
        "public_note": said.public_note.strip(),
        "note": said.note.strip(),
    }


def _written(
    by: Viewer,
    on: date,
    measure: Measure,
    facts: dict[str, Any],
    today: date,
    effects: dict[str, list[int]] | None = None,
) -> Report:
    latest = measure.reports.filter(withdrawn_at=None).order_by("-reported_on", "-pk").first()
    is_current = latest is None or on >= latest.reported_on
    made = Report.objects.create(
        measure=measure,
        # A report on days long gone does not answer the round that runs now.
        round=running_round(today=today) if is_current else None,
        reported_on=on,
        by_id=by.account_id,
        by_name=by.name,
        by_department_id=by.department_id,
        effects=effects or {},
        **facts,
    )
    refresh_current_reports(measure_ids=[measure.pk])
    _tell(by, "reported", measure, made)
    later(REPORT_MAIL, in_seconds=int(WITHDRAWAL.total_seconds()), report_id=made.pk)
    return made


def refresh_current_reports(*, measure_ids: Sequence[int]) -> None:
    """Write the current report of each measure anew, in the caller's transaction; one statement.

    Whoever adds or withdraws reports in bulk (an import) calls this before the end.
    """
    latest = Report.objects.filter(measure=OuterRef("pk"), withdrawn_at=None).order_by("-reported_on", "-pk")
    Measure.objects.filter(pk__in=measure_ids).update(current_report=Subquery(latest.values("pk")[:1]))


def _milestones(measure: Measure, said: ReportDraft, on: date) -> dict[str, list[int]]:
    """Marks and adds what the report says; returns what was really changed."""
    done = []
    for milestone in measure.milestones.filter(pk__in=said.milestones_done, done_on=None):
        milestone.done_on = on
        milestone.version += 1
        milestone.save(update_fields=["done_on", "version", "changed_at"])
        done.append(milestone.pk)
    added: list[int] = []
    new = said.new_milestone
    if new is not None and new.title.strip():
        milestone, is_new = Milestone.objects.get_or_create(
            measure=measure,
            title=new.title.strip(),
            defaults={"due_on": new.due_on, "is_public": new.is_public},
        )
        added = [milestone.pk] if is_new else []
    return {"done": done, "added": added}


def withdraw(*, by: Viewer, now: datetime, report: Report) -> Report:
    """The report, taken back: it stays and is marked. Milestones it set or added are undone.

    Raises: CannotWithdraw if it is somebody else's, older than a minute or already taken back.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bericht zurückgenommen")):
        measure = Measure.objects.select_for_update().get(pk=report.measure_id)
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if by.account_id is None or locked.by_id != by.account_id:
            raise CannotWithdraw("not_yours")
        if locked.withdrawn_at is not None:
            raise CannotWithdraw("already")
        # A merger is undone by its own hand, not by taking back the report that tells of it.
        if locked.phase in UNCOUNTED or not may_withdraw(recorded_at=locked.recorded_at, now=now):
            raise CannotWithdraw("too_late")
        locked.withdrawn_at = now
        locked.save(update_fields=["withdrawn_at"])
        Milestone.objects.filter(pk__in=locked.effects.get("done", [])).update(done_on=None)
        Milestone.objects.filter(pk__in=locked.effects.get("added", [])).delete()
        refresh_current_reports(measure_ids=[measure.pk])
        _tell(by, "report_withdrawn", measure, locked)
    return locked


def release(*, by: Viewer, now: datetime, report: Report) -> Report:
    """The report with its public note released by its office. Restraint periods are kept on reading.

    Raises: NotAllowed; CannotRelease.
    """
    measure = Measure.objects.select_related("lead_department").get(pk=report.measure_id)
    require(by, RELEASE, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Notiz freigegeben")):
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if not locked.public_note:
            raise CannotRelease("no_note")
        if locked.withdrawn_at is not None:
            raise CannotRelease("withdrawn")
        if locked.released_at is not None:
            raise CannotRelease("already")
        if Report.objects.filter(pk=locked.pk).filter(Exists(newer_notes())).exists():
            raise CannotRelease("replaced")
        locked.released_at = now
        locked.released_by_name = by.name
        locked.save(update_fields=["released_at", "released_by_name"])
        _tell(by, "note_released", measure, locked)
    return locked


def take_back_release(*, by: Viewer, report: Report) -> Report:
    """The report with its note no longer public.

    Raises: NotAllowed; CannotRelease if it was not released.
    """
    measure = Measure.objects.select_related("lead_department").get(pk=report.measure_id)
    require(by, RELEASE, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Freigabe zurückgenommen")):
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.released_at is None:
            raise CannotRelease("no_note")
        locked.released_at = None
        locked.released_by_name = ""
        locked.save(update_fields=["released_at", "released_by_name"])
    return locked


def _tell(by: Viewer, what: str, measure: Measure, about: Report) -> None:
    record(
        name=what,
        subject="measures",
        object_key=measure.number,
        by_id=by.account_id,
        by_name=by.name,
        report_id=about.pk,
        claims=[f"measure:{measure.pk}"],
        phase=about.phase,
        timeliness=about.timeliness,
        reported_on=about.reported_on.isoformat(),
    )
