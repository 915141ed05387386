"""Concepts on the map: where their focus lies, and in which years they are in force."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

from dreiklang.concepts.models import STATUS_LABELS, Concept, ConceptArea
from dreiklang.concepts.queries.lines import address, fitting
from dreiklang.concepts.queries.records import ConceptFilter
from dreiklang.concepts.rules import ConceptStatus
from dreiklang.core.order import NaturalKey
from dreiklang.core.search import SortKey
from dreiklang.people.rules import Viewer
from dreiklang.places.queries.placed import in_order, placed, placing_case
from dreiklang.places.rules.placed import Placed, PlacedCount, Placing
from dreiklang.ui.rules import Sign

STATUS_SIGNS = {one: Sign(one.value, STATUS_LABELS[one]) for one in ConceptStatus}
_AREAS = ConceptArea.objects.filter(concept=OuterRef("pk"))
_FIELDS = (
    "number",
    "title",
    "placing",
    "status",
    "first_year",
    "last_year",
    "visibility",
    "lead_department__name",
)
_SORTS: Mapping[str, Any] = {
    "nummer": NaturalKey("number"),
    "titel": SortKey("title"),
    "stand": F("status"),
    "von": F("first_year"),
    "bis": F("last_year"),
    "lage": F("placing"),
    "amt": F("lead_department__name"),
}


def placed_counts(viewer: Viewer, *, asked: ConceptFilter) -> list[PlacedCount]:
    """The concepts that fit and are not superseded, counted by place, status and years. One statement."""
    kinds = ("placing", "status", "first_year", "last_year")
    rows = _concepts(viewer, asked).values_list(*kinds).annotate(number=Count("pk")).order_by(*kinds)
    return [PlacedCount(Placing(placing), *rest) for placing, *rest in rows]


def placed_lines(
    viewer: Viewer,
    *,
    asked: ConceptFilter,
    year: int | None = None,
    placing: Placing | None = None,
    without_period: bool = False,
    keys: Collection[str] | None = None,
    sort: str = "nummer",
    is_descending: bool = False,
    start: int = 0,
    limit: int | None = None,
) -> list[Placed]:
    """The same concepts without shapes, in the order asked for, ending in number and pk. One statement."""
    found = _concepts(viewer, asked, year=year)
    if placing is not None:
        found = found.filter(Q(placing=placing.value))
    if without_period:
        found = found.filter(valid_from=None, valid_to=None)
    if keys is not None:
        found = found.filter(number__in=keys)
    key = _SORTS.get(sort, _SORTS["nummer"])
    ordered = in_order(found, by=key, is_descending=is_descending, areas=_AREAS)
    stop = None if limit is None else start + limit
    return [_placed(row) for row in ordered.values(*_FIELDS, "in_areas")[start:stop]]


def placed_shapes(
    viewer: Viewer,
    *,
    asked: ConceptFilter,
    year: int | None = None,
    bounds: tuple[float, float, float, float] | None = None,
) -> list[Placed]:
    """Those on the map with their shapes (EPSG:4326), by number; inside west, south, east, north where given."""
    found = _concepts(viewer, asked, year=year).filter(bounds__isnull=False)
    if bounds is not None:
        found = found.filter(bounds__overlaps=bounds)
    rows = found.order_by(NaturalKey("number"), "pk").values(*_FIELDS, "geometry")
    return [_placed(row) for row in rows]


def _concepts(viewer: Viewer, asked: ConceptFilter, *, year: int | None = None) -> QuerySet[Concept]:
    found = fitting(viewer, asked).exclude(status=ConceptStatus.SUPERSEDED)
    if year is not None:
        begins = Q(valid_from=None) | Q(valid_from__year__lte=year)
        ends = Q(valid_to=None) | Q(valid_to__year__gte=year)
        found = found.filter(begins & ends & ~Q(valid_from=None, valid_to=None))
    return found.annotate(
        placing=placing_case(_AREAS), first_year=ExtractYear("valid_from"), last_year=ExtractYear("valid_to")
    )


def _placed(row: Mapping[str, Any]) -> Placed:
    return placed(row, state="status", stage="", address=address)
