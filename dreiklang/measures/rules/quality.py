"""Whether a record can be relied on. It grades the record, never a person. docs/rules/record-quality.md"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dreiklang.core.values import Unknown
from dreiklang.measures.rules.standing import ReportFact, days_until_stale, stale_on
from dreiklang.measures.rules.values import ENDINGS, Duration, Phase

WITHIN_A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class RecordFacts:
    """What the points look at."""

    has_text: bool
    has_lead_department: bool
    has_lead: bool
    has_deputy: bool
    has_goal: bool
    has_end: bool
    has_cost: bool
    duration: Duration
    report: ReportFact | None
    next_milestone_on: date | None


@dataclass(frozen=True)
class QualityPoint:
    """One thing a good record has. `missing` holds codes of what is not there."""

    code: str
    is_met: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordQuality:
    """The points of a record, met or not, and how long its report stays live."""

    points: tuple[QualityPoint, ...]
    days_until_stale: int | Unknown

    @property
    def met(self) -> int:
        """How many points are met."""
        return sum(point.is_met for point in self.points)


def basics(facts: RecordFacts) -> QualityPoint:
    """The basics: text, office, lead, deputy, goal, cost or its words, and an end unless continuous."""
    wanted = {
        "text": facts.has_text,
        "lead_department": facts.has_lead_department,
        "lead": facts.has_lead,
        "deputy": facts.has_deputy,
        "goal": facts.has_goal,
        "cost": facts.has_cost,
        "end": facts.has_end or facts.duration is Duration.CONTINUOUS,
    }
    missing = tuple(code for code, is_there in wanted.items() if not is_there)
    return QualityPoint("basics", not missing, missing)


def live_report(facts: RecordFacts, *, today: date, stale_after_days: int) -> QualityPoint:
    """A report that is not stale. A finished measure keeps its last one."""
    report = facts.report
    if report is None:
        return QualityPoint("live_report", False, ("no_report",))
    if _is_finished(report) or today < stale_on(report.reported_on, stale_after_days=stale_after_days):
        return QualityPoint("live_report", True)
    return QualityPoint("live_report", False, ("stale",))


def milestone_ahead(facts: RecordFacts, *, today: date) -> QualityPoint:
    """An open milestone due within a year from today; not asked of what is finished."""
    due = facts.next_milestone_on
    if _is_finished(facts.report) or (due is not None and due <= today + WITHIN_A_YEAR):
        return QualityPoint("milestone", True)
    return QualityPoint("milestone", False, ("no_milestone",))


def record_quality(
    facts: RecordFacts, *, today: date, stale_after_days: int, further: Sequence[QualityPoint] = ()
) -> RecordQuality:
    """All points of a record; subjects above add theirs as `further`."""
    points = (
        basics(facts),
        live_report(facts, today=today, stale_after_days=stale_after_days),
        milestone_ahead(facts, today=today),
        *further,
    )
    left = days_until_stale(facts.report, today=today, stale_after_days=stale_after_days)
    return RecordQuality(points, left)


def _is_finished(report: ReportFact | None) -> bool:
    return report is not None and (report.phase is Phase.IN_USE or report.phase in ENDINGS)
