"""A catalogue of DCAT-AP.de 1.1 or 2.0 as 3.0 says it, and what was changed on the way: nothing without a name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dreiklang.core.rdf import TYPE, Iri, Literal

from .described import Described, Node, Object, Said, ordered
from .forms import At
from .mapping import RULES
from .reading import ReadCatalogue, read_things, things_of
from .vocabulary import ADMS, DCAT, DCATAP, DCT, HYDRA, LOCN, SPDX, VCARD, Vocabularies

# What 3.0 allows once. A second one goes, named; of days the last one stays.
_ONLY_ONE = frozenset(
    {
        ADMS + "status",
        DCAT + "bbox",
        DCAT + "byteSize",
        DCAT + "centroid",
        DCAT + "compressFormat",
        DCAT + "mediaType",
        DCAT + "packageFormat",
        DCATAP + "availability",
        DCT + "accessRights",
        DCT + "accrualPeriodicity",
        DCT + "format",
        DCT + "issued",
        DCT + "modified",
        DCT + "rights",
        LOCN + "geometry",
        SPDX + "checksum",
        VCARD + "fn",
    }
)
_LAST = frozenset({DCT + "modified"})
_PAGING = {Iri(HYDRA + "PagedCollection"), Iri(HYDRA + "PartialCollectionView")}

# Names for what happens to a whole thing; those of single statements stand in mapping.RULES.
WHOLE_RULES = ("said_twice", "only_one", "paging")


@dataclass(frozen=True, slots=True)
class Change:
    """One statement and what took its place: `after` is empty where it was dropped.

    rules  the lines of the table that did it, in order
    iri    the named thing it belongs to, perhaps by a node inside
    """

    rules: tuple[str, ...]
    iri: str
    before: Said
    after: tuple[Said, ...]

    @property
    def is_dropped(self) -> bool:
        """Nothing took its place."""
        return not self.after


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A catalogue as 3.0 says it, and every change; statements no change names are as they were."""

    value: ReadCatalogue
    changes: tuple[Change, ...]

    def dropped(self) -> tuple[Change, ...]:
        """What is gone, with its reason."""
        return tuple(one for one in self.changes if one.is_dropped)

    def counts(self) -> dict[str, int]:
        """How often each rule did something."""
        return dict(Counter(rule for one in self.changes for rule in one.rules))


def upgraded(read: ReadCatalogue, *, lists: Vocabularies) -> Upgraded:
    """The catalogue by the table of docs/sources/dcat-ap-de.md. What is 3.0 already stays as it is."""
    changes: list[Change] = []
    things = [one for one in (_thing(one, lists, changes) for one in things_of(read)) if one.said]
    return Upgraded(replace(read_things(things), remarks=read.remarks), tuple(changes))


def _thing(thing: Described, lists: Vocabularies, changes: list[Change]) -> Described:
    if any(predicate == TYPE and one in _PAGING for predicate, one in thing.said):
        changes.extend(Change(("paging",), thing.iri, one, ()) for one in thing.said)
        return Described(thing.iri, ())
    return Described(thing.iri, _said(thing.iri, thing.said, lists, changes))


def _said(iri: str, said: tuple[Said, ...], lists: Vocabularies, changes: list[Change]) -> tuple[Said, ...]:
    inner = tuple((predicate, _inside(iri, one, lists, changes)) for predicate, one in said)
    at = At(inner, lists)
    found: list[Said] = []
    for one in inner:
        found.extend(_mapped(iri, one, at, changes))
    return _only_one(iri, _once(iri, found, changes), changes)


def _inside(iri: str, one: Object, lists: Vocabularies, changes: list[Change]) -> Object:
    return Node(_said(iri, one.said, lists, changes)) if isinstance(one, Node) else one


def _mapped(iri: str, one: Said, at: At, changes: list[Change]) -> tuple[Said, ...]:
    rules: list[str] = []
    now: tuple[Said, ...] = (one,)
    for rule in RULES:
        then: list[Said] = []
        for predicate, what in now:
            answer = rule.apply(at, predicate, what)
            then.extend(((predicate, what),) if answer is None else answer)
        if tuple(then) != now:
            rules.append(rule.code)
            now = tuple(then)
    if rules:
        changes.append(Change(tuple(rules), iri, one, now))
    return now


def _once(iri: str, said: Iterable[Said], changes: list[Change]) -> tuple[Said, ...]:
    """The same statement twice, mostly because two old words mean one new: the second goes."""
    seen: set[Said] = set()
    found: list[Said] = []
    for one in said:
        if one in seen and not isinstance(one[1], Node):
            changes.append(Change(("said_twice",), iri, one, ()))
            continue
        seen.add(one)
        found.append(one)
    return ordered(found)


def _only_one(iri: str, said: tuple[Said, ...], changes: list[Change]) -> tuple[Said, ...]:
    found: list[Said] = []
    for predicate in dict.fromkeys(predicate for predicate, _ in said):
        those = [one for one in said if one[0] == predicate]
        if predicate in _ONLY_ONE and len(those) > 1:
            stays = max(those, key=_text) if predicate in _LAST else those[0]
            changes.extend(Change(("only_one",), iri, one, ()) for one in those if one is not stays)
            those = [stays]
        found.extend(those)
    return tuple(found)


def _text(one: Said) -> str:
    return one[1].text if isinstance(one[1], Literal) else ""
