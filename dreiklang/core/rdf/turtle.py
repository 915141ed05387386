"""Triples as Turtle, written as they come: one block a run of statements with the same subject."""

import re
from collections.abc import Iterable, Iterator, Mapping

from .triples import TYPE, Blank, Iri, Literal, Term, Triple, by_subject, clean_iri

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')


def as_turtle(triples: Iterable[Triple], *, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The file in pieces. `prefixes`: short name → namespace; what fits none is written in full."""
    for short, namespace in prefixes.items():
        yield f"@prefix {short}: <{clean_iri(namespace)}> .\n"
    for subject, run in by_subject(triples):
        said = " ;\n    ".join(f"{_predicate(one, prefixes)} {_term(one.object, prefixes)}" for one in run)
        yield f"\n{_term(subject, prefixes)} {said} .\n"


def _predicate(triple: Triple, prefixes: Mapping[str, str]) -> str:
    return "a" if triple.predicate == TYPE else _iri(triple.predicate, prefixes)


def _term(term: Term, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, Iri):
        return _iri(term.value, prefixes)
    if isinstance(term, Blank):
        return f"_:{term.label}"
    return _literal(term, prefixes)


def _iri(value: str, prefixes: Mapping[str, str]) -> str:
    for short, namespace in prefixes.items():
        if value.startswith(namespace) and _LOCAL.fullmatch(value[len(namespace) :]):
            return f"{short}:{value[len(namespace) :]}"
    return f"<{clean_iri(value)}>"


def _literal(term: Literal, prefixes: Mapping[str, str]) -> str:
    text = _ESCAPED.sub(lambda found: _ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), term.text)
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"^^{_iri(term.datatype, prefixes)}' if term.datatype else f'"{text}"'
