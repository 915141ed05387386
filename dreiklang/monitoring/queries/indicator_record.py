"""One indicator with all that is said of it, read in one statement."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from dreiklang.core.arrays import array_of
from dreiklang.goals.queries import page_address
from dreiklang.goals.rules import FrameworkStatus, LinkSign
from dreiklang.measures.queries.visibility import visible as visible_measures
from dreiklang.monitoring.models import (
    Break,
    Indicator,
    IndicatorGoal,
    IndicatorTask,
    IndicatorVersion,
    MeasureIndicator,
    Target,
)
from dreiklang.monitoring.queries.indicator_lines import (
    BreakLine,
    EffectLine,
    IndicatorRecord,
    LinkedGoal,
    TargetLine,
    VersionLine,
)
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.monitoring.rules.values import BreakKind, Comparison, Goalpost, RegionLevel
from dreiklang.people.rules import Viewer


def indicator_record(viewer: Viewer, *, key: str) -> IndicatorRecord | None:
    """The indicator with that key; None if there is none or the viewer may not know of it. One statement.

    Links lead only to goals, tasks and measures the viewer may know of.
    """
    found = _with_links(visible_indicators(viewer), viewer).filter(key=key).first()
    return _record(found) if found else None


def _with_links(indicators: QuerySet[Indicator], viewer: Viewer) -> QuerySet[Any]:
    rows = indicators.select_related(
        "provider", "quantity__dataset__provider", "breakdown", "level", "department", "responsible"
    ).defer("search", "quantity__dataset__search")
    return rows.annotate(
        said_versions=array_of(_of(IndicatorVersion).order_by("-number"), fields=_VERSION),
        said_breaks=array_of(_of(Break).order_by("on", "pk"), fields=_BREAK),
        said_targets=array_of(_targets(), fields=_TARGET),
        said_goals=array_of(_of_goals(viewer), fields=_GOAL),
        said_tasks=array_of(_of_tasks(viewer), fields=_TASK),
        said_effects=array_of(_effects(viewer), fields=_EFFECT),
    )


_VERSION = {
    "number": "number",
    "valid_from": "valid_from",
    "definition": "definition",
    "reason": "reason",
    "is_comparable": "is_comparable",
}
_REGION = {"region": "region__name", "level": "region__level"}
_BREAK = {"id": "pk", "on": "on", "kind": "kind", "reason": "reason"} | _REGION
_TARGET = {
    "id": "pk",
    "version": "version",
    "on": "on",
    "low": "low",
    "high": "high",
    "comparison": "comparison",
    "is_baseline": "is_baseline",
    "decision": "decision",
    "reason": "reason",
    "region_id": "region_id",
} | _REGION
_GOAL = {
    "id": "goal_id",
    "number": "goal__number",
    "title": "goal__title",
    "status": "goal__framework__status",
    "label": "goal__framework__label",
    "is_main": "is_main",
    "reason": "reason",
}
_TASK = {
    "id": "task_id",
    "number": "task__number",
    "title": "task__title",
    "status": "task__framework__status",
    "label": "task__framework__label",
}
_EFFECT = {
    "id": "pk",
    "version": "version",
    "number": "measure__number",
    "title": "measure__title",
    "sign": "sign",
    "weight": "weight",
    "expected": "expected",
    "expected_year": "expected_year",
    "expected_basis": "expected_basis",
    "observed": "observed",
    "observed_on": "observed_on",
    "observed_basis": "observed_basis",
}


def _of(model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(indicator=OuterRef("pk"))
    return rows


def _targets() -> QuerySet[Any]:
    # As text: a number in JSON would come back as an inexact one.
    rows: QuerySet[Any] = _of(Target).annotate(low=_exact("value"), high=_exact("upper"))
    return rows.order_by("on", "is_baseline", "pk")


def _of_goals(viewer: Viewer) -> QuerySet[Any]:
    rows = _of(IndicatorGoal).order_by("-is_main", "goal__number", "pk")
    if not viewer.is_internal:
        rows = rows.exclude(goal__framework__status=FrameworkStatus.DRAFT)
    return rows


def _of_tasks(viewer: Viewer) -> QuerySet[Any]:
    rows = _of(IndicatorTask).order_by("task__number", "pk")
    if not viewer.is_internal:
        rows = rows.exclude(task__framework__status=FrameworkStatus.DRAFT)
    return rows


def _effects(viewer: Viewer) -> QuerySet[Any]:
    rows: QuerySet[Any] = _of(MeasureIndicator).annotate(
        expected=_exact("expected_value"), observed=_exact("observed_value")
    )
    seen = rows.filter(measure__in=visible_measures(viewer).values("pk"))
    return seen.order_by("-weight", "measure__number", "pk")


def _exact(name: str) -> Cast:
    return Cast(name, TextField())


def _record(found: Any) -> IndicatorRecord:
    return IndicatorRecord(
        indicator=found,
        versions=tuple(map(_version, found.said_versions)),
        breaks=tuple(map(_break, found.said_breaks)),
        targets=tuple(map(_target, found.said_targets)),
        goals=tuple(_goal(one, "goals:goal") for one in found.said_goals),
        tasks=tuple(_goal(one, "goals:task") for one in found.said_tasks),
        effects=tuple(map(_effect, found.said_effects)),
    )


def _version(one: dict[str, Any]) -> VersionLine:
    return VersionLine(**one | {"valid_from": date.fromisoformat(one["valid_from"])})


def _place(one: dict[str, Any]) -> dict[str, Any]:
    """Whose it is: an area of this city is named; without one it is the whole city's, also under its official key."""
    is_area = one["level"] in (RegionLevel.AREA, RegionLevel.CUSTOM)
    return {"region": one["region"] if is_area else "", "is_ours": not is_area}


def _break(one: dict[str, Any]) -> BreakLine:
    return BreakLine(
        id=one["id"],
        on=date.fromisoformat(one["on"]),
        kind=BreakKind(one["kind"]),
        reason=one["reason"],
        **_place(one),
    )


def _target(one: dict[str, Any]) -> TargetLine:
    upper = None if one["high"] is None else Decimal(one["high"])
    post = Goalpost(date.fromisoformat(one["on"]), Decimal(one["low"]), Comparison(one["comparison"]), upper)
    names = ("id", "version", "is_baseline", "decision", "reason", "region_id")
    return TargetLine(post=post, **{name: one[name] for name in names}, **_place(one))


def _goal(one: dict[str, Any], route: str) -> LinkedGoal:
    return LinkedGoal(
        id=one["id"],
        number=one["number"],
        title=one["title"],
        url=page_address(route, one["number"], one["status"], one["label"]),
        is_main=one.get("is_main", False),
        reason=one.get("reason", ""),
    )


def _effect(one: dict[str, Any]) -> EffectLine:
    seen = one["observed_on"]
    return EffectLine(
        expected_value=_number(one["expected"]),
        observed_value=_number(one["observed"]),
        observed_on=date.fromisoformat(seen) if seen else None,
        sign=LinkSign(one["sign"]),
        **{
            name: one[name]
            for name in (
                "id",
                "version",
                "number",
                "title",
                "weight",
                "expected_year",
                "expected_basis",
                "observed_basis",
            )
        },
    )


def _number(words: str | None) -> Decimal | None:
    return None if words is None else Decimal(words)


def city_posts(record: IndicatorRecord) -> tuple[Goalpost | None, Sequence[Goalpost]]:
    """The newest baseline and the targets of the whole city."""
    ours = [line for line in record.targets if line.is_ours]
    baselines = [line.post for line in ours if line.is_baseline]
    return (baselines[-1] if baselines else None), [line.post for line in ours if not line.is_baseline]


def measure_of_effect(*, pk: int) -> Any:
    """The measure behind a link, for asking who answers for it. Raises: MeasureIndicator.DoesNotExist."""
    links = MeasureIndicator.objects.select_related("measure").defer("measure__search", "measure__geometry")
    return links.get(pk=pk).measure
