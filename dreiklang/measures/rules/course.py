"""The course of a measure: its phases over time, and how far its end has moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dreiklang.core.values import Unknown
from dreiklang.measures.rules.standing import ReportFact
from dreiklang.measures.rules.values import ENDINGS, WAY, Phase


@dataclass(frozen=True)
class PhaseEntry:
    """A phase the reports name. `is_exact`: the one before was reported too, so it began about then."""

    phase: Phase
    on: date
    is_exact: bool


@dataclass(frozen=True)
class WayPoint:
    """One phase of the way from idea to use, as drawn on the phase line."""

    phase: Phase
    reached_on: date | None = None
    planned_on: date | None = None
    first_planned_on: date | None = None
    is_current: bool = False


def phase_history(reports: Iterable[ReportFact]) -> tuple[PhaseEntry, ...]:
    """The phases in the order they were reported, one entry a change, withdrawn reports left out."""
    found: list[PhaseEntry] = []
    for report in sorted(reports, key=lambda one: (one.reported_on, one.id)):
        if report.is_withdrawn or report.phase is None:
            continue
        if not found or found[-1].phase is not report.phase:
            is_exact = bool(found) or report.phase is Phase.IDEA
            found.append(PhaseEntry(report.phase, report.reported_on, is_exact))
    return tuple(found)


def phase_since(
    history: Sequence[PhaseEntry], *, starts_on: date | None = None, resolution_on: date | None = None
) -> date | Unknown:
    """Since when the current phase holds.

    The day of the report that first named it; where it is the very first report, the begin or the
    resolution of the measure says more. unknown: `no_report`, or `first_report` when nothing says it.
    """
    if not history:
        return Unknown("no_report")
    last = history[-1]
    if last.is_exact:
        return last.on
    told = {Phase.IMPLEMENTATION: starts_on, Phase.DECIDED: resolution_on}.get(last.phase)
    return told if told is not None and told <= last.on else Unknown("first_report")


def way(
    history: Sequence[PhaseEntry],
    *,
    planned_end_on: date | None,
    expected_end_on: date | None,
    starts_on: date | None = None,
    resolution_on: date | None = None,
) -> tuple[WayPoint, ...]:
    """The phase line. A fall back to an earlier phase takes the later dates away again.

    A measure that ended otherwise stands at the last phase of the way that was reported.
    """
    steps = [entry for entry in history if entry.phase not in ENDINGS]
    here = WAY.index(steps[-1].phase) if steps else -1
    reached = _reached(steps, starts_on=starts_on, resolution_on=resolution_on)
    end = expected_end_on or planned_end_on
    points = []
    for index, phase in enumerate(WAY):
        is_ahead = index > here
        is_end = is_ahead and phase is Phase.IN_USE
        points.append(
            WayPoint(
                phase=phase,
                reached_on=None if is_ahead else reached.get(phase),
                planned_on=end if is_end else None,
                first_planned_on=planned_end_on if is_end else None,
                is_current=index == here,
            )
        )
    return tuple(points)


def _reached(
    steps: Sequence[PhaseEntry], *, starts_on: date | None, resolution_on: date | None
) -> dict[Phase, date]:
    """Since when each phase holds without a fall back behind it."""
    found: dict[Phase, date] = {}
    for entry in steps:
        for later in WAY[WAY.index(entry.phase) + 1 :]:
            found.pop(later, None)
        if entry.phase not in found and entry.is_exact:
            found[entry.phase] = entry.on
    for phase, told in ((Phase.DECIDED, resolution_on), (Phase.IMPLEMENTATION, starts_on)):
        if phase not in found and told is not None and steps and told <= steps[-1].on:
            found[phase] = told
    return found


def slip_months(planned_end_on: date | None, expected_end_on: date | None) -> int | Unknown:
    """Calendar months by which the end has moved; negative: earlier. Days within a month do not count.

    unknown: `no_planned_end`, `no_expected_end`.
    """
    if planned_end_on is None:
        return Unknown("no_planned_end")
    if expected_end_on is None:
        return Unknown("no_expected_end")
    return (expected_end_on.year - planned_end_on.year) * 12 + expected_end_on.month - planned_end_on.month
