"""The tree of goals and the page of one goal."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet

from dreiklang.core.arrays import array_of
from dreiklang.goals.models import Goal, GoalLevel, GoalMapping, GoalTask, GroupGoal
from dreiklang.goals.queries.groups import group_column, groups_in
from dreiklang.goals.queries.lookups import (
    framework_row,
    goal_names_of,
    in_version,
    page_address,
    valid_framework,
    visible,
)
from dreiklang.goals.queries.records import FrameworkRow, GoalName, GoalNode, GoalPage, TaskName
from dreiklang.goals.rules import natural
from dreiklang.people.rules import Viewer


def levels(*, framework_id: int) -> tuple[tuple[int, str, str], ...]:
    """The levels from the top as (rank, name of one, name of many)."""
    found = GoalLevel.objects.filter(framework_id=framework_id).order_by("rank", "pk")
    return tuple(found.values_list("rank", "name", "plural"))


def goals_tree(viewer: Viewer, *, framework: FrameworkRow | None = None) -> tuple[GoalNode, ...]:
    """The goals of a version (the valid one by default) as trees, in the city's order.

    Two statements whatever the size, one where the version is given. Empty where there is no framework
    for this viewer.
    """
    version = framework or valid_framework()
    if version is None or (version.is_draft and not viewer.is_internal):
        return ()
    return _trees(_with_tasks(Goal.objects.filter(framework_id=version.pk)), version)


def goal_page(viewer: Viewer, *, number: str, label: str = "") -> GoalPage | None:
    """A goal with its ancestors, children, tasks, groups, and its continuation in other versions."""
    found = in_version(visible(Goal.objects.all(), viewer), label=label).filter(number=number)
    same_version = Goal.objects.filter(framework__in=found.values("framework"))
    with_groups = same_version.annotate(
        carried_by=group_column(GroupGoal.objects.filter(goal=OuterRef("pk")))
    )
    goals: list[Any] = list(_with_tasks(with_groups.select_related("framework")))
    goal = next((one for one in goals if one.number == number), None)
    if goal is None:
        return None
    version = framework_row(goal.framework)
    trees = _trees(goals, version)
    path = path_to(trees, goal.pk)
    level_mates = path[-2].children if len(path) > 1 else trees
    mappings = GoalMapping.objects.filter(confirmed_at__isnull=False)
    return GoalPage(
        goal=path[-1],
        version=goal.version,
        framework=version,
        ancestors=tuple(name_of(node) for node in path[:-1]),
        siblings=tuple(name_of(node) for node in level_mates if node.pk != goal.pk),
        groups=groups_in(goal.carried_by),
        successors=_other_versions(mappings.filter(old_goal=goal).values("new_goal"), viewer)
        if version.is_superseded
        else (),
        origins=_other_versions(mappings.filter(new_goal=goal).values("old_goal"), viewer)
        if goal.framework.predecessor_id
        else (),
        below_ids=ids_below(path[-1]),
    )


def name_of(node: GoalNode) -> GoalName:
    """The short form of a node."""
    return GoalName(pk=node.pk, number=node.number, title=node.title, level=node.level, url=node.url)


def path_to(trees: tuple[GoalNode, ...], goal_id: int) -> tuple[GoalNode, ...]:
    """The nodes from the top down to that goal; empty if it is in none of the trees."""
    for node in trees:
        if node.pk == goal_id:
            return (node,)
        if below := path_to(node.children, goal_id):
            return (node, *below)
    return ()


def ids_below(node: GoalNode) -> tuple[int, ...]:
    """The goal's own id and those of everything below it."""
    return (node.pk, *(pk for child in node.children for pk in ids_below(child)))


def _with_tasks(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each goal with its level and, as `serves`, the future tasks it serves, in the city's order."""
    links = GoalTask.objects.filter(goal=OuterRef("pk")).order_by("task__position", "task__number", "task_id")
    fields = {"pk": "task_id", "number": "task__number", "title": "task__title"}
    return goals.select_related("level").defer("search").annotate(serves=array_of(links, fields=fields))


def _trees(goals: Iterable[Goal], version: FrameworkRow) -> tuple[GoalNode, ...]:
    """The goals of a version, each below its own; read by `_with_tasks`."""
    children: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in goals:
        children[goal.parent_id].append(goal)

    def nodes(parent_id: int | None) -> tuple[GoalNode, ...]:
        below = sorted(children[parent_id], key=lambda g: (g.position, natural(g.number), g.pk))
        return tuple(_node(g, version, nodes(g.pk)) for g in below)

    return nodes(None)


def _node(goal: Any, version: FrameworkRow, children: tuple[GoalNode, ...]) -> GoalNode:
    return GoalNode(
        pk=goal.pk,
        number=goal.number,
        title=goal.title,
        description=goal.description,
        plain=goal.plain,
        level=goal.level.name,
        level_rank=goal.level.rank,
        url=page_address("goals:goal", goal.number, version.status, version.label),
        tasks=tuple(_task(one, version) for one in goal.serves),
        children=children,
    )


def _task(row: dict[str, Any], version: FrameworkRow) -> TaskName:
    url = page_address("goals:task", row["number"], version.status, version.label)
    return TaskName(row["pk"], row["number"], row["title"], url)


def _other_versions(ids: QuerySet[Any], viewer: Viewer) -> tuple[GoalName, ...]:
    return goal_names_of(visible(Goal.objects.filter(pk__in=ids), viewer))


def goal_record(viewer: Viewer, *, pk: int) -> Goal | None:
    """The goal itself, for a form that fills its fields from it; None if not for this viewer."""
    return visible(Goal.objects.filter(pk=pk), viewer).defer("search").first()
