"""What the queries of concepts give: frozen values; persons and remarks only in the internal part."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from dreiklang.concepts.rules import ConceptKind, ConceptStatus, ProcedureStep
from dreiklang.core.records import Ref
from dreiklang.core.values import Money, Unknown
from dreiklang.goals.rules import LinkSign


@dataclass(frozen=True)
class ConceptFilter:
    """What the reader asked of the register; empty fields ask for nothing."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    department_id: int | None = None
    goal_id: int | None = None
    task_id: int | None = None
    area_id: int | None = None
    sort: str = "number"
    is_descending: bool = False


@dataclass(frozen=True)
class ConceptLine:
    """A concept as a row of a list."""

    pk: int
    number: str
    title: str
    kind: ConceptKind
    kind_label: str
    status: ConceptStatus
    status_label: str
    department: str
    department_key: str
    valid_from: date | None
    valid_to: date | None
    resolution_reference: str
    resolution_on: date | None
    cost: Money | Unknown
    gap: Money | Unknown
    main_goal: str
    is_public: bool
    url: str

    @property
    def is_formal(self) -> bool:
        return self.kind is ConceptKind.FORMAL_PLAN


@dataclass(frozen=True)
class GoalLink:
    """How the concept acts on a goal."""

    goal_id: int
    number: str
    title: str
    url: str
    sign: LinkSign
    sign_label: str
    weight: int
    reason: str
    is_main: bool


@dataclass(frozen=True)
class StepLine:
    """A step of a plan's procedure; `until` is the last day of what lasts."""

    step: ProcedureStep
    label: str
    on: date
    until: date | None


@dataclass(frozen=True)
class ConceptInternal:
    """What only the administration reads; `permissions.EDIT` is asked of this part."""

    lead_department_id: int | None
    lead_id: int | None
    deputy_id: int | None
    lead: str
    lead_phone: str
    deputy: str
    note: str


@dataclass(frozen=True)
class ConceptPage:
    """A concept in full. `internal` is None for everybody outside the administration."""

    line: ConceptLine
    version: int
    summary: str
    framework_reference: str
    goals: tuple[GoalLink, ...]
    tasks: tuple[Ref, ...]
    areas: tuple[Ref, ...]
    area_ids: tuple[int, ...]
    geometry: BaseGeometry | None
    successor: Ref | None
    predecessors: tuple[Ref, ...]
    plan_type: str = ""
    steps: tuple[StepLine, ...] = ()
    internal: ConceptInternal | None = None


@dataclass(frozen=True)
class Orphan:
    """A concept nobody answers for, and what is missing."""

    number: str
    title: str
    url: str
    lacks_department: bool
    lacks_lead: bool
