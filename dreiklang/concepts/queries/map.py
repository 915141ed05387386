"""Concepts on the map: where their focus lies, and in which years they are in force."""

from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

from dreiklang.concepts.models import STATUS_LABELS, Concept, ConceptArea
from dreiklang.concepts.queries.lines import address, fitting
from dreiklang.concepts.queries.records import ConceptFilter
from dreiklang.concepts.rules import ConceptStatus
from dreiklang.people.rules import Viewer
from dreiklang.places.queries.placed import Bounds, PlacedRecords
from dreiklang.places.rules.placed import LineWish, Placed, PlacedCount
from dreiklang.ui.rules import Sign

STATUS_SIGNS = {one: Sign(one.value, STATUS_LABELS[one]) for one in ConceptStatus}
_RECORDS = PlacedRecords(
    areas=ConceptArea.objects.filter(concept=OuterRef("pk")),
    period=("valid_from", "valid_to"),
    state="status",
    address=address,
    sorts={"stand": F("status")},
)


def placed_counts(viewer: Viewer, *, asked: ConceptFilter) -> list[PlacedCount]:
    """The concepts that fit and are not superseded, counted by place, status and years. One statement."""
    return _RECORDS.counts(_concepts(viewer, asked))


def placed_lines(
    viewer: Viewer, *, asked: ConceptFilter, year: int | None = None, wish: LineWish
) -> list[Placed]:
    """The same concepts without shapes, in the order asked for, ending in number and pk. One statement."""
    return _RECORDS.lines(_concepts(viewer, asked, year=year), wish)


def placed_shapes(
    viewer: Viewer, *, asked: ConceptFilter, year: int | None = None, bounds: Bounds | None = None
) -> list[Placed]:
    """Those on the map with their shapes (EPSG:4326), by number; inside west, south, east, north where given."""
    return _RECORDS.shapes(_concepts(viewer, asked, year=year), bounds)


def _concepts(viewer: Viewer, asked: ConceptFilter, *, year: int | None = None) -> QuerySet[Concept]:
    found = fitting(viewer, asked).exclude(status=ConceptStatus.SUPERSEDED)
    if year is not None:
        begins = Q(valid_from=None) | Q(valid_from__year__lte=year)
        ends = Q(valid_to=None) | Q(valid_to__year__gte=year)
        found = found.filter(begins & ends & ~Q(valid_from=None, valid_to=None))
    return found.annotate(
        placing=_RECORDS.placing,
        first_year=ExtractYear("valid_from"),
        last_year=ExtractYear("valid_to"),
    )
