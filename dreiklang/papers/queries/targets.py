"""What a draft can touch, with the words it says of itself and the names it goes by."""

from collections.abc import Iterator
from dataclasses import dataclass

from dreiklang.concepts.queries import concept_text_count, concept_texts
from dreiklang.goals.queries import GoalNode, goal_names, goals_tree, task_choices, tasks
from dreiklang.measures.queries import measure_text_count, measure_texts
from dreiklang.monitoring.queries import indicator_text_count, indicator_texts
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.rules.proposals import TargetKey
from dreiklang.people.queries import departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas

TEXTUAL = (TargetKind.GOAL, TargetKind.TASK, TargetKind.CONCEPT, TargetKind.MEASURE, TargetKind.INDICATOR)


@dataclass(frozen=True)
class Touchable:
    """Something a draft may touch. `parts`: its title, then its other texts; empty where it has none.

    `names`: what it is called in a text. `lead`: the office that leads it.
    """

    target: TargetKey
    title: str
    names: tuple[str, ...]
    parts: tuple[str, ...] = ()
    lead: int | None = None


def touchables(viewer: Viewer) -> Iterator[Touchable]:
    """Everything that has a text: goals and tasks of the valid version, concepts, measures, indicators.

    A constant number of statements.
    """
    for tree in goals_tree(viewer):
        yield from _goals(tree)
    for task in tasks(viewer):
        said = (task.title, task.description, task.plain)
        yield Touchable((TargetKind.TASK, task.pk), task.title, (task.title,), said)
    for kind, rows in (
        (TargetKind.CONCEPT, concept_texts(viewer)),
        (TargetKind.MEASURE, measure_texts(viewer)),
    ):
        for pk, _number, lead, parts in rows:
            yield Touchable((kind, pk), parts[0], (parts[0],), parts, lead)
    for pk, parts in indicator_texts(viewer):
        # Whoever keeps its figures leads nothing of what a draft does: no office is proposed for it.
        yield Touchable((TargetKind.INDICATOR, pk), parts[0], (parts[0],), parts)


def touchable_count(viewer: Viewer) -> int:
    """How many `touchables` gives to the administration, without reading their texts."""
    named = len(goal_names(viewer)) + len(task_choices(viewer))
    return named + concept_text_count() + measure_text_count() + indicator_text_count()


def nameables(viewer: Viewer) -> Iterator[Touchable]:
    """What only its name gives away: our districts and the offices."""
    for area in areas(viewer):
        # The whole city is named in every paper.
        if area.level_rank > 0:
            yield Touchable((TargetKind.AREA, area.pk), area.name, (area.name,))
    for pk, label in departments_choices():
        name = label.partition(" ")[2]
        yield Touchable((TargetKind.DEPARTMENT, pk), name, (name,))


def _goals(node: GoalNode) -> Iterator[Touchable]:
    """A goal says what stands right below it, too: an upper goal often has no more than a name."""
    below = " ".join(f"{child.title}." for child in node.children)
    parts = (node.title, node.description, node.plain, below)
    yield Touchable((TargetKind.GOAL, node.pk), node.title, (node.title,), parts)
    for child in node.children:
        yield from _goals(child)
