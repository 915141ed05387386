"""Triples as RDF/XML, written as they come: one `rdf:Description` a run of statements with the same subject."""

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from .triples import RDF, Blank, Iri, Literal, Subject, Triple, by_subject, clean_iri

# A name XML allows for an element, without the colon.
_NAME = re.compile(r"[^\W\d][\w.-]*\Z")
_CUT = re.compile(r"[^\W\d][\w.-]*\Z")
# Control characters no XML 1.0 file can hold, not even escaped.
_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class CannotWrite(Exception):
    """A predicate that RDF/XML has no way to write: its last piece is no name of an element."""

    def __init__(self, predicate: str) -> None:
        super().__init__(predicate)
        self.predicate = predicate


def as_rdfxml(triples: Iterable[Triple], *, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The file in pieces. Raises: CannotWrite. A control character XML cannot hold becomes U+FFFD."""
    known = {"rdf": RDF, **prefixes}
    spaces = "".join(f"\n    xmlns:{short}={quoteattr(namespace)}" for short, namespace in known.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'
    for subject, run in by_subject(triples):
        said = "".join(_said(one, known) for one in run)
        yield f"  <rdf:Description {_about(subject)}>\n{said}  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _about(subject: Subject) -> str:
    if isinstance(subject, Iri):
        return f"rdf:about={_attribute(clean_iri(subject.value))}"
    return f"rdf:nodeID={_attribute(subject.label)}"


def _said(triple: Triple, known: Mapping[str, str]) -> str:
    name, space = _element(triple.predicate, known)
    opened = f"    <{name}{space}"
    term = triple.object
    if isinstance(term, Iri):
        return f"{opened} rdf:resource={_attribute(clean_iri(term.value))}/>\n"
    if isinstance(term, Blank):
        return f"{opened} rdf:nodeID={_attribute(term.label)}/>\n"
    return f"{opened}{_kind(term)}>{_text(term.text)}</{name}>\n"


def _kind(term: Literal) -> str:
    if term.language:
        return f" xml:lang={_attribute(term.language)}"
    return f" rdf:datatype={_attribute(clean_iri(term.datatype))}" if term.datatype else ""


def _element(predicate: str, known: Mapping[str, str]) -> tuple[str, str]:
    for short, namespace in known.items():
        if predicate.startswith(namespace) and _NAME.match(predicate[len(namespace) :]):
            return f"{short}:{predicate[len(namespace) :]}", ""
    found = _CUT.search(predicate)
    if not found or not found.start():
        raise CannotWrite(predicate)
    return f"own:{found[0]}", f" xmlns:own={_attribute(clean_iri(predicate[: found.start()]))}"


def _attribute(text: str) -> str:
    return quoteattr(_IMPOSSIBLE.sub("�", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_IMPOSSIBLE.sub("�", text), {"\r": "&#13;"})
