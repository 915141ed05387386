"""Goal links as lists write them, for the importers of subjects that act on goals."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_noop

from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.goals.models import FutureTask, Goal
from dreiklang.goals.rules.links import read_links


def goal_lookup() -> Lookup:
    """The goals of the valid framework by number and title."""
    return Lookup.of(
        Goal.objects.filter(framework__status="valid").order_by("pk").values_list("number", "title")
    )


def task_lookup() -> Lookup:
    """The future tasks of the valid framework by number and title."""
    return Lookup.of(
        FutureTask.objects.filter(framework__status="valid").order_by("pk").values_list("number", "title")
    )


def goal_ids(numbers: Collection[str]) -> dict[str, int]:
    """Number → id of goals of the valid framework."""
    return dict(
        Goal.objects.filter(framework__status="valid", number__in=numbers).values_list("number", "pk")
    )


def task_ids(numbers: Collection[str]) -> dict[str, int]:
    """Number → id of future tasks of the valid framework."""
    return dict(
        FutureTask.objects.filter(framework__status="valid", number__in=numbers).values_list("number", "pk")
    )


def read_goal_links(draft: Draft, name: str, known: Lookup) -> None:
    """Sets the field to a list of {goal, sign, weight, reason, is_main}, ordered by goal.

    Unknown goals refuse the row; two main goals do as well.
    """
    if not draft.has(name):
        return
    try:
        links = read_links(draft.cell(name))
    except ValueError as unreadable:
        draft.note("goal_link_unreadable", name, str(unreadable))
        return
    found: dict[str, dict[str, Any]] = {}
    for link in links:
        goal = known.find(link.goal)
        if goal is None:
            draft.note("unknown_goal", name, link.goal, proposals=known.proposals(link.goal))
            continue
        if goal in found:
            draft.note("goal_twice", name, link.goal)
        found[goal] = {
            "goal": goal,
            "sign": link.sign.value,
            "weight": link.weight,
            "reason": link.reason,
            "is_main": link.is_main,
        }
    if sum(link["is_main"] for link in found.values()) > 1:
        draft.note("two_main_goals", name)
    draft.set(name, [found[goal] for goal in sorted(found)])


# What the codes above say, for the importers that use them.
LINK_SENTENCES = {
    "goal_link_unreadable": gettext_noop("„%(value)s“ ist nicht zu lesen. So geht es: !5.2 + (3): Grund."),
    "goal_twice": gettext_noop("Das Ziel %(value)s steht zweimal in der Zelle."),
    "two_main_goals": gettext_noop("Zwei Hauptziele sind mit ! markiert; nur eines ist möglich."),
    "unknown_task": gettext_noop("Die Zukunftsaufgabe „%(value)s“ gibt es nicht."),
}
