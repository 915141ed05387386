"""What the queries of goals give: frozen values, without anything internal unless the viewer may see it."""

from dataclasses import dataclass, field
from datetime import date

from dreiklang.goals.rules import ChangeCause, FrameworkStatus, StepState


@dataclass(frozen=True)
class FrameworkRow:
    """One version of the framework."""

    pk: int
    version: int
    title: str
    label: str
    status: FrameworkStatus
    valid_from: date | None
    valid_to: date | None
    resolution_reference: str
    resolution_on: date | None

    @property
    def is_valid(self) -> bool:
        return self.status is FrameworkStatus.VALID

    @property
    def is_draft(self) -> bool:
        return self.status is FrameworkStatus.DRAFT

    @property
    def is_superseded(self) -> bool:
        return self.status is FrameworkStatus.SUPERSEDED

    @property
    def suffix(self) -> str:
        """What an address of this version ends with; the valid one needs nothing."""
        return "" if self.is_valid else f"?fassung={self.label}"


@dataclass(frozen=True)
class GoalName:
    """A goal as it is named on other pages."""

    pk: int
    number: str
    title: str
    level: str
    url: str


@dataclass(frozen=True)
class TaskName:
    """A future task as it is named on other pages."""

    pk: int
    number: str
    title: str
    url: str


@dataclass(frozen=True)
class TaskRow:
    """A future task with its current rank (None: without rank)."""

    pk: int
    version: int
    number: str
    title: str
    description: str
    plain: str
    position: int
    rank: int | None
    framework_id: int
    url: str


@dataclass(frozen=True)
class GoalNode:
    """A goal in its tree, children in the city's order."""

    pk: int
    number: str
    title: str
    description: str
    plain: str
    level: str
    level_rank: int
    url: str
    tasks: tuple[TaskName, ...] = ()
    children: tuple["GoalNode", ...] = ()


@dataclass(frozen=True)
class Member:
    """Somebody in the standing team of a thematic group. Internal."""

    account_id: int
    name: str
    department: str
    is_speaker: bool


@dataclass(frozen=True)
class GroupName:
    """A thematic group as it is named on other pages."""

    pk: int
    name: str
    url: str


@dataclass(frozen=True)
class GroupRow:
    """A thematic group; `members` is None where the viewer may not see persons."""

    pk: int
    version: int
    name: str
    description: str
    framework_id: int
    url: str
    tasks: tuple[TaskName, ...] = ()
    goals: tuple[GoalName, ...] = ()
    members: tuple[Member, ...] | None = None


@dataclass(frozen=True)
class PriorityChangeRow:
    """A change of priority with its why. `is_published` False is seen by the administration only."""

    pk: int
    task: TaskName
    effective_on: date
    cause: ChangeCause
    cause_label: str
    trigger: str
    reason: str
    decision_reference: str
    decision_on: date | None
    old_rank: int | None
    new_rank: int | None
    is_published: bool

    @property
    def is_up(self) -> bool:
        """Whether the task gained priority (a rank where it had none, or a smaller number)."""
        if self.new_rank is None:
            return False
        return self.old_rank is None or self.new_rank < self.old_rank


@dataclass(frozen=True)
class RankedTask:
    """A future task in the order of priorities on a day."""

    task: TaskName
    rank: int | None
    since: date | None


@dataclass(frozen=True)
class GoalPage:
    """Everything of a goal that lives in this subject."""

    goal: GoalNode
    version: int
    framework: FrameworkRow
    ancestors: tuple[GoalName, ...]
    siblings: tuple[GoalName, ...]
    groups: tuple[GroupName, ...]
    successors: tuple[GoalName, ...] = ()
    origins: tuple[GoalName, ...] = ()
    below_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class TaskPage:
    """Everything of a future task that lives in this subject."""

    task: TaskRow
    framework: FrameworkRow
    goals: tuple[GoalName, ...]
    groups: tuple[GroupName, ...]
    changes: tuple[PriorityChangeRow, ...]
    neighbours: tuple[TaskName, ...]
    successors: tuple[TaskName, ...] = ()


@dataclass(frozen=True)
class StepInternal:
    """What only the administration reads about a step."""

    note: str


@dataclass(frozen=True)
class StepRow:
    """A step of the evaluation cycle with its state today."""

    pk: int
    version: int
    title: str
    due_on: date
    department: str
    repeats_after_months: int | None
    done_on: date | None
    state: StepState
    internal: StepInternal | None = field(default=None)
