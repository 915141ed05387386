"""The set as a whole, for who keeps it: goals with none or too many, what nobody answers for, what is overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from dreiklang.core.search import SortKey
from dreiklang.goals.queries import GoalNode, goals_tree
from dreiklang.goals.rules import FrameworkStatus
from dreiklang.monitoring.models import ComparedCity, Indicator, IndicatorGoal, SetSettings
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.rules.quality import SetSize, set_size
from dreiklang.monitoring.rules.start_set import shipped_start_set
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class GoalSize:
    """How many indicators hang on a goal of the valid framework, retired ones left out."""

    number: str
    title: str
    url: str
    count: int
    size: SetSize


@dataclass(frozen=True)
class SetRules:
    """What the city decided; `cities` as (official key, name) in their order."""

    version: int
    most_per_goal: int
    cities: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class KeptIndicator:
    """One line of who keeps the set: what is missing before it can be public."""

    key: str
    name: str
    url: str
    department: str
    is_public: bool
    has_values: bool
    goal_count: int
    next_due_on: date | None
    retired_on: date | None


def set_rules() -> SetRules:
    """The rules, the defaults before anybody set them. Two statements."""
    found = SetSettings.objects.first() or SetSettings(version=0)
    cities = ComparedCity.objects.order_by("position").values_list("region__key", "region__name")
    return SetRules(found.version, found.most_per_goal, tuple(cities))


def goal_sizes(viewer: Viewer, *, most: int) -> tuple[GoalSize, ...]:
    """Every goal of the valid framework without goals below it or with indicators, in order. Inside only."""
    if not viewer.is_internal:
        return ()
    links = IndicatorGoal.objects.filter(
        indicator__retired_on=None, goal__framework__status=FrameworkStatus.VALID
    )
    counts = dict(links.values_list("goal").annotate(n=Count("pk")))
    return tuple(
        GoalSize(
            goal.number,
            goal.title,
            goal.url,
            counts.get(goal.pk, 0),
            set_size(counts.get(goal.pk, 0), limit=most),
        )
        for tree in goals_tree(viewer)
        for goal in _flat(tree)
        if not goal.children or counts.get(goal.pk, 0)
    )


def _flat(node: GoalNode) -> Iterator[GoalNode]:
    yield node
    for child in node.children:
        yield from _flat(child)


def kept_indicators(viewer: Viewer) -> tuple[KeptIndicator, ...]:
    """All indicators, living ones first, by name. One statement. Inside only."""
    if not viewer.is_internal:
        return ()
    rows = (
        Indicator.objects.annotate(goals=Count("goal_links"), is_retired=Q(retired_on__isnull=False))
        .order_by("is_retired", SortKey("name"), "pk")
        .values_list(
            "key",
            "name",
            "department__name",
            "visibility",
            "quantity_id",
            "formula",
            "goals",
            "next_due_on",
            "retired_on",
        )
    )
    return tuple(
        KeptIndicator(
            key=key,
            name=name,
            url=address(key),
            department=office or "",
            is_public=visibility == "public",
            has_values=quantity is not None or bool(formula),
            goal_count=goals,
            next_due_on=due,
            retired_on=retired,
        )
        for key, name, office, visibility, quantity, formula, goals, due, retired in rows
    )


@dataclass(frozen=True)
class Proposal:
    """A proposal of the starter set; `needs` names what its formula takes along."""

    key: str
    name: str
    meaning: str
    source: str
    is_there: bool
    needs: tuple[str, ...]


def proposals() -> tuple[tuple[str, tuple[Proposal, ...]], ...]:
    """The starter set by the field it usually stands in, each once. One statement."""
    shipped = shipped_start_set()
    there = set(Indicator.objects.filter(key__in=shipped.by_key).values_list("key", flat=True))
    by_field: dict[str, list[Proposal]] = {}
    for one in shipped.indicators:
        field = shipped.fields[one.fields[0]] if one.fields else ""
        source = one.statistic.name if one.statistic else one.city_source or one.hint
        needs = tuple(needed.name for needed in shipped.inputs_of(one.key))
        by_field.setdefault(field, []).append(
            Proposal(one.key, one.name, one.meaning, source, one.key in there, needs)
        )
    return tuple((field, tuple(found)) for field, found in by_field.items())
