"""Triples as JSON-LD, written as they come, with the prefixes as a context inside the file: nobody must fetch one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from .triples import TYPE, Blank, Iri, Term, Triple, by_subject, clean_iri


def as_jsonld(triples: Iterable[Triple], *, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The file in pieces: `@context`, then `@graph` with one object a run of statements with the same subject."""
    context = orjson.dumps(dict(prefixes)).decode()
    yield f'{{"@context": {context},\n "@graph": ['
    before = "\n"
    for subject, run in by_subject(triples):
        node: dict[str, Any] = {"@id": _name(subject)}
        for one in run:
            key = "@type" if one.predicate == TYPE else _short(one.predicate, prefixes)
            node.setdefault(key, []).append(_name(one.object) if key == "@type" else _value(one.object))
        yield before + "  " + orjson.dumps(node).decode()
        before = ",\n"
    yield "\n ]}\n"


def _short(predicate: str, prefixes: Mapping[str, str]) -> str:
    for short, namespace in prefixes.items():
        rest = predicate[len(namespace) :]
        # "//" behind the colon would make a reader take the short form for an address.
        if predicate.startswith(namespace) and rest and not rest.startswith("//"):
            return f"{short}:{rest}"
    return predicate


def _name(term: Term) -> str:
    if isinstance(term, Iri):
        return clean_iri(term.value)
    return f"_:{term.label}" if isinstance(term, Blank) else term.text


def _value(term: Term) -> dict[str, str]:
    if isinstance(term, Iri | Blank):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.text, "@language": term.language}
    return {"@value": term.text, "@type": term.datatype} if term.datatype else {"@value": term.text}
