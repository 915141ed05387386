"""What the page of one measure is made of. `inside` parts are absent where the viewer may not see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shapely.geometry.base import BaseGeometry

from dreiklang.core.records import Ref
from dreiklang.core.values import Unknown
from dreiklang.measures.rules import (
    InvolvedRole,
    MeasureLine,
    Phase,
    RecordQuality,
    Timeliness,
    WayPoint,
)


@dataclass(frozen=True)
class GoalRef:
    """A goal the measure acts on, with the future tasks that the goal serves."""

    number: str
    title: str
    level: str
    url: str
    sign: str
    weight: int
    reason: str
    is_main: bool
    tasks: tuple[Ref, ...]


@dataclass(frozen=True)
class MilestoneRow:
    """A step with its date."""

    id: int
    title: str
    due_on: date | None
    due_words: str
    done_on: date | None
    is_public: bool

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class ReportInside:
    """What a report says to the administration alone."""

    next_step: str
    obstacle: str
    decision_needed: str
    note: str
    by_name: str
    withdrawn_at: datetime | None
    recorded_at: datetime
    origin: str
    waiting_note: str
    is_replaced: bool
    released_by: str
    note_visible_on: date | None
    is_mine: bool

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


@dataclass(frozen=True)
class ReportRow:
    """One report of the course. `note` is what the public reads, empty until it may be seen."""

    id: int
    on: date
    phase: Phase | None
    timeliness: Timeliness | None
    is_confirmation: bool
    expected_end_on: date | None
    department: str
    note: str
    inside: ReportInside | None = None

    @property
    def is_withdrawn(self) -> bool:
        return self.inside is not None and self.inside.is_withdrawn


@dataclass(frozen=True)
class OfficeRow:
    """A department that takes part; the agreed words are internal."""

    name: str
    url: str
    role: InvolvedRole
    since: date | None
    words: str | None = None


@dataclass(frozen=True)
class PartnerRow:
    """A partner outside; the role is internal unless the partner is named publicly."""

    name: str
    role: str
    is_public: bool


@dataclass(frozen=True)
class BriefRow:
    """The agreed brief."""

    texts: Mapping[str, str]
    agreed_on: date | None
    reviewed_on: date | None
    review_every_months: int | None
    review_due_on: date | None


@dataclass(frozen=True)
class PersonRow:
    """Somebody who answers for the measure, as colleagues see it."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Office:
    """As much of the leading office as rights ask for."""

    head_id: int | None


@dataclass(frozen=True)
class Answering:
    """Who answers for the measure: what rights look at, named as on the record itself."""

    lead_id: int | None
    deputy_id: int | None
    lead_department_id: int | None
    lead_department: Office | None


@dataclass(frozen=True)
class MeasureInside:
    """The working side of a measure."""

    lead: PersonRow | None
    deputy: PersonRow | None
    team: tuple[tuple[str, str], ...]
    brief: BriefRow | None
    quality: RecordQuality
    note: str
    source_note: str
    is_public: bool
    version: int
    answering: Answering


@dataclass(frozen=True)
class MeasurePage:
    """Everything about one measure that its viewer may see."""

    line: MeasureLine
    description: str
    starts_on: date | None
    starts_words: str
    cost_price_on: date | None
    topics: tuple[str, ...]
    resolution_reference: str
    resolution_on: date | None
    department_url: str
    geometry: BaseGeometry | None
    tasks: tuple[Ref, ...]
    goals: tuple[GoalRef, ...]
    concepts: tuple[Ref, ...]
    areas: tuple[Ref, ...]
    area_ids: tuple[int, ...]
    milestones: tuple[MilestoneRow, ...]
    reports: tuple[ReportRow, ...]
    involved: tuple[OfficeRow, ...]
    partners: tuple[PartnerRow, ...]
    needs: tuple[Ref, ...]
    needed_by: tuple[Ref, ...]
    parent: Ref | None
    parts: tuple[Ref, ...]
    merged_from: tuple[Ref, ...]
    successor: Ref | None
    way: tuple[WayPoint, ...]
    since: date | Unknown
    is_restrained: bool
    inside: MeasureInside | None = None

    @property
    def latest(self) -> ReportRow | None:
        """The current report."""
        return next((one for one in self.reports if not one.is_withdrawn), None)

    @property
    def course(self) -> tuple[ReportRow, ...]:
        """The reports that stand, oldest first."""
        return tuple(one for one in reversed(self.reports) if not one.is_withdrawn)

    @property
    def latest_note(self) -> ReportRow | None:
        """The newest report with a note that this viewer may read as public."""
        return next((one for one in self.reports if one.note and not one.is_withdrawn), None)
