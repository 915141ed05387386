"""Measures on the map: counted, listed and with their shapes. What the map and its table say comes from here."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from shapely.geometry.base import BaseGeometry

from dreiklang.core.order import NaturalKey
from dreiklang.core.search import SortKey
from dreiklang.measures.models import Measure, MeasureArea
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.standing import last_year, narrowed, standing_case
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import MeasureFilter, Terms
from dreiklang.people.rules import Viewer
from dreiklang.places.queries.placed import in_order, placed, placing_case
from dreiklang.places.rules.placed import Placed, PlacedCount, Placing

_AREAS = MeasureArea.objects.filter(measure=OuterRef("pk"))
_FIELDS = (
    "number",
    "title",
    "placing",
    "derived",
    "current_report__phase",
    "first_year",
    "last_year",
    "visibility",
    "lead_department__name",
)
MAP_SORTS: Mapping[str, Any] = {
    "nummer": NaturalKey("number"),
    "titel": SortKey("title"),
    "stand": F("derived"),
    "phase": F("current_report__phase"),
    "von": F("first_year"),
    "bis": F("last_year"),
    "lage": F("placing"),
    "amt": F("lead_department__name"),
}


def placed_counts(viewer: Viewer, *, wanted: MeasureFilter, terms: Terms) -> list[PlacedCount]:
    """What a filter leaves, counted by place, standing and years. One statement."""
    kinds = ("placing", "derived", "first_year", "last_year")
    rows = _measures(viewer, wanted, terms).values_list(*kinds).annotate(number=Count("pk")).order_by(*kinds)
    return [PlacedCount(Placing(placing), *rest) for placing, *rest in rows]


def placed_lines(
    viewer: Viewer,
    *,
    wanted: MeasureFilter,
    terms: Terms,
    placing: Placing | None = None,
    without_period: bool = False,
    keys: Collection[str] | None = None,
    sort: str = "nummer",
    is_descending: bool = False,
    start: int = 0,
    limit: int | None = None,
) -> list[Placed]:
    """What a filter leaves, without shapes, in the order asked for, ending in number and pk. One statement.

    `placing` keeps only records placed like that; `without_period` only those with neither begin nor end.
    """
    found = _measures(viewer, wanted, terms)
    if placing is not None:
        found = found.filter(Q(placing=placing.value))
    if without_period:
        found = found.filter(starts_on=None, ends_on=None)
    if keys is not None:
        found = found.filter(number__in=keys)
    key = MAP_SORTS.get(sort, MAP_SORTS["nummer"])
    ordered = in_order(found, by=key, is_descending=is_descending, areas=_AREAS)
    stop = None if limit is None else start + limit
    return [_placed(row) for row in ordered.values(*_FIELDS, "in_areas")[start:stop]]


def placed_shapes(
    viewer: Viewer,
    *,
    wanted: MeasureFilter,
    terms: Terms,
    bounds: tuple[float, float, float, float] | None = None,
) -> list[Placed]:
    """Those on the map with their shapes (EPSG:4326), by number; inside west, south, east, north where given."""
    found = _measures(viewer, wanted, terms).filter(bounds__isnull=False)
    if bounds is not None:
        found = found.filter(bounds__overlaps=bounds)
    rows = found.order_by(NaturalKey("number"), "pk").values(*_FIELDS, "geometry")
    return [_placed(row) for row in rows]


def all_places(viewer: Viewer) -> list[BaseGeometry]:
    """Where visible measures lie (EPSG:4326), in no order: what is known of a city without districts."""
    found = visible(viewer).filter(bounds__isnull=False).order_by()
    return list(found.values_list("geometry", flat=True))


def measure_topics(viewer: Viewer) -> list[str]:
    """The topics that visible measures carry, in alphabetical order."""
    rows = visible(viewer).exclude(topics=[]).order_by().values_list("topics", flat=True).distinct()
    return sorted({topic for topics in rows for topic in topics}, key=str.casefold)


def _measures(viewer: Viewer, wanted: MeasureFilter, terms: Terms) -> QuerySet[Measure]:
    return narrowed(visible(viewer), wanted, terms=terms).annotate(
        placing=placing_case(_AREAS),
        derived=standing_case(terms),
        first_year=ExtractYear("starts_on"),
        last_year=last_year(),
    )


def _placed(row: Mapping[str, Any]) -> Placed:
    return placed(row, state="derived", stage="current_report__phase", address=address)
