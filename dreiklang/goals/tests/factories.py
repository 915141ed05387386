"""Plain records for tests: every argument has a default that says nothing special."""

from datetime import date, datetime
from itertools import count
from typing import Any

from django.utils import timezone

from dreiklang.goals.models import (
    EvaluationStep,
    Framework,
    FutureTask,
    Goal,
    GoalLevel,
    GoalMapping,
    GoalTask,
    GroupMember,
    PriorityChange,
    ThematicGroup,
)

_number = count(1)


def framework(*, status: str = "valid", label: str = "2024", **fields: Any) -> Framework:
    """A version of the framework. The valid one is made once and found again."""
    if status == "valid" and (there := Framework.objects.filter(status="valid").first()):
        return there
    fields.setdefault("title", "INSEK Musterstadt 2035")
    fields.setdefault("valid_from", date(2024, 1, 1) if status == "valid" else None)
    return Framework.objects.create(status=status, label=label, **fields)


def level(*, of: Framework | None = None, rank: int = 1, name: str = "Leitziel") -> GoalLevel:
    """A level of goals, made once per framework and rank."""
    made, _new = GoalLevel.objects.get_or_create(
        framework=of or framework(), rank=rank, defaults={"name": name, "plural": f"{name}e"}
    )
    return made


def goal(
    *, of: Framework | None = None, parent: Goal | None = None, tasks: tuple = (), **fields: Any
) -> Goal:
    """A goal; below a parent on the next level."""
    version = of or (parent.framework if parent else framework())
    rank = parent.level.rank + 1 if parent else 1
    fields.setdefault("number", f"Z{next(_number)}")
    fields.setdefault("title", "Bezahlbar wohnen")
    fields.setdefault(
        "level", level(of=version, rank=rank, name="Leitziel" if rank == 1 else "Entwicklungsziel")
    )
    made = Goal.objects.create(framework=version, parent=parent, **fields)
    for one in tasks:
        GoalTask.objects.create(goal=made, task=one)
    return made


def task(*, of: Framework | None = None, **fields: Any) -> FutureTask:
    """A future task."""
    fields.setdefault("number", str(next(_number)))
    fields.setdefault("title", "Innenstadt für alle")
    return FutureTask.objects.create(framework=of or framework(), **fields)


def group(*, of: Framework | None = None, members: tuple = (), **fields: Any) -> ThematicGroup:
    """A thematic group; `members` are accounts, the first speaks for it."""
    fields.setdefault("name", f"Fachteam {next(_number)}")
    made = ThematicGroup.objects.create(framework=of or framework(), **fields)
    for place, account in enumerate(members):
        GroupMember.objects.create(group=made, account=account, is_speaker=place == 0)
    return made


def priority_change(*, task: FutureTask, is_published: bool = True, **fields: Any) -> PriorityChange:
    """A change of priority, published unless told otherwise."""
    fields.setdefault("effective_on", date(2026, 8, 1))
    fields.setdefault("cause", "local")
    fields.setdefault("trigger", "Hochwasser im Mai")
    fields.setdefault("reason", "Der Schutz geht vor.")
    fields.setdefault("old_rank", 3)
    fields.setdefault("new_rank", 1)
    published_at: datetime | None = timezone.now() if is_published else None
    return PriorityChange.objects.create(task=task, published_at=published_at, **fields)


def mapping(
    *, old: Goal, new: Goal | None, continuation: str = "same", confirmed: bool = False
) -> GoalMapping:
    """What becomes of a goal."""
    return GoalMapping.objects.create(
        old_goal=old,
        new_goal=new,
        continuation=continuation,
        confirmed_at=timezone.now() if confirmed else None,
    )


def evaluation_step(*, of: Framework | None = None, **fields: Any) -> EvaluationStep:
    """A step of the evaluation cycle."""
    fields.setdefault("name", "Zwischenevaluation")
    fields.setdefault("due_on", date(2027, 3, 31))
    return EvaluationStep.objects.create(framework=of or framework(), **fields)
