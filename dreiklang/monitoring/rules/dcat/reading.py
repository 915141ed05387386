"""Triples of a catalogue as values, and back: every triple is in a field, in `extra` or in `further`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dreiklang.core.rdf import TYPE, Iri, Literal, Triple

from .described import Described, Node, Object, Said, described, ordered
from .values import Catalogue, Dataset, Paging, Resource, Service, Thing, first_text, said_fields
from .vocabulary import DCAT, HYDRA

K = TypeVar("K", bound=Thing)


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody should know of a file that was read: a code, the thing it is about, words."""

    code: str
    iri: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReadCatalogue:
    """A file: its catalogues (mostly one), datasets and services by name, and named things nothing points to."""

    catalogues: tuple[Catalogue, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    services: tuple[Service, ...] = ()
    resources: tuple[Resource, ...] = ()
    paging: tuple[Paging, ...] = ()
    further: tuple[Described, ...] = ()
    remarks: tuple[Remark, ...] = field(default=(), compare=False)


# In this order: what has two of the types is read as the first.
_CLASSES: tuple[tuple[str, type[Thing]], ...] = (
    (DCAT + "Catalog", Catalogue),
    (DCAT + "Dataset", Dataset),
    (DCAT + "DataService", Service),
    (DCAT + "Distribution", Resource),
    (HYDRA + "PagedCollection", Paging),
    (HYDRA + "PartialCollectionView", Paging),
)


def read_catalogue(triples: Iterable[Triple]) -> ReadCatalogue:
    """The file as values, as it says it: old words of 1.1 and 2.0 stand in `extra` until `upgraded` finds them.

    Remarks: `node_named` for each node without a name that got one, `more_pages` where the file is one page of several.
    """
    all_of_it = described(triples)
    read = read_things(all_of_it.things)
    named = tuple(Remark("node_named", iri) for iri in all_of_it.named)
    return _with_remarks(read, (*named, *_pages(read)))


def read_things(things: Iterable[Described]) -> ReadCatalogue:
    """Named things as values."""
    by_iri = {one.iri: one for one in things}
    reader = _Reader(by_iri)
    found: dict[type[Thing], list[Thing]] = {kind: [] for _, kind in _CLASSES}
    late: list[Described] = []
    for one in by_iri.values():
        kind = _class_of(one)
        if kind in (Catalogue, Dataset, Paging):
            found[kind].append(reader.thing(kind, one.iri, one.said))
        else:
            late.append(one)
    datasets = tuple(reader.with_further(one) for one in found[Dataset] if isinstance(one, Dataset))
    for one in late:
        kind = _class_of(one)
        if kind in (Service, Resource) and one.iri not in reader.taken:
            found[kind].append(reader.thing(kind, one.iri, one.said))
    return ReadCatalogue(
        catalogues=_only(found[Catalogue], Catalogue),
        datasets=datasets,
        services=_only(found[Service], Service),
        resources=_only(found[Resource], Resource),
        paging=_only(found[Paging], Paging),
        further=tuple(one for one in late if _class_of(one) is None and one.iri not in reader.taken),
    )


def said_of(thing: Thing) -> tuple[Said, ...]:
    """What a value says, as it would stand in a tree: nested ones without a name as nodes, others by their name."""
    said: list[Said] = list(thing.extra)
    for one in said_fields(type(thing)):
        said.extend((one.metadata["predicate"], _as_object(value)) for value in getattr(thing, one.name))
    return ordered(said)


def nested(thing: Thing) -> Iterator[Thing]:
    """The values inside a value, and those inside them."""
    for one in said_fields(type(thing)):
        for value in getattr(thing, one.name):
            if isinstance(value, Thing):
                yield value
                yield from nested(value)


def things_of(read: ReadCatalogue) -> tuple[Described, ...]:
    """All named things of a file again, each once, by name."""
    found: dict[str, Described] = {}
    tops: tuple[Thing, ...] = (
        *read.catalogues,
        *read.datasets,
        *read.services,
        *read.resources,
        *read.paging,
    )
    for top in tops:
        for one in (top, *nested(top)):
            if one.iri and (said := said_of(one)):
                found.setdefault(one.iri, Described(one.iri, said))
        for other in top.further if isinstance(top, Dataset) else ():
            found.setdefault(other.iri, other)
    for other in read.further:
        found.setdefault(other.iri, other)
    return tuple(found[iri] for iri in sorted(found))


class _Reader:
    """Reads trees as values and remembers which named things stand in one."""

    def __init__(self, by_iri: Mapping[str, Described]) -> None:
        self.by_iri = by_iri
        self.taken: set[str] = set()

    def thing(self, kind: type[K], iri: str, said: tuple[Said, ...]) -> K:
        """One value; what no field of its class is for goes into `extra`."""
        by_predicate: dict[str, list[Object]] = {}
        for predicate, one in said:
            by_predicate.setdefault(predicate, []).append(one)
        values: dict[str, Any] = {
            one.name: tuple(
                self._value(one.metadata["of"], found)
                for found in by_predicate.pop(one.metadata["predicate"], ())
            )
            for one in said_fields(kind)
        }
        extra = tuple((predicate, one) for predicate, found in by_predicate.items() for one in found)
        return kind(iri=iri, extra=ordered(extra), **values)

    def with_further(self, dataset: Dataset) -> Dataset:
        """With the described things it points to that are no entities of their own."""
        found: dict[str, Described] = {}
        waiting = [*_pointed_to(said_of(dataset))]
        for one in nested(dataset):
            waiting.extend(_pointed_to(said_of(one)))
        while waiting:
            iri = waiting.pop()
            other = self.by_iri.get(iri)
            if other and iri not in found and iri not in self.taken_by(dataset) and not _class_of(other):
                found[iri] = other
                waiting.extend(_pointed_to(other.said))
        self.taken.update(found)
        said = {one.name: getattr(dataset, one.name) for one in said_fields(Dataset)}
        further = tuple(found[iri] for iri in sorted(found))
        return Dataset(iri=dataset.iri, extra=dataset.extra, further=further, **said)

    def taken_by(self, dataset: Dataset) -> set[str]:
        """Names that stand in this dataset as a value already."""
        return {one.iri for one in nested(dataset) if one.iri}

    def _value(self, kind: type[Thing] | None, one: Object) -> Any:
        if kind is None or isinstance(one, Literal):
            return one
        if isinstance(one, Node):
            return self.thing(kind, "", one.said)
        other = self.by_iri.get(one.value)
        if other is None or _class_of(other) not in (None, kind):
            return kind(iri=one.value) if other is None else one
        self.taken.add(one.value)
        return self.thing(kind, other.iri, other.said)


def _class_of(one: Described) -> type[Thing] | None:
    types = {kind.value for predicate, kind in one.said if predicate == TYPE and isinstance(kind, Iri)}
    return next((kind for name, kind in _CLASSES if name in types), None)


def _pointed_to(said: Iterable[Said]) -> Iterator[str]:
    for predicate, one in said:
        if isinstance(one, Iri) and predicate != TYPE:
            yield one.value
        elif isinstance(one, Node):
            yield from _pointed_to(one.said)


def _as_object(value: Any) -> Object:
    if not isinstance(value, Thing):
        return value  # type: ignore[no-any-return]
    return Iri(value.iri) if value.iri else Node(said_of(value))


def _only(found: Iterable[Thing], kind: type[K]) -> tuple[K, ...]:
    return tuple(one for one in found if isinstance(one, kind))


def _pages(read: ReadCatalogue) -> Iterator[Remark]:
    for one in read.paging:
        total = first_text(one.total)
        if total.isdigit() and int(total) > len(read.datasets):
            yield Remark("more_pages", one.iri, f"{total} announced, {len(read.datasets)} here")


def _with_remarks(read: ReadCatalogue, remarks: tuple[Remark, ...]) -> ReadCatalogue:
    return ReadCatalogue(
        read.catalogues, read.datasets, read.services, read.resources, read.paging, read.further, remarks
    )
