"""What every subject on the map asks of its records alike: how they are placed, and in which order they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Count, Exists, F, Q, QuerySet, Value, When

from dreiklang.core.enums import Visibility
from dreiklang.core.order import NaturalKey
from dreiklang.core.search import SortKey
from dreiklang.places.rules.placed import LineWish, Placed, PlacedCount, Placing

Bounds = tuple[float, float, float, float]
_FIELDS = ("number", "title", "placing", "first_year", "last_year", "visibility", "lead_department__name")
_SORTS: Mapping[str, Any] = {
    "nummer": NaturalKey("number"),
    "titel": SortKey("title"),
    "von": F("first_year"),
    "bis": F("last_year"),
    "lage": F("placing"),
    "amt": F("lead_department__name"),
}


@dataclass(frozen=True)
class PlacedRecords:
    """How the map reads a subject's records: with `bounds`, and annotated with `placing`, `first_year`, `last_year`.

    `areas` are their links to areas, `period` the columns of begin and end; `state` and `stage` (empty: there is none)
    name their columns for these, `sorts` further orders.
    """

    areas: QuerySet[Any]
    period: tuple[str, str]
    state: str
    address: Callable[[str], str]
    stage: str = ""
    sorts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def placing(self) -> Case:
        """How a record is placed."""
        return Case(
            When(bounds__isnull=False, then=Value(Placing.ON_MAP.value)),
            When(Exists(self.areas), then=Value(Placing.AREAS.value)),
            default=Value(Placing.NONE.value),
            output_field=CharField(),
        )

    def counts(self, found: QuerySet[Any]) -> list[PlacedCount]:
        """The records counted by place, state and years. One statement."""
        kinds = ("placing", self.state, "first_year", "last_year")
        rows = found.values_list(*kinds).annotate(number=Count("pk")).order_by(*kinds)
        return [PlacedCount(Placing(placing), *rest) for placing, *rest in rows]

    def lines(self, found: QuerySet[Any], asked: LineWish) -> list[Placed]:
        """The records asked for, without shapes, in the order asked for, ending in number and pk. One statement."""
        if asked.placing is not None:
            found = found.filter(Q(placing=asked.placing.value))
        if asked.without_period:
            found = found.filter(**dict.fromkeys(self.period))
        if asked.keys is not None:
            found = found.filter(number__in=asked.keys)
        sorts = {**_SORTS, **self.sorts}
        by = sorts.get(asked.sort, sorts["nummer"])
        first = by.desc(nulls_last=True) if asked.is_descending else by.asc(nulls_last=True)
        ordered = found.order_by(first, NaturalKey("number"), "pk")
        names = self.areas.order_by("area__name", "pk").values("area__name")
        stop = None if asked.limit is None else asked.start + asked.limit
        rows = ordered.annotate(in_areas=ArraySubquery(names)).values(*self._fields, "in_areas")
        return [self._placed(row) for row in rows[asked.start : stop]]

    def shapes(self, found: QuerySet[Any], bounds: Bounds | None) -> list[Placed]:
        """Those on the map with their shapes (EPSG:4326), by number; inside west, south, east, north where given."""
        found = found.filter(bounds__isnull=False)
        if bounds is not None:
            found = found.filter(bounds__overlaps=bounds)
        rows = found.order_by(NaturalKey("number"), "pk").values(*self._fields, "geometry")
        return [self._placed(row) for row in rows]

    @property
    def _fields(self) -> tuple[str, ...]:
        return (*_FIELDS, *filter(None, (self.state, self.stage)))

    def _placed(self, row: Mapping[str, Any]) -> Placed:
        return Placed(
            key=row["number"],
            title=row["title"],
            url=self.address(row["number"]),
            placing=Placing(row["placing"]),
            state=row[self.state],
            stage=(row[self.stage] or "") if self.stage else "",
            first_year=row["first_year"],
            last_year=row["last_year"],
            is_public=row["visibility"] == Visibility.PUBLIC,
            office=row["lead_department__name"] or "",
            areas=tuple(row.get("in_areas", ())),
            geometry=row.get("geometry"),
        )
