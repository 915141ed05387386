"""Measures on the map: counted, listed and with their shapes. What the map and its table say comes from here."""

from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import ExtractYear
from shapely.geometry.base import BaseGeometry

from dreiklang.measures.models import Measure, MeasureArea
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.standing import last_year, narrowed, standing_case
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import MeasureFilter, Terms
from dreiklang.people.rules import Viewer
from dreiklang.places.queries.placed import Bounds, PlacedRecords
from dreiklang.places.rules.placed import LineWish, Placed, PlacedCount

_RECORDS = PlacedRecords(
    areas=MeasureArea.objects.filter(measure=OuterRef("pk")),
    period=("starts_on", "ends_on"),
    state="derived",
    stage="current_report__phase",
    address=address,
    sorts={"stand": F("derived"), "phase": F("current_report__phase")},
)


def placed_counts(viewer: Viewer, *, wanted: MeasureFilter, terms: Terms) -> list[PlacedCount]:
    """What a filter leaves, counted by place, standing and years. One statement."""
    return _RECORDS.counts(_measures(viewer, wanted, terms))


def placed_lines(viewer: Viewer, *, wanted: MeasureFilter, terms: Terms, wish: LineWish) -> list[Placed]:
    """What a filter leaves, without shapes, in the order asked for, ending in number and pk. One statement."""
    return _RECORDS.lines(_measures(viewer, wanted, terms), wish)


def placed_shapes(
    viewer: Viewer, *, wanted: MeasureFilter, terms: Terms, bounds: Bounds | None = None
) -> list[Placed]:
    """Those on the map with their shapes (EPSG:4326), by number; inside west, south, east, north where given."""
    return _RECORDS.shapes(_measures(viewer, wanted, terms), bounds)


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
        placing=_RECORDS.placing,
        derived=standing_case(terms),
        first_year=ExtractYear("starts_on"),
        last_year=last_year(),
    )
