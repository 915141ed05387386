"""What became of a resolution: reports are added, never changed; their public note waits for its release.

One minute long a report may be taken back; then it stays, marked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.measures.rules import may_withdraw
from dreiklang.papers.models import Resolution, ResolutionReport
from dreiklang.papers.permissions.resolutions import RELEASE, REPORT
from dreiklang.papers.rules.kinds import ResolutionState, Result
from dreiklang.papers.rules.resolutions import first_standing
from dreiklang.papers.services.resolutions.editing import locked_resolution, tell_of
from dreiklang.people.rules import Viewer


class CannotReportResolution(Refused):
    """The report cannot be taken: `in_the_future`, `before_decision`, `needs_reason` for giving up."""


class CannotReleaseNote(Refused):
    """There is nothing to release or to take back: `no_note`, `already`, `withdrawn`, `replaced` by a newer note."""


class CannotWithdrawReport(Refused):
    """The report cannot be taken back: `too_late`, `not_yours`, `already`."""


@dataclass(frozen=True)
class WhatBecame:
    """What somebody says about a resolution."""

    state: ResolutionState
    public_note: str = ""
    note: str = ""


def report_resolution(
    *, by: Viewer, on: date, number: str, said: WhatBecame, today: date
) -> ResolutionReport:
    """A new report with the state of `on`, which may lie in the past. The newest day gives the resolution's state.

    Raises: NotFound; NotAllowed; CannotReportResolution.
    """
    if on > today:
        raise CannotReportResolution("in_the_future")
    if said.state is ResolutionState.DROPPED and not (said.public_note.strip() or said.note.strip()):
        raise CannotReportResolution("needs_reason")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bericht zum Beschluss")):
        found = locked_resolution(by=by, number=number, permission=REPORT)
        if found.decided_on is not None and on < found.decided_on:
            raise CannotReportResolution("before_decision")
        made = ResolutionReport.objects.create(
            resolution=found,
            reported_on=on,
            state=said.state,
            public_note=said.public_note.strip(),
            note=said.note.strip(),
            by_id=by.account_id,
            by_name=by.name,
        )
        _take_state(found)
        tell_of(found, by=by, name="resolution_reported", report_id=made.pk, state=str(said.state))
    return made


def withdraw_resolution_report(*, by: Viewer, now: datetime, number: str, report_id: int) -> ResolutionReport:
    """The report, taken back: it stays and is marked; the report before it, or the beginning, counts again.

    Raises: NotFound; NotAllowed; CannotWithdrawReport if it is somebody else's, older than a minute or taken back.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bericht zurückgenommen")):
        found = locked_resolution(by=by, number=number, permission=REPORT)
        one = _report(found, report_id)
        if by.account_id is None or one.by_id != by.account_id:
            raise CannotWithdrawReport("not_yours")
        if one.withdrawn_at is not None:
            raise CannotWithdrawReport("already")
        if not may_withdraw(recorded_at=one.recorded_at, now=now):
            raise CannotWithdrawReport("too_late")
        # A note that was released in that minute is public no longer.
        one.withdrawn_at, one.released_at, one.released_by_name = now, None, ""
        one.save(update_fields=["withdrawn_at", "released_at", "released_by_name"])
        _take_state(found)
        tell_of(found, by=by, name="resolution_report_withdrawn", report_id=one.pk)
    return one


def release_resolution_note(*, by: Viewer, now: datetime, number: str, report_id: int) -> ResolutionReport:
    """The report with its public note released. Restraint periods are kept on reading.

    Raises: NotFound; NotAllowed; CannotReleaseNote.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Notiz freigegeben")):
        found = locked_resolution(by=by, number=number, permission=RELEASE)
        one = _report(found, report_id)
        if not one.public_note:
            raise CannotReleaseNote("no_note")
        if one.withdrawn_at is not None:
            raise CannotReleaseNote("withdrawn")
        if one.released_at is not None:
            raise CannotReleaseNote("already")
        told = found.reports.filter(withdrawn_at=None).exclude(public_note="")
        newest = told.order_by("-reported_on", "-pk").first()
        if newest is not None and newest.pk != one.pk:
            raise CannotReleaseNote("replaced")
        one.released_at, one.released_by_name = now, by.name
        one.save(update_fields=["released_at", "released_by_name"])
        tell_of(found, by=by, name="resolution_note_released", report_id=one.pk)
    return one


def take_back_resolution_note(*, by: Viewer, number: str, report_id: int) -> ResolutionReport:
    """The report with its note no longer public. Raises: NotFound; NotAllowed; CannotReleaseNote."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Freigabe zurückgenommen")):
        one = _report(locked_resolution(by=by, number=number, permission=RELEASE), report_id)
        if one.released_at is None:
            raise CannotReleaseNote("no_note")
        one.released_at, one.released_by_name = None, ""
        one.save(update_fields=["released_at", "released_by_name"])
    return one


def _report(of: Resolution, report_id: int) -> ResolutionReport:
    one = of.reports.select_for_update().filter(pk=report_id).first()
    if one is None:
        raise NotFound("report")
    return one


def _take_state(of: Resolution) -> None:
    latest = of.reports.filter(withdrawn_at=None).order_by("-reported_on", "-pk").first()
    if latest is None:
        of.state, of.state_on = first_standing(Result(of.result), decided_on=of.decided_on)
    else:
        of.state, of.state_on = latest.state, latest.reported_on
    of.version += 1
    of.save(update_fields=["state", "state_on", "version", "changed_at"])
