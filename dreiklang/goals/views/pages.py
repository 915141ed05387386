"""Pages that everybody reads: the framework, a goal, a future task, a thematic group."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.concepts import queries as concepts
from dreiklang.conflicts.queries.of_goals import panel_of_goals
from dreiklang.core import text
from dreiklang.goals import permissions, queries
from dreiklang.measures import queries as measures
from dreiklang.monitoring.queries.criteria import CriterionLine, criteria
from dreiklang.monitoring.queries.of_goal import IndicatorPanel, indicators_of_goal, indicators_of_task
from dreiklang.papers import queries as papers
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.rules import RailItem

# A page shows so many measures; the list behind the link shows them all.
SHOWN = 20


def framework(request: ViewerRequest) -> HttpResponse:
    """The tree of goals of one version, with the future tasks beside it."""
    versions = queries.frameworks(request.viewer)
    version = queries.framework(request.viewer, label=request.GET.get("fassung", ""))
    if version is None and request.GET.get("fassung"):
        raise Http404
    if version is None:
        version = next(iter(versions), None)
    return render(request, "goals/framework.html", _framework(request, version) | {"versions": versions})


def _framework(request: ViewerRequest, version: queries.FrameworkRow | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "version": version,
        "may_edit": may(request.viewer, permissions.EDIT),
        "valid": version if version and version.is_valid else queries.valid_framework(),
    }
    if version is None:
        return context
    trees = queries.goals_tree(request.viewer, framework=version)
    levels = queries.levels(framework_id=version.pk)
    counts = [
        (sum(node.level_rank == rank for tree in trees for node in flat(tree)), one, many)
        for rank, one, many in levels
    ]
    return context | {
        "trees": trees,
        "counted_levels": text.listing(text.count(n, one, many) for n, one, many in counts),
        "tasks": queries.tasks(request.viewer, framework_id=version.pk),
        "groups": queries.groups(request.viewer, framework_id=version.pk),
        "draft": queries.draft_framework(request.viewer),
    }


def flat(node: queries.GoalNode) -> list[queries.GoalNode]:
    """The goal and everything below it."""
    return [node, *(one for child in node.children for one in flat(child))]


def goal(request: ViewerRequest, number: str) -> HttpResponse:
    """Everything that hangs on a goal, those below it included."""
    page = queries.goal_page(request.viewer, number=number, label=request.GET.get("fassung", ""))
    if page is None:
        raise Http404
    panel = measures_panel(request, goal=page.goal.pk)
    found = concepts.concepts_of(request.viewer, goal=page.below_ids)
    indicators = indicators_of_goal(
        request.viewer, goal=page.goal.pk, below=page.below_ids, today=panel["today"]
    )
    said = criteria(request.viewer, goals=page.below_ids, today=panel["today"])
    return render(
        request,
        "goals/goal.html",
        {
            "page": page,
            "concepts": found,
            "meets": panel_of_goals(request.viewer, goals=page.below_ids),
            "council": papers.council_of_goals(request.viewer, goals=page.below_ids, today=panel["today"]),
            "indicators": indicators,
            "criteria": said,
            "criteria_page": reverse("monitoring:goal-criteria", args=[number]) + page.framework.suffix,
            "rail_items": [
                *_goal_rail(page, len(found), panel["distribution"].total),
                *_indicators_in_rail(indicators),
                *_criteria_in_rail(said),
            ],
            "valid": None if page.framework.is_valid else queries.valid_framework(),
            "may_edit": may(request.viewer, permissions.EDIT) and not page.framework.is_superseded,
            "stand": panel["today"],
        }
        | panel,
    )


def _goal_rail(page: queries.GoalPage, concept_count: int, measure_count: int) -> list[RailItem]:
    tasks = [RailItem(_("Zukunftsaufgabe"), f"{t.number} {t.title}", t.url) for t in page.goal.tasks]
    above = [RailItem(g.level, f"{g.number} {g.title}", g.url) for g in page.ancestors]
    below = (
        [RailItem(page.goal.children[0].level, "", "#darunter", str(len(page.goal.children)))]
        if page.goal.children
        else []
    )
    return [
        *tasks[:1],
        *above,
        RailItem(page.goal.level, page.goal.number, is_current=True),
        *below,
        RailItem(_("Konzepte"), "", "#konzepte", str(concept_count)),
        RailItem(_("Maßnahmen"), "", "#massnahmen", text.number(measure_count)),
    ]


def _indicators_in_rail(panel: IndicatorPanel) -> list[RailItem]:
    """Where there are none the chain ends with the measures."""
    return [RailItem(_("Indikatoren"), "", "#indikatoren", text.number(panel.total))] if panel.total else []


def _criteria_in_rail(lines: Sequence[CriterionLine]) -> list[RailItem]:
    """Those that hold; nothing where there are none."""
    count = sum(not one.is_retired for one in lines)
    return [RailItem(_("Kriterien"), "", "#kriterien", text.number(count))] if count else []


def task(request: ViewerRequest, number: str) -> HttpResponse:
    """Everything that hangs on a future task."""
    page = queries.task_page(request.viewer, number=number, label=request.GET.get("fassung", ""))
    if page is None:
        raise Http404
    panel = measures_panel(request, task=page.task.pk)
    found = concepts.concepts_of(request.viewer, task=page.task.pk)
    indicators = indicators_of_task(
        request.viewer, task=page.task.pk, goals=[one.pk for one in page.goals], today=panel["today"]
    )
    said = criteria(request.viewer, goals=[one.pk for one in page.goals], today=panel["today"])
    place = [t.pk for t in page.neighbours].index(page.task.pk)
    return render(
        request,
        "goals/task.html",
        {
            "page": page,
            "concepts": found,
            "before": page.neighbours[place - 1] if place else None,
            "after": page.neighbours[place + 1] if place + 1 < len(page.neighbours) else None,
            "rail_items": [
                RailItem(_("Zukunftsaufgabe"), page.task.number, is_current=True),
                RailItem(_("Ziele"), "", "#ziele", str(len(page.goals))),
                RailItem(_("Konzepte"), "", "#konzepte", str(len(found))),
                RailItem(_("Maßnahmen"), "", "#massnahmen", text.number(panel["distribution"].total)),
                *_indicators_in_rail(indicators),
                *_criteria_in_rail(said),
            ],
            "indicators": indicators,
            "criteria": said,
            "criteria_page": reverse("monitoring:criteria") if said else "",
            "valid": None if page.framework.is_valid else queries.valid_framework(),
            "may_edit": may(request.viewer, permissions.EDIT) and not page.framework.is_superseded,
            "may_change_priority": may(request.viewer, permissions.CHANGE_PRIORITY)
            and page.framework.is_valid,
            "stand": panel["today"],
        }
        | panel,
    )


def measures_panel(
    request: ViewerRequest, *, task: int | None = None, goal: int | None = None
) -> dict[str, Any]:
    """The measures that hang on something: their distribution and the first of them."""
    today = timezone.localdate()
    of = {"task": task, "goal": goal}
    terms = measures.terms_of(today=today)
    return {
        "today": today,
        "distribution": measures.distribution(request.viewer, today=today, terms=terms, **of),
        "measures": measures.measures_of(request.viewer, today=today, terms=terms, limit=SHOWN, **of),
    }


def group(request: ViewerRequest, pk: int) -> HttpResponse:
    """A thematic group with what it carries."""
    found = queries.group(request.viewer, pk=pk)
    if found is None:
        raise Http404
    others = queries.groups(request.viewer, framework_id=found.framework_id)
    return render(
        request,
        "goals/group.html",
        {
            "group": found,
            "others": [one for one in others if one.pk != pk],
            "may_edit": may(request.viewer, permissions.EDIT),
            "rail_items": [
                RailItem(_("Zukunftsaufgaben"), "", "#aufgaben", str(len(found.tasks))),
                RailItem(_("Ziele"), "", "#ziele", str(len(found.goals))),
                RailItem(_("Themenschwerpunkt"), is_current=True),
            ],
        },
    )


def group_list(request: ViewerRequest) -> HttpResponse:
    """All thematic groups of the valid version."""
    return render(
        request,
        "goals/groups.html",
        {
            "groups": [queries.group(request.viewer, pk=one.pk) for one in queries.groups(request.viewer)],
            "may_edit": may(request.viewer, permissions.EDIT),
        },
    )


def task_list(request: ViewerRequest) -> HttpResponse:
    """The future tasks stand on the start page."""
    return redirect("portal:start")
