"""What is said of things as JSON, to be kept in a column: nothing of it is lost, and it reads back as it was."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dreiklang.core.rdf import Iri, Literal

from .described import Described, Node, Object, Said
from .reading import ReadCatalogue, read_things, things_of
from .values import Dataset

# No text of a database may hold it; RDF may.
_NUL, _INSTEAD = "\x00", "�"


def as_json(things: Iterable[Described]) -> list[dict[str, Any]]:
    """Each thing with its statements: an address as text, words as [text, datatype, language], a node as an object."""
    return [{"iri": _plain(one.iri), "said": _said_json(one.said)} for one in things]


def things_from(kept: Iterable[Mapping[str, Any]]) -> tuple[Described, ...]:
    """The things again, as `as_json` kept them."""
    return tuple(Described(one["iri"], _said_from(one["said"])) for one in kept)


def statements_of(dataset: Dataset) -> list[dict[str, Any]]:
    """A dataset with everything named that belongs to it."""
    return as_json(things_of(ReadCatalogue(datasets=(dataset,))))


def dataset_from(kept: Iterable[Mapping[str, Any]]) -> Dataset:
    """The dataset that `statements_of` kept."""
    return read_things(things_from(kept)).datasets[0]


def _said_json(said: tuple[Said, ...]) -> list[list[Any]]:
    return [[predicate, _json(one)] for predicate, one in said]


def _json(one: Object) -> Any:
    if isinstance(one, Iri):
        return _plain(one.value)
    if isinstance(one, Literal):
        return [_plain(one.text), one.datatype, one.language]
    return {"said": _said_json(one.said)}


def _said_from(kept: Sequence[Sequence[Any]]) -> tuple[Said, ...]:
    return tuple((predicate, _object(one)) for predicate, one in kept)


def _object(kept: Any) -> Object:
    if isinstance(kept, str):
        return Iri(kept)
    if isinstance(kept, list):
        return Literal(*kept)
    return Node(_said_from(kept["said"]))


def _plain(text: str) -> str:
    return text.replace(_NUL, _INSTEAD)
