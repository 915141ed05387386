"""What goes out of the city's own catalogue: public datasets of its own that DCAT-AP.de 3.0 allows, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.core.rdf import Triple
from dreiklang.monitoring.models import Catalogue, Dataset, OwnCatalogue
from dreiklang.monitoring.queries.catalogue import visible_datasets
from dreiklang.monitoring.queries.described import described, own_catalogue, publisher_of
from dreiklang.monitoring.queries.value_resources import INDICATORS
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.monitoring.rules.dcat.own import own_catalogue as catalogue_values
from dreiklang.monitoring.rules.dcat.reading import ReadCatalogue, read_things
from dreiklang.monitoring.rules.dcat.statements import things_from
from dreiklang.monitoring.rules.dcat.values import Dataset as Described
from dreiklang.monitoring.rules.dcat.values import first_text
from dreiklang.monitoring.rules.dcat.writing import (
    fit_for_export,
    gaps_of_catalogue,
    paging,
    triples_of,
    triples_of_catalogue,
)
from dreiklang.people.rules import PUBLIC

PER_PAGE = 100


@dataclass(frozen=True)
class ExportPage:
    """One page of our catalogue. `state` changes whenever anything on any page does."""

    number: int
    total: int
    state: str

    @property
    def count(self) -> int:
        """How many pages there are; one at least, so that an empty catalogue can be read."""
        return max(1, -(-self.total // PER_PAGE))


def export_page(*, number: int) -> ExportPage:
    """What a page is made of, without reading it. Raises: NotFound: no such page, or nobody described the catalogue."""
    own = own_catalogue()
    if own is None:
        raise NotFound("catalogue")
    found = _outgoing()
    facts = found.aggregate(latest=Max("changed_at"), last=Max("pk"))
    total = found.count()
    # What is public of its values stands in a dataset, too.
    values = visible_indicators(PUBLIC).filter(quantity__dataset__in=found.order_by())
    parts = [*facts.values(), *values.aggregate(Count("pk"), Max("changed_at"), Max("pk")).values()]
    page = ExportPage(number, total, "-".join(map(str, (own.version, total, *parts, number))))
    if not 1 <= number <= page.count:
        raise NotFound("page", key=str(number))
    return page


def triples_of_page(page: ExportPage, *, address: str) -> Iterator[Triple]:
    """The catalogue with the datasets of the page. `address`: of the first page, for the links between them."""
    own = own_catalogue()
    if own is None:
        raise NotFound("catalogue")
    start = (page.number - 1) * PER_PAGE
    datasets = list(_described(_with_parts(_outgoing().order_by("pk")[start : start + PER_PAGE]), own))
    fit = fit_for_export(datasets).datasets
    yield from triples_of_catalogue(
        _catalogue(own, tuple(one.iri for one in fit)),
        fit,
        more=_links(page, address),
    )


def triples_of_dataset(dataset_id: int) -> Iterator[Triple]:
    """One dataset as it goes out. Raises: NotFound, also for one that is not ours or lacks what 3.0 asks for."""
    found = list(_with_parts(_outgoing().filter(pk=dataset_id)))
    if not found:
        raise NotFound("dataset")
    fit = fit_for_export(_described(found, own_catalogue())).datasets
    yield from (triple for one in fit for triple in triples_of(one))


def kept_catalogue(catalogue_id: int) -> ReadCatalogue:
    """Everything a catalogue said, as 3.0 says it: what a harvest kept, put together again. For tests and for moving."""
    catalogue = Catalogue.objects.get(pk=catalogue_id)
    entries = (
        catalogue.entries.filter(missing_since=None).order_by("iri").values_list("statements", flat=True)
    )
    things = {one.iri: one for kept in entries for one in things_from(kept)}
    for one in things_from(catalogue.statements):
        things.setdefault(one.iri, one)
    return read_things(tuple(things[iri] for iri in sorted(things)))


def has_own_description() -> bool:
    """Whether the catalogue itself has what 3.0 asks for."""
    own = own_catalogue()
    return own is not None and not gaps_of_catalogue(_catalogue(own, ()))


def _outgoing() -> QuerySet[Dataset]:
    return visible_datasets(PUBLIC).filter(is_own=True, is_complete=True)


def _with_parts(found: Any) -> Any:
    return found.select_related("entry").prefetch_related("resources", INDICATORS).defer("search")


def _described(found: Any, own: OwnCatalogue | None) -> Iterator[Described]:
    for dataset in found:
        resources = sorted(dataset.resources.all(), key=lambda one: one.position)
        entry = getattr(dataset, "entry", None)
        one = described(dataset, entry=entry, resources=resources, own=own)
        if first_text(one.title):
            yield one


def _catalogue(own: OwnCatalogue, datasets: tuple[str, ...]) -> Any:
    home = f"{settings.SITE_URL}{reverse('monitoring:catalogue')}"
    publisher = publisher_of(own)
    if publisher is None:
        raise NotFound("catalogue")
    return catalogue_values(
        iri=f"{settings.SITE_URL}/catalog",
        title=own.title,
        description=own.description,
        publisher=publisher,
        homepage=home,
        datasets=datasets,
    )


def _links(page: ExportPage, address: str) -> Iterator[Triple]:
    def at(number: int) -> str:
        return f"{address}?page={number}"

    return paging(
        page=at(page.number),
        total=page.total,
        per_page=PER_PAGE,
        first=at(1),
        last=at(page.count),
        following=at(page.number + 1) if page.number < page.count else "",
        before=at(page.number - 1) if page.number > 1 else "",
    )
