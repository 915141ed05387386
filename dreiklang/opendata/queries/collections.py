"""The four collections: where their features come from, how they are called, what can be asked of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.queries import features as concepts
from dreiklang.concepts.rules import ConceptKind
from dreiklang.core.errors import NotFound
from dreiklang.core.features import Asked, Extent, Found
from dreiklang.measures.queries import features as measures
from dreiklang.people.rules import PUBLIC
from dreiklang.places.queries import features as places

_DAYS = frozenset(
    {"starts_on", "ends_on", "expected_end_on", "reported_on", "valid_from", "valid_to", "resolution_on"}
).union(concepts.STEPS)
_LISTS = frozenset({"areas", "tasks", "goals", "concepts"})
_NUMBERS = frozenset({"cost_eur"})


@dataclass(frozen=True)
class Collection:
    """Features of one kind. `key` is the property by which one is named in addresses; `filters` name the values a
    property may be asked for (none: any text); `is_dated` says whether they have a time.
    """

    id: str
    title: str | Promise
    description: str | Promise
    key: str
    properties: Sequence[str]
    filters: Mapping[str, Sequence[str]]
    read: Callable[[Asked, date], Found]
    extent: Callable[[], Extent]
    is_dated: bool = True


def _measures(asked: Asked, today: date) -> Found:
    return measures.measure_features(PUBLIC, asked=asked, today=today)


def _concepts(asked: Asked, today: date) -> Found:
    return concepts.concept_features(PUBLIC, kind=ConceptKind.SECTOR_PLAN, asked=asked)


def _plans(asked: Asked, today: date) -> Found:
    return concepts.concept_features(PUBLIC, kind=ConceptKind.FORMAL_PLAN, asked=asked)


def _areas(asked: Asked, today: date) -> Found:
    return places.area_features(PUBLIC, asked=asked)


_LINKED = ("areas", "goals")
COLLECTIONS = (
    Collection(
        id="massnahmen",
        title=_("Maßnahmen"),
        description=_(
            "Was die Stadt für ihre Ziele tut, mit Ort, Zeit und Stand nach dem letzten Bericht. "
            "Zusammengelegte, ersetzte und aufgegebene Maßnahmen bleiben darin."
        ),
        key="number",
        properties=(*measures.OWN, *measures.LINKED, "url"),
        filters=measures.FILTERS,
        read=_measures,
        extent=lambda: measures.measure_extent(PUBLIC),
    ),
    Collection(
        id="konzepte",
        title=_("Fachkonzepte"),
        description=_("Die Fachkonzepte der Stadt mit ihrem räumlichen Schwerpunkt und ihrer Geltung."),
        key="number",
        properties=(*concepts.OWN, *_LINKED, "url"),
        filters=concepts.FILTERS,
        read=_concepts,
        extent=lambda: concepts.concept_extent(PUBLIC, kind=ConceptKind.SECTOR_PLAN),
    ),
    Collection(
        id="plaene",
        title=_("Förmliche Pläne"),
        description=_(
            "Bauleitpläne und Satzungen mit ihrem Geltungsbereich und den Schritten ihres Verfahrens, soweit bekannt."
        ),
        key="number",
        properties=(*concepts.OWN, *concepts.OF_PLANS, *_LINKED, *concepts.STEPS, "url"),
        filters=concepts.FILTERS,
        read=_plans,
        extent=lambda: concepts.concept_extent(PUBLIC, kind=ConceptKind.FORMAL_PLAN),
    ),
    Collection(
        id="gebiete",
        title=_("Stadtteile und andere Gebiete"),
        description=_("Die Gebiete der Stadt auf allen räumlichen Ebenen mit ihren Grenzen."),
        key="id",
        properties=(*places.OWN, "url"),
        filters=places.FILTERS,
        read=_areas,
        extent=lambda: places.area_extent(PUBLIC),
        is_dated=False,
    ),
)
_BY_ID = {one.id: one for one in COLLECTIONS}


def collection_of(name: str) -> Collection:
    """The collection of that id. Raises: NotFound."""
    if name not in _BY_ID:
        raise NotFound("collection", key=name)
    return _BY_ID[name]


def kind_of(name: str) -> str:
    """What a property holds: day, list, number, address or text."""
    if name in _DAYS:
        return "day"
    if name in _LISTS:
        return "list"
    if name in _NUMBERS:
        return "number"
    return "address" if name == "url" else "text"
