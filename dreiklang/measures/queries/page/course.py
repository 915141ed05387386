"""The reports of a measure, for the page and for what follows from them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from dreiklang.measures.models import Report
from dreiklang.measures.queries.page import records
from dreiklang.measures.rules import Phase, ReportFact, Timeliness, note_visible_on, replaced_notes
from dreiklang.people.rules import Viewer


def reports_of(viewer: Viewer, measure_id: int, today: date, is_inside: bool) -> list[Report]:
    """The reports, latest first; withdrawn ones only for people inside."""
    reports = Report.objects.filter(measure=measure_id).select_related("by_department")
    if not is_inside:
        reports = reports.filter(withdrawn_at=None)
    return list(reports.order_by("-reported_on", "-pk"))


def fact(report: Report) -> ReportFact:
    """What rules need of a report."""
    return ReportFact(
        report.pk,
        report.reported_on,
        Phase(report.phase) if report.phase else None,
        Timeliness(report.timeliness) if report.timeliness else None,
        report.round_id,
        report.expected_end_on,
        report.withdrawn_at is not None,
    )


def report_rows(
    reports: Sequence[Report], viewer: Viewer, periods: Iterable[Any], today: date, is_inside: bool
) -> tuple[records.ReportRow, ...]:
    """The reports as this viewer may read them, in the same order."""
    replaced = replaced_notes(
        (one.measure_id, one.reported_on, one.pk)
        for one in reports
        if one.public_note and one.withdrawn_at is None
    )
    periods = list(periods)
    return tuple(_report_row(one, viewer, periods, today, is_inside, one.pk in replaced) for one in reports)


def _report_row(
    report: Report, viewer: Viewer, periods: Iterable[Any], today: date, is_inside: bool, is_replaced: bool
) -> records.ReportRow:
    seen_on = note_visible_on(localdate(report.released_at), periods=periods) if report.released_at else None
    is_seen = seen_on is not None and seen_on <= today
    inside = records.ReportInside(
        next_step=report.next_step,
        obstacle=report.obstacle,
        decision_needed=report.decision_needed,
        note=report.note,
        by_name=report.by_name,
        withdrawn_at=report.withdrawn_at,
        recorded_at=report.recorded_at,
        origin=report.origin,
        waiting_note="" if is_seen else report.public_note,
        is_replaced=is_replaced and report.released_at is None,
        released_by=report.released_by_name,
        note_visible_on=seen_on,
        is_mine=report.by_id is not None and report.by_id == viewer.account_id,
    )
    return records.ReportRow(
        id=report.pk,
        on=report.reported_on,
        phase=Phase(report.phase) if report.phase else None,
        timeliness=Timeliness(report.timeliness) if report.timeliness else None,
        is_confirmation=report.is_confirmation,
        expected_end_on=report.expected_end_on,
        department=report.by_department.name if report.by_department else "",
        note=report.public_note if is_seen else "",
        inside=inside if is_inside else None,
    )
