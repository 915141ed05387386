"""Which future tasks measures of a place serve."""

from typing import Any

from django.db.models import Q

from dreiklang.goals.queries import TaskName
from dreiklang.goals.queries.lookups import task_names
from dreiklang.goals.rules import FrameworkStatus, LinkSign
from dreiklang.measures.models import MeasureGoal, MeasureTask
from dreiklang.measures.queries.standing import counted, serving_goals
from dreiklang.measures.queries.visibility import visible
from dreiklang.people.rules import Viewer


def tasks_served(viewer: Viewer, *, area: int) -> tuple[TaskName, ...]:
    """The future tasks of the valid framework that measures of an area serve, in the city's order. One statement.

    As everywhere: the tasks a measure names, or without any those of the goals it supports.
    """
    measures = counted(visible(viewer)).filter(area_links__area=area)
    named = MeasureTask.objects.filter(measure__in=measures.values("pk"))
    unnamed = measures.exclude(pk__in=MeasureTask.objects.values("measure"))
    supported = MeasureGoal.objects.filter(sign=LinkSign.SUPPORTS, measure__in=unnamed.values("pk"))
    through = serving_goals().objects.filter(goal__in=supported.values("goal"))
    tasks: Any = MeasureTask._meta.get_field("task").related_model
    found = tasks.objects.filter(Q(pk__in=named.values("task")) | Q(pk__in=through.values("task")))
    return task_names(found.filter(framework__status=FrameworkStatus.VALID))
