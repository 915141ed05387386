"""The uniform set as a list: each indicator with its last value, its target and where it goes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet

from dreiklang.core.arrays import array_of
from dreiklang.core.records import Ref
from dreiklang.core.search import SortKey, found_by
from dreiklang.goals.queries import page_address
from dreiklang.goals.rules import FrameworkStatus
from dreiklang.monitoring.models import Indicator, IndicatorGoal
from dreiklang.monitoring.queries.standing import standings
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.monitoring.rules.standing import Standing
from dreiklang.people.rules import Viewer


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; empty fields narrow nothing."""

    text: str = ""
    goal_id: int | None = None
    department_id: int | None = None
    with_retired: bool = False


@dataclass(frozen=True)
class ListedIndicator:
    """One line of the list; `goals` those of the valid framework, the one it leads first."""

    indicator: Indicator
    standing: Standing
    goals: tuple[Ref, ...]


def indicator_count(viewer: Viewer, *, wanted: Wanted) -> int:
    """How many there are."""
    return _found(viewer, wanted).count()


def listed_indicators(
    viewer: Viewer, *, wanted: Wanted, today: date, start: int, limit: int
) -> tuple[ListedIndicator, ...]:
    """A stretch of the list: headline indicators first, then by name. As many statements for one as for all."""
    links = IndicatorGoal.objects.filter(
        indicator=OuterRef("pk"), goal__framework__status=FrameworkStatus.VALID
    )
    rows = (
        _found(viewer, wanted)
        .select_related("breakdown", "department", "provider")
        .defer("search")
        .annotate(
            said_goals=array_of(
                links.order_by("-is_main", "goal__number"),
                fields={"number": "goal__number", "title": "goal__title"},
            )
        )
        .order_by("-is_headline", SortKey("name"), "pk")
    )
    found = list(rows[start : start + limit])
    now = standings(viewer, indicators=found, today=today)
    return tuple(ListedIndicator(one, now[one.pk], tuple(map(_goal, one.said_goals))) for one in found)


@dataclass(frozen=True)
class Offers:
    """What a list can be narrowed by: (number or key, words, id)."""

    goals: tuple[tuple[str, str, int], ...]
    offices: tuple[tuple[str, str, int], ...]


def list_offers(viewer: Viewer) -> Offers:
    """Goals and offices that visible indicators hang on. Two statements."""
    shown = visible_indicators(viewer)
    goals = IndicatorGoal.objects.filter(
        indicator__in=shown.values("pk"), goal__framework__status=FrameworkStatus.VALID
    )
    named = goals.order_by("goal__number").values_list("goal__number", "goal__title", "goal_id").distinct()
    offices = shown.filter(department__isnull=False).order_by("department__key")
    called = offices.values_list("department__key", "department__name", "department_id").distinct()
    return Offers(
        goals=tuple((number, f"{number} {title}", pk) for number, title, pk in named), offices=tuple(called)
    )


def _found(viewer: Viewer, wanted: Wanted) -> QuerySet[Indicator]:
    rows = visible_indicators(viewer)
    if wanted.text:
        rows = found_by(rows, text=wanted.text, title="name")
    if wanted.goal_id is not None:
        rows = rows.filter(Q(goal_links__goal=wanted.goal_id) | Q(goal_links__goal__parent=wanted.goal_id))
        rows = rows.distinct()
    if wanted.department_id is not None:
        rows = rows.filter(department=wanted.department_id)
    return rows if wanted.with_retired else rows.filter(retired_on=None)


def _goal(one: dict[str, str]) -> Ref:
    return Ref(
        one["number"], one["title"], page_address("goals:goal", one["number"], FrameworkStatus.VALID, "")
    )
