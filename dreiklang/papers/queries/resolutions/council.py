"""The yearly council report: what became of a year's resolutions, and what earlier years left open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dreiklang.measures.queries import restraint_periods
from dreiklang.papers.models import ResolutionReport
from dreiklang.papers.queries.resolutions.choices import years
from dreiklang.papers.queries.resolutions.lines import lines_of, narrowed
from dreiklang.papers.queries.resolutions.page import is_seen
from dreiklang.papers.queries.visibility import sees_inside, visible_resolutions
from dreiklang.papers.rules.resolutions import (
    UNFINISHED,
    FateCounts,
    Group,
    ResolutionFilter,
    ResolutionLine,
    by_committee,
    by_department,
    counts,
)
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class CouncilReport:
    """What became of the resolutions of a year, as of a day; `earlier` are those before it still unfinished.

    `notes` holds the newest note for each resolution (by id) that has one this viewer may read.
    """

    year: int
    on: date
    counts: FateCounts
    committees: tuple[Group, ...]
    departments: tuple[Group, ...]
    lines: tuple[ResolutionLine, ...]
    earlier: tuple[ResolutionLine, ...]
    undated: tuple[ResolutionLine, ...]
    notes: Mapping[int, tuple[date, str]]


def council_report(viewer: Viewer, *, year: int, today: date) -> CouncilReport:
    """The report on what was decided in that year, in the order it was decided. Five statements.

    For outsiders: public resolutions, and notes that are released. `undated` has no day of decision (motions and
    promises still to be decided) and counts in no year.
    """
    lines = _ordered(viewer, ResolutionFilter(year=year), today)
    before = visible_resolutions(viewer).filter(
        decided_on__lt=date(year, 1, 1), state__in=[one.value for one in UNFINISHED]
    )
    open_ones = visible_resolutions(viewer).filter(
        decided_on=None, state__in=[one.value for one in UNFINISHED]
    )
    earlier = tuple(lines_of(before.order_by("decided_on", "pk"), today=today))
    undated = tuple(lines_of(open_ones.order_by("due_on", "pk"), today=today))
    return CouncilReport(
        year=year,
        on=today,
        counts=counts(lines),
        committees=by_committee(lines),
        departments=by_department(lines),
        lines=lines,
        earlier=earlier,
        undated=undated,
        notes=_notes(viewer, [one.id for one in (*lines, *earlier, *undated)], today),
    )


def report_years(viewer: Viewer, *, today: date) -> list[int]:
    """The years a report can be had for, the latest first; this year always."""
    return sorted({today.year, *years(viewer)}, reverse=True)


def _ordered(viewer: Viewer, wanted: ResolutionFilter, today: date) -> tuple[ResolutionLine, ...]:
    return tuple(lines_of(narrowed(viewer, wanted, today=today).order_by("decided_on", "pk"), today=today))


def _notes(viewer: Viewer, ids: list[int], today: date) -> dict[int, tuple[date, str]]:
    rows = ResolutionReport.objects.filter(resolution__in=ids, withdrawn_at=None).exclude(public_note="")
    periods = restraint_periods()
    is_inside = sees_inside(viewer)
    return {
        one.resolution_id: (one.reported_on, one.public_note)
        for one in rows.order_by("reported_on", "pk")
        if is_inside or is_seen(one, periods, today)
    }
