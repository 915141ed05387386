"""A statement of RDF as plain values, so that rules can speak about it without a library."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = RDF + "type"

# What no IRI may hold (RFC 3987, and the grammar of Turtle).
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


@dataclass(frozen=True, slots=True, order=True)
class Iri:
    """An address that names something."""

    value: str


@dataclass(frozen=True, slots=True, order=True)
class Blank:
    """A node without a name; the label holds inside one file only."""

    label: str


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A text as it was written, never normalised: "6776.0" stays "6776.0". At most one of datatype and language."""

    text: str
    datatype: str = ""
    language: str = ""


Subject = Iri | Blank
Term = Iri | Blank | Literal


@dataclass(frozen=True, slots=True)
class Triple:
    """One statement. The predicate is always an IRI."""

    subject: Subject
    predicate: str
    object: Term


def clean_iri(text: str) -> str:
    """The address with what no IRI may hold percent-encoded; everything else as it was."""
    return _NOT_IN_IRI.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def by_subject(triples: Iterable[Triple]) -> Iterator[tuple[Subject, list[Triple]]]:
    """Runs of statements about the same subject, in the order they come: what a streaming writer needs."""
    for subject, run in groupby(triples, key=lambda one: one.subject):
        yield subject, list(run)
