"""The data catalogue: which datasets there are, narrowed by what people ask; and what of them is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from dreiklang.core.enums import Visibility
from dreiklang.core.search import SortKey, found_by
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import CatalogueEntry, Dataset, Delivery, Resource
from dreiklang.monitoring.rules.catalogue import CatalogueFilter, DatasetOrigin
from dreiklang.monitoring.rules.dataset_due import dataset_due
from dreiklang.people.rules import Viewer

# A select field with more choices helps nobody.
MOST_CHOICES = 150
SORTS: dict[str, Any] = {
    "titel": SortKey("title"),
    "geaendert": F("modified_on"),
    "herausgeber": SortKey("publisher_name"),
}


@dataclass(frozen=True)
class DatasetLine:
    """A dataset as the list shows it. `publisher` is its provider where it names none."""

    id: int
    title: str
    publisher: str
    licence: str
    formats: tuple[str, ...]
    themes: tuple[str, ...]
    rhythm: str
    modified_on: date | None
    modified_words: str
    origin: DatasetOrigin
    catalogue: str
    is_public: bool
    missing_since: datetime | None
    due_on: date | Unknown
    is_overdue: bool


@dataclass(frozen=True)
class CatalogueLists:
    """What can be chosen in the filters: licences and formats by code, publishers by name."""

    licences: Sequence[str]
    formats: Sequence[str]
    publishers: Sequence[str]


def visible_datasets(viewer: Viewer) -> QuerySet[Dataset]:
    """The datasets the viewer may know of: the administration all, everybody the public ones."""
    if viewer.is_internal:
        return Dataset.objects.all()
    return Dataset.objects.filter(visibility=Visibility.PUBLIC)


def dataset_count(viewer: Viewer, *, wanted: CatalogueFilter, today: date) -> int:
    """How many datasets the filters leave."""
    return _narrowed(viewer, wanted, today).count()


def dataset_lines(
    viewer: Viewer,
    *,
    wanted: CatalogueFilter,
    today: date,
    sort: str = "titel",
    is_descending: bool = False,
    start: int = 0,
    limit: int,
) -> list[DatasetLine]:
    """Datasets in the order asked for, from `start`; two statements, however many there are."""
    found = _narrowed(viewer, wanted, today)
    by = SORTS.get(sort, SORTS["titel"])
    # What has no day comes last, either way.
    order = by.desc(nulls_last=True) if is_descending else by.asc(nulls_last=True)
    rows = _with_facts(found.order_by(order, "pk"))[start : start + limit]
    return [_line(row, today) for row in rows]


def catalogue_lists(viewer: Viewer) -> CatalogueLists:
    """What the viewer can choose in the filters. Three statements."""
    resources = Resource.objects.filter(dataset__in=visible_datasets(viewer).values("pk"))
    publishers = visible_datasets(viewer).exclude(publisher_name="").order_by(SortKey("publisher_name"))
    return CatalogueLists(
        licences=_values(resources, "licence"),
        formats=_values(resources, "format"),
        publishers=list(dict.fromkeys(publishers.values_list("publisher_name", flat=True)))[:MOST_CHOICES],
    )


def overdue_ids(viewer: Viewer, *, today: date) -> list[int]:
    """Datasets whose day has passed. Those that vanished at their source are waited for no more."""
    dated = visible_datasets(viewer).filter(~Q(rhythm="") | Q(next_due_on__isnull=False))
    rows = delivered_at(dated.filter(Q(entry=None) | Q(entry__missing_since=None)))
    found = rows.values_list("pk", "rhythm", "next_due_on", "modified_on", "last_delivered_at")
    return [
        pk
        for pk, rhythm, by_hand, modified, delivered in found
        if _is_late(dataset_due(rhythm=rhythm, last=latest(modified, delivered), by_hand=by_hand), today)
    ]


def latest(modified: date | None, delivered: datetime | None) -> date | None:
    """When a dataset last became newer: at its source, or by a delivery of values here."""
    days = [one for one in (modified, delivered.date() if delivered else None) if one is not None]
    return max(days, default=None)


def _narrowed(viewer: Viewer, wanted: CatalogueFilter, today: date) -> QuerySet[Dataset]:
    found = visible_datasets(viewer)
    if wanted.text:
        found = Dataset.objects.filter(pk__in=found_by(found, text=wanted.text).values("pk"))
    if wanted.theme:
        found = found.filter(themes__contains=[wanted.theme])
    if wanted.publisher:
        found = found.filter(publisher_name=wanted.publisher)
    for name in ("licence", "format"):
        value = getattr(wanted, name)
        if value:
            found = found.filter(Exists(Resource.objects.filter(dataset=OuterRef("pk"), **{name: value})))
    if wanted.origin is not None:
        found = found.filter(_of_origin(wanted.origin))
    if wanted.only_overdue:
        found = found.filter(pk__in=overdue_ids(viewer, today=today))
    return found


def _of_origin(origin: DatasetOrigin) -> Q:
    if origin is DatasetOrigin.OWN:
        return Q(is_own=True)
    return Q(is_own=False, entry__isnull=origin is not DatasetOrigin.HARVESTED)


def in_force() -> QuerySet[Delivery]:
    """Deliveries that count: one that waits for its release or was withdrawn is nobody's news."""
    return Delivery.objects.filter(released_at__isnull=False, withdrawn_at=None)


def delivered_at(found: QuerySet[Dataset]) -> Any:
    """With `last_delivered_at`: when values of the dataset that are in force last came here."""
    delivered = in_force().filter(dataset=OuterRef("pk")).order_by("-made_at")
    return found.annotate(last_delivered_at=Subquery(delivered.values("made_at")[:1]))


def _with_facts(found: QuerySet[Dataset]) -> Any:
    formats = (
        Resource.objects.filter(dataset=OuterRef("pk"))
        .exclude(format="")
        .order_by()
        .values("dataset")
        .annotate(names=ArrayAgg("format", distinct=True))
        .values("names")
    )
    entry = CatalogueEntry.objects.filter(dataset=OuterRef("pk"))
    return (
        delivered_at(found)
        .annotate(
            formats=Subquery(formats),
            catalogue_title=Subquery(entry.values("catalogue__title")[:1]),
            missing_since=Subquery(entry.values("missing_since")[:1]),
        )
        .values(
            "pk", "title", "publisher_name", "provider__name", "licence", "formats", "themes", "rhythm",
            "modified_on", "modified_words", "is_own", "catalogue_title", "visibility", "missing_since",
            "next_due_on", "last_delivered_at",
        )
    )  # fmt: skip


def _line(row: dict[str, Any], today: date) -> DatasetLine:
    last = latest(row["modified_on"], row["last_delivered_at"])
    due = dataset_due(rhythm=row["rhythm"], last=last, by_hand=row["next_due_on"])
    return DatasetLine(
        id=row["pk"],
        title=row["title"],
        publisher=row["publisher_name"] or row["provider__name"],
        licence=row["licence"],
        formats=tuple(row["formats"] or ()),
        themes=tuple(row["themes"]),
        rhythm=row["rhythm"],
        modified_on=last,
        modified_words=row["modified_words"],
        origin=origin_of(is_own=row["is_own"], is_harvested=row["catalogue_title"] is not None),
        catalogue=row["catalogue_title"] or "",
        is_public=row["visibility"] == Visibility.PUBLIC,
        missing_since=row["missing_since"],
        due_on=due,
        is_overdue=row["missing_since"] is None and _is_late(due, today),
    )


def origin_of(*, is_own: bool, is_harvested: bool) -> DatasetOrigin:
    """Where a dataset comes from."""
    if is_own:
        return DatasetOrigin.OWN
    return DatasetOrigin.HARVESTED if is_harvested else DatasetOrigin.STATISTICS


def _is_late(due: date | Unknown, today: date) -> bool:
    return not isinstance(due, Unknown) and due < today


def _values(resources: QuerySet[Resource], name: str) -> list[str]:
    rows = resources.exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct()
    return list(rows[:MOST_CHOICES])
