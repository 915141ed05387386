"""The page of one dataset: all that is said of it, its resources, and who uses its values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import CatalogueEntry, Dataset, Quantity, Resource
from dreiklang.monitoring.queries.catalogue import in_force, latest, origin_of, visible_datasets
from dreiklang.monitoring.queries.dataset_uses import DatasetUses, dataset_uses
from dreiklang.monitoring.queries.unit_names import unit_named
from dreiklang.monitoring.rules.catalogue import DatasetOrigin
from dreiklang.monitoring.rules.dataset_due import dataset_due
from dreiklang.people.rules import Viewer

MOST_QUANTITIES = 200


@dataclass(frozen=True)
class QuantityLine:
    """What the dataset counts, and the indicators whose values lie there."""

    id: int
    name: str
    code: str
    unit: str
    indicators: tuple[Ref, ...]


@dataclass(frozen=True)
class DatasetInside:
    """What only the administration sees; `as_written` as [line of the table, predicate, words]."""

    department_id: int | None
    responsible_id: int | None
    responsible: str
    next_due_on: date | None
    as_written: Sequence[Sequence[str]]
    gaps: Sequence[Sequence[str]]
    is_complete: bool
    dash_is_zero: bool


@dataclass(frozen=True)
class DatasetPage:
    """One dataset. `record` is the row itself: its plain fields are what the public may read."""

    record: Dataset
    origin: DatasetOrigin
    publisher: str
    department: str
    resources: Sequence[Resource]
    catalogue: str
    catalogue_id: int | None
    iri: str
    missing_since: datetime | None
    changed_on: date | None
    due_on: date | Unknown
    is_overdue: bool
    quantities: Sequence[QuantityLine]
    quantity_count: int
    uses: DatasetUses
    goes_out: bool
    inside: DatasetInside | None

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return self.record.visibility == Visibility.PUBLIC


def dataset_page(viewer: Viewer, *, dataset_id: int, today: date) -> DatasetPage:
    """One dataset with what hangs on it. Ten statements at most. Raises: NotFound."""
    found = visible_datasets(viewer).select_related("provider", "department", "responsible").defer("search")
    record = found.filter(pk=dataset_id).first()
    if record is None:
        raise NotFound("dataset")
    entry = CatalogueEntry.objects.select_related("catalogue").defer("statements", "catalogue__statements")
    kept = entry.filter(dataset=record).first()
    changed = latest(record.modified_on, _last_delivered(record))
    due = dataset_due(rhythm=record.rhythm, last=changed, by_hand=record.next_due_on)
    uses = dataset_uses(viewer, dataset=record)
    quantities = _quantities(viewer, record, uses.direct)
    missing = kept.missing_since if kept else None
    return DatasetPage(
        record=record,
        origin=origin_of(is_own=record.is_own, is_harvested=kept is not None),
        publisher=record.publisher_name or record.provider.name,
        department=record.department.name if record.department else "",
        resources=list(record.resources.order_by("position")),
        catalogue=kept.catalogue.title if kept else "",
        catalogue_id=kept.catalogue_id if kept else None,
        iri=kept.iri if kept else "",
        missing_since=missing,
        changed_on=changed,
        due_on=due,
        is_overdue=missing is None and not isinstance(due, Unknown) and due < today,
        quantities=quantities,
        quantity_count=_quantity_count(viewer, record, quantities),
        uses=uses,
        goes_out=record.is_own and record.is_complete and record.visibility == Visibility.PUBLIC,
        inside=_inside(record, kept) if viewer.is_internal else None,
    )


def _last_delivered(record: Dataset) -> datetime | None:
    found = in_force().filter(dataset=record).order_by("-made_at", "-pk")
    return found.values_list("made_at", flat=True).first()


def _quantities(viewer: Viewer, record: Dataset, used: Mapping[int, Sequence[Ref]]) -> list[QuantityLine]:
    """Those that an indicator uses first. For the public only these: the others are the city's raw material."""
    found = Quantity.objects.filter(dataset=record).order_by("code", "pk")
    if not viewer.is_internal:
        found = found.filter(pk__in=used)
    lines = [
        QuantityLine(one.pk, one.name, one.code, _unit(one), tuple(used.get(one.pk, ()))) for one in found
    ]
    return sorted(lines, key=lambda line: not line.indicators)[:MOST_QUANTITIES]


def _unit(quantity: Quantity) -> str:
    """As its source writes it; a code of our list by its name."""
    said = quantity.unit_words or quantity.unit
    known = unit_named(said)
    return known.name if known else said


def _quantity_count(viewer: Viewer, record: Dataset, shown: Sequence[QuantityLine]) -> int:
    """How many there are for this viewer; counted only where not all are shown."""
    if not viewer.is_internal or len(shown) < MOST_QUANTITIES:
        return len(shown)
    return Quantity.objects.filter(dataset=record).count()


def _inside(record: Dataset, kept: CatalogueEntry | None) -> DatasetInside:
    return DatasetInside(
        department_id=record.department_id,
        responsible_id=record.responsible_id,
        responsible=record.responsible.name if record.responsible else "",
        next_due_on=record.next_due_on,
        as_written=kept.as_written if kept else [],
        gaps=record.gaps,
        is_complete=record.is_complete,
        dash_is_zero=record.dash_is_zero,
    )


def gaps_of_own(viewer: Viewer) -> list[tuple[Dataset, Sequence[Any]]]:
    """Datasets of the city that lack something for the export, those that stay at home first."""
    found = visible_datasets(viewer).filter(is_own=True).exclude(gaps=[]).defer("search")
    rows = found.order_by("is_complete", "title", "pk")
    return [(one, one.gaps) for one in rows]
