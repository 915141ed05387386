"""Which report is the current one, when it is stale, and what stands of a measure. docs/rules/counting.md"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dreiklang.core.values import Unknown
from dreiklang.measures.rules.values import ENDINGS, UNCOUNTED, WAY, Phase, Standing, Timeliness


@dataclass(frozen=True)
class ReportFact:
    """What the rules need of a report. Phase and timeliness are None where the source says unknown."""

    id: int
    reported_on: date
    phase: Phase | None = None
    timeliness: Timeliness | None = None
    round_id: int | None = None
    expected_end_on: date | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Terms:
    """By which terms reports are read on one day: the city's settings and the open round.

    `not_yet_due` names the measures (ids) whose own deadline in the open round has not passed;
    `is_overdue` says whether the deadline of all others has.
    """

    today: date
    stale_after_days: int = 200
    round_id: int | None = None
    round_opens_on: date | None = None
    is_overdue: bool = False
    not_yet_due: frozenset[int] = field(default_factory=frozenset)

    @property
    def stale_before(self) -> date:
        """Reports dated before this day are stale."""
        return self.today - timedelta(days=self.stale_after_days)


def current_report(reports: Iterable[ReportFact]) -> ReportFact | None:
    """The latest report that was not withdrawn: by its date, then by the order of recording."""
    valid = (report for report in reports if not report.is_withdrawn)
    return max(valid, key=lambda report: (report.reported_on, report.id), default=None)


def lacks_obstacle(*, phase: Phase | None, timeliness: Timeliness | None, obstacle: str) -> bool:
    """Whether it must still be said what hinders: a measure on its way stands still, and no reason is given."""
    is_on_its_way = phase is None or (phase in WAY and phase is not Phase.IN_USE)
    return is_on_its_way and timeliness is Timeliness.STOPPED and not obstacle.strip()


def stale_on(reported_on: date, *, stale_after_days: int) -> date:
    """The first day on which a report is stale: one day after it has reached the age of the setting."""
    return reported_on + timedelta(days=stale_after_days + 1)


def days_until_stale(report: ReportFact | None, *, today: date, stale_after_days: int) -> int | Unknown:
    """Days until the record is stale; 0 or less: it is stale.

    unknown: `no_report` without any report, `not_needed` once the measure is in use or has ended.
    """
    if report is None:
        return Unknown("no_report")
    if report.phase is Phase.IN_USE or report.phase in ENDINGS:
        return Unknown("not_needed")
    return (stale_on(report.reported_on, stale_after_days=stale_after_days) - today).days


def belongs_to_round(report: ReportFact, *, round_id: int, opens_on: date) -> bool:
    """Whether the report answers the round: recorded for it, or dated since it opened."""
    return report.round_id == round_id or report.reported_on >= opens_on


def misses_round(report: ReportFact, *, measure_id: int, terms: Terms) -> bool:
    """Whether the measure's deadline in the open round has passed without a report."""
    if terms.round_id is None or terms.round_opens_on is None or not terms.is_overdue:
        return False
    if measure_id in terms.not_yet_due:
        return False
    return not belongs_to_round(report, round_id=terms.round_id, opens_on=terms.round_opens_on)


def standing(report: ReportFact | None, *, measure_id: int, terms: Terms) -> Standing:
    """What stands of a measure whose current report is given.

    Endings and use stay what they are however old their report is. Everything else needs a current
    report that names phase and timeliness; without it the measure is unreported, never on track.
    """
    if report is not None and report.phase in ENDINGS:
        return Standing.ENDED
    if report is not None and report.phase is Phase.IN_USE:
        return Standing.IN_USE
    if report is None or report.phase is None or report.timeliness is None:
        return Standing.UNREPORTED
    if report.reported_on < terms.stale_before or misses_round(report, measure_id=measure_id, terms=terms):
        return Standing.UNREPORTED
    return Standing(report.timeliness.value)


def is_counted(report: ReportFact | None, *, is_merged: bool) -> bool:
    """Whether the measure counts in sums: not when it went on in another measure."""
    return not is_merged and (report is None or report.phase not in UNCOUNTED)
