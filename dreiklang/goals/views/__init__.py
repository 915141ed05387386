"""The pages of the framework."""

from dreiklang.goals.views.cycle import cycle, step_done, step_edit
from dreiklang.goals.views.drafting import draft, framework_dates, framework_edit, level_save, mapping
from dreiklang.goals.views.editing import goal_edit, group_edit, move, remove, task_edit
from dreiklang.goals.views.pages import framework, goal, group, group_list, task, task_list
from dreiklang.goals.views.priorities import priorities, priority_new, priority_publish

__all__ = [
    "cycle",
    "draft",
    "framework",
    "framework_dates",
    "framework_edit",
    "goal",
    "goal_edit",
    "group",
    "group_edit",
    "group_list",
    "level_save",
    "mapping",
    "move",
    "priorities",
    "priority_new",
    "priority_publish",
    "remove",
    "step_done",
    "step_edit",
    "task",
    "task_edit",
    "task_list",
]
