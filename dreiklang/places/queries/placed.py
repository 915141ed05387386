"""What every subject on the map asks of its records alike: how they are placed, and in which order they stand."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, QuerySet, Value, When

from dreiklang.core.enums import Visibility
from dreiklang.core.order import NaturalKey
from dreiklang.places.rules.placed import Placed, Placing


def placing_case(areas: QuerySet[Any]) -> Case:
    """How a record with `bounds` is placed; `areas`: its links to areas."""
    return Case(
        When(bounds__isnull=False, then=Value(Placing.ON_MAP.value)),
        When(Exists(areas), then=Value(Placing.AREAS.value)),
        default=Value(Placing.NONE.value),
        output_field=CharField(),
    )


def in_order(found: QuerySet[Any], *, by: Any, is_descending: bool, areas: QuerySet[Any]) -> QuerySet[Any]:
    """The records by an expression, then by number, each with the names of its areas as `in_areas`."""
    first = by.desc(nulls_last=True) if is_descending else by.asc(nulls_last=True)
    names = areas.order_by("area__name", "pk").values("area__name")
    ordered: QuerySet[Any] = found.order_by(first, NaturalKey("number"), "pk").annotate(
        in_areas=ArraySubquery(names)
    )
    return ordered


def placed(row: Mapping[str, Any], *, state: str, stage: str, address: Callable[[str], str]) -> Placed:
    """The record of a row; `state` and `stage` name its columns for these."""
    return Placed(
        key=row["number"],
        title=row["title"],
        url=address(row["number"]),
        placing=Placing(row["placing"]),
        state=row[state],
        stage=(row[stage] or "") if stage else "",
        first_year=row["first_year"],
        last_year=row["last_year"],
        is_public=row["visibility"] == Visibility.PUBLIC,
        office=row["lead_department__name"] or "",
        areas=tuple(row.get("in_areas", ())),
        geometry=row.get("geometry"),
    )
