"""What queries give of measures: frozen records whose internal part is absent where nobody may see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dreiklang.core.values import Money, Unknown
from dreiklang.measures.rules.values import Duration, Phase, Standing, TaskType, Timeliness


@dataclass(frozen=True)
class LineInside:
    """What the administration sees of a measure in a list."""

    lead_id: int | None
    lead_name: str
    deputy_id: int | None
    deputy_name: str
    decision_needed: str
    obstacle: str
    is_public: bool


@dataclass(frozen=True)
class MeasureLine:
    """A measure as one line of a list. `sign` and `weight` are set where a goal was asked for."""

    id: int
    number: str
    title: str
    teaser: str
    url: str
    department_id: int | None
    department_key: str
    department_name: str
    phase: Phase | None
    timeliness: Timeliness | None
    standing: Standing
    reported_on: date | None
    planned_end_on: date | None
    planned_end_words: str
    expected_end_on: date | None
    slip_months: int | Unknown
    duration: Duration
    task_type: TaskType
    cost: Money | Unknown
    cost_is_approximate: bool
    place_words: str
    sign: str = ""
    weight: int = 0
    inside: LineInside | None = None

    @property
    def is_continuous(self) -> bool:
        return self.duration is Duration.CONTINUOUS

    @property
    def end_on(self) -> date | None:
        """When it is to be finished as things stand."""
        return self.expected_end_on or self.planned_end_on


@dataclass(frozen=True)
class MeasureFilter:
    """What a list is narrowed to. Ids are database ids; empty values narrow nothing.

    `goal` includes the goals below it; `task` includes measures that serve it through a goal they
    support; `department` includes the departments named in `departments` when that is set.
    """

    text: str = ""
    task: int | None = None
    goal: int | None = None
    concept: int | None = None
    area: int | None = None
    department: int | None = None
    departments: frozenset[int] = field(default_factory=frozenset)
    phase: Phase | None = None
    is_phase_unknown: bool = False
    standing: Standing | None = None
    task_type: TaskType | None = None
    duration: Duration | None = None
    year: int | None = None
    topic: str | None = None
    person: int | None = None
    with_uncounted: bool = False


@dataclass(frozen=True)
class OfficeState:
    """How the measures an office leads stand. Counts only: figures never stand for a person."""

    department_id: int | None
    key: str
    name: str
    url: str
    total: int
    reported: int
    stale: int
    blocked: int
    waiting: int
    delayed: int


@dataclass(frozen=True)
class DueItem:
    """Something that waits for this person.

    `reason`: `round_due`, `stale`, `first_report`, `milestone_overdue`, `brief_review`, `release`;
    `facts` fill its wording.
    """

    reason: str
    due_on: date
    number: str
    title: str
    url: str
    facts: Mapping[str, object] = field(default_factory=dict)
