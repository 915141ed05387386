"""Lists of values for tests, as a person would bring them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from dreiklang.core.models import Problem, Run
from dreiklang.core.tables import Limits
from dreiklang.monitoring.imports.observations import cells_of, facts_of, find_list
from dreiklang.monitoring.rules.value_plans import ValuePlan, first_plan
from dreiklang.monitoring.services.value_lists import Done, ValueList, deliver_list
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.places.models import Area, SpatialLevel

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def districts(*named: tuple[str, str]) -> SpatialLevel:
    """Districts of the city: key, name."""
    level, _is_new = SpatialLevel.objects.get_or_create(
        key="stadtteil", defaults={"name": "Stadtteil", "plural": "Stadtteile"}
    )
    for key, name in named:
        Area.objects.create(level=level, key=key, name=name)
    return level


def delivered(
    content: str | bytes,
    *,
    by: Viewer = SYSTEM,
    file_name: str = "liste.csv",
    name: str = "Einwohner der Stadtteile",
    is_dry_run: bool = False,
    has_looked: bool = False,
    now: datetime = NOW,
    use: str = "",
    **said: Any,
) -> Done:
    """Deliver a list by the plan that is proposed; `use` for all its columns of numbers, `said` goes before."""
    raw = content.encode() if isinstance(content, str) else content
    found = find_list(raw, file_name=file_name, limits=Limits())
    plan: ValuePlan = first_plan(found.shape)
    if use:
        plan = replace(plan, columns=dict.fromkeys(plan.columns, use))
    plan = replace(plan, **said)
    given = ValueList(
        name=name,
        file_name=file_name,
        content=raw,
        cells=cells_of(found, plan, today=TODAY),
        plan=plan,
        facts=facts_of(found, plan),
    )
    return deliver_list(
        by=by, given=given, now=now, today=TODAY, is_dry_run=is_dry_run, has_looked=has_looked
    )


def told(run: Run) -> list[tuple[int | None, str, str, str]]:
    """Row, column, code and value of each problem."""
    problems = Problem.objects.filter(run=run).order_by("row", "pk")
    return [(one.row, one.field, one.code, one.value) for one in problems]
