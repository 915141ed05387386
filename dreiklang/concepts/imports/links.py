"""Links of many concepts at once: what there is, and exactly what a list says."""

from collections.abc import Collection, Mapping
from typing import Any

from dreiklang.concepts.models import ConceptArea, ConceptGoal, ConceptTask
from dreiklang.core.imports.linking import link_exactly
from dreiklang.goals.queries.written_links import goal_ids, task_ids
from dreiklang.places.queries import area_ids, area_label

FACTS = ("sign", "weight", "reason", "is_main")


def links_of(concept_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Concept id → goals, tasks and areas in the form of an import's values."""
    found: dict[int, dict[str, Any]] = {pk: {"goals": [], "tasks": [], "areas": []} for pk in concept_ids}
    goals = ConceptGoal.objects.filter(concept_id__in=concept_ids).order_by("goal__number")
    for link in goals.values("concept_id", "goal__number", *FACTS):
        facts = {name: link[name] for name in FACTS}
        found[link["concept_id"]]["goals"].append({"goal": link["goal__number"], **facts})
    tasks = ConceptTask.objects.filter(concept_id__in=concept_ids)
    for concept_id, number in tasks.values_list("concept_id", "task__number"):
        found[concept_id]["tasks"].append(number)
    for link in ConceptArea.objects.filter(concept_id__in=concept_ids).values(
        "concept_id", "area__key", "area__name"
    ):
        found[link["concept_id"]]["areas"].append(area_label(link["area__key"], link["area__name"]))
    for values in found.values():
        values["goals"].sort(key=lambda link: link["goal"])
        values["tasks"].sort()
        values["areas"].sort()
    return found


def link_all(given: Mapping[int, Mapping[str, Any]]) -> None:
    """Exactly the links that a list says, kind by kind; a kind that it does not name stays as it is."""
    goals = {pk: values["goals"] for pk, values in given.items() if "goals" in values}
    numbers = goal_ids({link["goal"] for links in goals.values() for link in links})
    wanted = {
        (pk, numbers[link["goal"]]): {name: link[name] for name in FACTS}
        for pk, links in goals.items()
        for link in links
    }
    link_exactly(ConceptGoal, owner="concept", other="goal", owners=goals, wanted=wanted)
    for model, other, name, ids_of in (
        (ConceptTask, "task", "tasks", task_ids),
        (ConceptArea, "area", "areas", area_ids),
    ):
        named = {pk: values[name] for pk, values in given.items() if name in values}
        ids = ids_of({one for keys in named.values() for one in keys})
        pairs: dict[tuple[int, int], dict[str, Any]] = {
            (pk, ids[one]): {} for pk, keys in named.items() for one in keys
        }
        link_exactly(model, owner="concept", other=other, owners=named, wanted=pairs)
