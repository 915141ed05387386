"""Our catalogue as triples of DCAT-AP.de 3.0. What 3.0 does not allow without is left out and named, never invented."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from dreiklang.core.rdf import TYPE, Iri, Literal, Triple

from .described import Described, triples_of_said
from .reading import nested, said_of
from .values import (
    Agent,
    Catalogue,
    Contact,
    Dataset,
    Resource,
    Service,
    Span,
    Thing,
    Value,
    first_text,
    things,
)
from .vocabulary import DCAT, FOAF, HYDRA, XSD

K = TypeVar("K", bound=Thing)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing for the export, and what was left out because of it.

    code   no_title, no_description, no_publisher, more_publishers, publisher_without_name, no_address, no_licence,
           more_licences, no_way_to_reach, no_begin_or_end, agent_not_described, no_endpoint
    iri    the thing that lacks it, or the one around it where it has no name
    kind   what was left out: catalogue, dataset, resource, service, contact, span, agent
    """

    code: str
    iri: str
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """Datasets as they may go out, and what was left out."""

    datasets: tuple[Dataset, ...]
    gaps: tuple[Gap, ...]


def fit_for_export(datasets: Iterable[Dataset]) -> Fit:
    """The datasets without what 3.0 refuses; a dataset lacking what it must have is left out whole."""
    found: list[Dataset] = []
    gaps: list[Gap] = []
    for one in datasets:
        missing = _gaps_of_dataset(one)
        gaps.extend(missing)
        if not missing:
            found.append(_without_unfit(one, gaps))
    return Fit(tuple(found), tuple(gaps))


def gaps_of_catalogue(catalogue: Catalogue) -> tuple[Gap, ...]:
    """What the catalogue itself lacks; with one of these it should not go out."""
    codes = [*_lacking_words(catalogue), *_lacking_publisher(catalogue.publisher)]
    return tuple(Gap(code, catalogue.iri, "catalogue", first_text(catalogue.title)) for code in codes)


def triples_of(
    dataset: Dataset, *, labels: Iterator[int] | None = None, written: set[Thing] | None = None
) -> Iterator[Triple]:
    """A dataset with all that belongs to it, one run a thing.

    labels   where the numbers of nameless nodes come from: one counter for a whole file
    written  named things that stand in the file already and need not be said again; grows
    """
    labels = count(1) if labels is None else labels
    written = set() if written is None else written
    yield from _thing(dataset, labels, written)
    for one in dataset.further:
        yield from triples_of_said(Iri(one.iri), one.said, labels=labels)


def triples_of_catalogue(
    catalogue: Catalogue,
    datasets: Iterable[Dataset],
    *,
    services: Iterable[Service] = (),
    further: Iterable[Described] = (),
    more: Iterable[Triple] = (),
) -> Iterator[Triple]:
    """A catalogue as one file, written as its datasets come: they may be read from a cursor.

    The catalogue names its datasets itself (`catalogue.dataset`); `more` is what a page says of the others.
    """
    labels = count(1)
    written: set[Thing] = set()
    yield from more
    yield from _thing(catalogue, labels, written)
    for dataset in datasets:
        yield from triples_of(dataset, labels=labels, written=written)
    for service in services:
        yield from _thing(service, labels, written)
    for one in further:
        yield from triples_of_said(Iri(one.iri), one.said, labels=labels)


def paging(
    *, page: str, total: int, per_page: int, first: str, last: str, following: str = "", before: str = ""
) -> Iterator[Triple]:
    """What a page says of the others (hydra, as CKAN's catalogues do): `page` is its own address."""
    subject = Iri(page)
    yield Triple(subject, TYPE, Iri(HYDRA + "PagedCollection"))
    yield Triple(subject, HYDRA + "totalItems", Literal(str(total), XSD + "integer"))
    yield Triple(subject, HYDRA + "itemsPerPage", Literal(str(per_page), XSD + "integer"))
    for name, address in (
        ("firstPage", first),
        ("previousPage", before),
        ("nextPage", following),
        ("lastPage", last),
    ):
        if address:
            yield Triple(subject, HYDRA + name, Literal(address))


def _thing(thing: Thing, labels: Iterator[int], written: set[Thing]) -> Iterator[Triple]:
    yield from triples_of_said(Iri(thing.iri), said_of(thing), labels=labels)
    for one in nested(thing):
        if one.iri and one not in written:
            written.add(one)
            yield from triples_of_said(Iri(one.iri), said_of(one), labels=labels)


def _gaps_of_dataset(dataset: Dataset) -> list[Gap]:
    codes = [*_lacking_words(dataset), *_lacking_publisher(dataset.publisher)]
    return [Gap(code, dataset.iri, "dataset", first_text(dataset.title)) for code in codes]


def _lacking_words(thing: Catalogue | Dataset) -> Iterator[str]:
    if not first_text(thing.title).strip():
        yield "no_title"
    if not first_text(thing.description).strip():
        yield "no_description"


def _lacking_publisher(publisher: tuple[Agent | Value, ...]) -> Iterator[str]:
    agents = things(publisher, Agent)
    if not publisher:
        yield "no_publisher"
    elif len(publisher) > 1:
        yield "more_publishers"
    elif not agents or not first_text(agents[0].name).strip():
        yield "publisher_without_name"


def _without_unfit(dataset: Dataset, gaps: list[Gap]) -> Dataset:
    """A dataset without those of its parts that lack what they must have."""
    title = first_text(dataset.title)

    def fit(values: tuple[K | Value, ...], kind: str) -> tuple[K | Value, ...]:
        kept: list[K | Value] = []
        for one in values:
            code = _lacks(one)
            if code:
                gaps.append(Gap(code, getattr(one, "iri", "") or dataset.iri, kind, title))
            else:
                kept.append(one)
        return tuple(kept)

    resources = tuple(
        replace(one, access_service=fit(one.access_service, "service")) if isinstance(one, Resource) else one
        for one in fit(dataset.resources, "resource")
    )
    return replace(
        dataset,
        resources=resources,
        sample=fit(dataset.sample, "resource"),
        contact=fit(dataset.contact, "contact"),
        temporal=fit(dataset.temporal, "span"),
        creator=fit(dataset.creator, "agent"),
        contributor=fit(dataset.contributor, "agent"),
        custodian=fit(dataset.custodian, "agent"),
        originator=fit(dataset.originator, "agent"),
    )


def _lacks(one: object) -> str:
    """The code of what a part of a dataset lacks; empty where it may go out."""
    if isinstance(one, Resource):
        return _resource_lacks(one)
    if isinstance(one, Service):
        return _service_lacks(one)
    if isinstance(one, Contact) and one.types and not (one.email or one.url or one.telephone):
        return "no_way_to_reach"
    if isinstance(one, Span) and not (one.starts or one.ends):
        return "no_begin_or_end"
    if isinstance(one, Agent) and (Iri(FOAF + "Agent") not in one.types or not first_text(one.name).strip()):
        return "agent_not_described"
    return ""


def _resource_lacks(one: Resource) -> str:
    if not any(isinstance(address, Iri) for address in one.access_url):
        return "no_address"
    if len(one.licence) != 1:
        return "more_licences" if one.licence else "no_licence"
    return ""


def _service_lacks(one: Service) -> str:
    if Iri(DCAT + "DataService") not in one.types:
        return ""
    if not first_text(one.title).strip():
        return "no_title"
    if not one.endpoint:
        return "no_endpoint"
    return next(iter(_lacking_publisher(one.publisher)), "")
