"""Triples as trees: everything said of a named thing, with the nodes that have no name inside the thing they belong to.

A node without a name that cannot stand inside one other (a dataset, one used twice, one nobody uses, a circle) gets a
name: `urn:uuid:` made from what is said of it, so that the same file gives the same name again.
"""

import hashlib
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from dreiklang.core.rdf import TYPE, Blank, Iri, Literal, Subject, Term, Triple

from .vocabulary import DCAT, DCT

_ALWAYS_NAMED = {Iri(DCAT + kind) for kind in ("Catalog", "Dataset", "DatasetSeries")}
_IDENTITY = (DCT + "identifier", DCT + "title")
_DEEP = 8


@dataclass(frozen=True, slots=True)
class Node:
    """Something without a name: only what is said of it, in order."""

    said: "tuple[Said, ...]"


Object = Iri | Literal | Node
Said = tuple[str, Object]


@dataclass(frozen=True, slots=True)
class Described:
    """A named thing and what is said of it: types first, then by predicate and object. No statement twice."""

    iri: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class DescribedAll:
    """The things of a file, by name; `named` are those that got their name here."""

    things: tuple[Described, ...]
    named: tuple[str, ...] = ()


Statements = Mapping[Subject, list[tuple[str, Term]]]


def described(triples: Iterable[Triple]) -> DescribedAll:
    """The file's things. Every triple stands in exactly one of them."""
    said: defaultdict[Subject, list[tuple[str, Term]]] = defaultdict(list)
    used: Counter[Term] = Counter()
    for one in triples:
        said[one.subject].append((one.predicate, one.object))
        used[one.object] += 1
    names = _names(said, used)
    things = [
        Described(
            names[subject] if isinstance(subject, Blank) else subject.value, _said(said, subject, names)
        )
        for subject in list(said)
        if isinstance(subject, Iri) or subject in names
    ]
    return DescribedAll(tuple(sorted(things, key=lambda one: one.iri)), tuple(sorted(names.values())))


def triples_of_things(things: Iterable[Described]) -> Iterator[Triple]:
    """The statements again: each thing as one run, then its nodes. Labels are counted from b1."""
    labels = count(1)
    for one in things:
        yield from triples_of_said(Iri(one.iri), one.said, labels=labels)


def triples_of_said(subject: Subject, said: Iterable[Said], *, labels: Iterator[int]) -> Iterator[Triple]:
    """What is said of one subject, and then of the nodes inside it."""
    inside: list[tuple[Blank, Node]] = []
    for predicate, one in said:
        if isinstance(one, Node):
            label = Blank(f"b{next(labels)}")
            inside.append((label, one))
            yield Triple(subject, predicate, label)
        else:
            yield Triple(subject, predicate, one)
    for label, node in inside:
        yield from triples_of_said(label, node.said, labels=labels)


def ordered(said: Iterable[Said]) -> tuple[Said, ...]:
    """Types first, then by predicate and object; the same statement once, but two equal nodes stay two."""
    found: list[Said] = []
    for one in sorted(said, key=_order):
        if not found or one != found[-1] or isinstance(one[1], Node):
            found.append(one)
    return tuple(found)


def _order(said: Said) -> tuple[bool, str, str]:
    return (said[0] != TYPE, said[0], _sort_text(said[1]))


def _sort_text(one: Object) -> str:
    if isinstance(one, Iri):
        return f"1{one.value}"
    if isinstance(one, Literal):
        return f"2{one.language}\0{one.text}\0{one.datatype}"
    return "3" + "\1".join(f"{predicate}\0{_sort_text(inner)}" for predicate, inner in one.said)


def _said(said: Statements, subject: Subject, names: Mapping[Blank, str]) -> tuple[Said, ...]:
    return ordered((predicate, _object(said, one, names)) for predicate, one in said[subject])


def _object(said: Statements, one: Term, names: Mapping[Blank, str]) -> Object:
    if not isinstance(one, Blank):
        return one
    if one in names:
        return Iri(names[one])
    return Node(_said(said, one, names) if one in said else ())


def _names(said: Statements, used: Mapping[Term, int]) -> dict[Blank, str]:
    """The nodes that need a name, with it."""
    needing = [one for one in said if isinstance(one, Blank) and _needs_a_name(said[one], used.get(one, 0))]
    shared = [one for one in used if isinstance(one, Blank) and used[one] > 1 and one not in said]
    chosen = dict.fromkeys([*needing, *shared])
    # What is not reached from a name now goes round in a circle.
    reached = _reached(said, chosen)
    for one in sorted((one for one in said if isinstance(one, Blank)), key=lambda one: _digest(said, one)):
        if one not in reached:
            chosen[one] = None
            reached = _reached(said, chosen)
    return _named(said, chosen)


def _needs_a_name(said: list[tuple[str, Term]], times: int) -> bool:
    return times != 1 or any(predicate == TYPE and one in _ALWAYS_NAMED for predicate, one in said)


def _reached(said: Statements, chosen: Iterable[Subject]) -> set[Subject]:
    waiting: list[Subject] = [one for one in said if isinstance(one, Iri)]
    waiting.extend(chosen)
    found: set[Subject] = set()
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(other for _, other in said.get(one, ()) if isinstance(other, Blank))
    return found


def _named(said: Statements, chosen: Iterable[Blank]) -> dict[Blank, str]:
    """By identifier or title where that is enough to tell them apart, so that other changes keep the name."""
    keys = {one: _identity(said.get(one, [])) for one in chosen}
    often = Counter(keys.values())
    keys = {one: key if key and often[key] == 1 else _digest(said, one) for one, key in keys.items()}
    seen: Counter[str] = Counter()
    names: dict[Blank, str] = {}
    for one, key in sorted(keys.items(), key=lambda pair: (pair[1], pair[0].label)):
        seen[key] += 1
        names[one] = uuid.uuid5(uuid.NAMESPACE_URL, f"{key}#{seen[key]}").urn
    return names


def _identity(said: list[tuple[str, Term]]) -> str:
    kinds = sorted(one.value for predicate, one in said if predicate == TYPE and isinstance(one, Iri))
    for wanted in _IDENTITY:
        texts = sorted(
            one.text for predicate, one in said if predicate == wanted and isinstance(one, Literal)
        )
        if texts:
            return "\0".join([*kinds, wanted, *texts])
    return ""


def _digest(said: Statements, subject: Subject, deep: int = _DEEP) -> str:
    """A fingerprint of what is said of a node and of those inside it, whatever their labels."""
    lines = sorted(f"{predicate}\0{_digest_of(said, one, deep)}" for predicate, one in said.get(subject, ()))
    return hashlib.sha256("\1".join(lines).encode()).hexdigest()


def _digest_of(said: Statements, one: Term, deep: int) -> str:
    if isinstance(one, Blank):
        return _digest(said, one, deep - 1) if deep else ""
    return _sort_text(one)
