"""What can happen to the framework: verbs, the actor first."""

from dreiklang.goals.services.cycle import finish_step, save_step
from dreiklang.goals.services.editing import (
    CannotChange,
    move_goal,
    move_task,
    remove_goal,
    remove_task,
    save_goal,
    save_group,
    save_level,
    save_task,
    values_of,
)
from dreiklang.goals.services.handover import hand_over
from dreiklang.goals.services.priorities import change_priority, publish_priority_change
from dreiklang.goals.services.versions import (
    CannotCorrect,
    CannotMakeValid,
    Validated,
    correct_dates,
    make_valid,
    map_goals,
    map_tasks,
    save_framework,
    start_draft,
)

__all__ = [
    "CannotChange",
    "CannotCorrect",
    "CannotMakeValid",
    "Validated",
    "change_priority",
    "correct_dates",
    "finish_step",
    "hand_over",
    "make_valid",
    "map_goals",
    "map_tasks",
    "move_goal",
    "move_task",
    "publish_priority_change",
    "remove_goal",
    "remove_task",
    "save_framework",
    "save_goal",
    "save_group",
    "save_level",
    "save_step",
    "save_task",
    "start_draft",
    "values_of",
]
