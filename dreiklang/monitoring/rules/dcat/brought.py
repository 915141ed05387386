"""A file of a catalogue as it is kept: its datasets by 3.0, what reads otherwise now, and what belongs to none of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .described import Described, Node, Object, ordered
from .forms import words_of
from .reading import ReadCatalogue, Remark, things_of
from .upgrade import Change, Upgraded, upgraded
from .values import Catalogue, Dataset, first_text
from .vocabulary import Vocabularies

# Lines of the table after which the words of the source are worth keeping beside what 3.0 says.
_REWORDED = frozenset({"date", "licence", "unlisted", "legal_basis"})
# What they drop stands elsewhere, or says nothing of the data.
_NOT_MISSED = frozenset({"paging", "rights_as_licence", "said_twice"})


@dataclass(frozen=True, slots=True)
class AsWritten:
    """What a source said in other words: by which line of the table, under which predicate, its words."""

    rule: str
    predicate: str
    words: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A file, or one page of a catalogue.

    further     catalogues, services and whatever belongs to no dataset
    as_written  by the name of the dataset
    next        where the next page is; empty on the last one
    total       how many datasets the source says there are; 0 where it says nothing
    """

    datasets: tuple[Dataset, ...]
    catalogue: Catalogue | None
    further: tuple[Described, ...]
    as_written: Mapping[str, tuple[AsWritten, ...]]
    remarks: tuple[Remark, ...]
    next: str = ""
    total: int = 0


def brought(read: ReadCatalogue, *, lists: Vocabularies) -> Brought:
    """What was read, brought to 3.0, with the words of the source where they went."""
    found = upgraded(read, lists=lists)
    value = found.value
    paging = next(iter(read.paging), None)
    total = first_text(paging.total) if paging else ""
    return Brought(
        datasets=value.datasets,
        catalogue=next(iter(value.catalogues), None),
        further=things_of(replace(value, datasets=())),
        as_written=_as_written(found),
        remarks=value.remarks,
        next=_next(read),
        total=int(total) if total.isdigit() else 0,
    )


def together(pages: Iterable[Brought]) -> Brought:
    """Several pages as one: a thing that several of them describe says what all of them say."""
    datasets: dict[str, Dataset] = {}
    further: dict[str, Described] = {}
    words: dict[str, tuple[AsWritten, ...]] = {}
    remarks: list[Remark] = []
    first: Brought | None = None
    total = 0
    for page in pages:
        first = first or page
        total = max(total, page.total)
        for one in page.datasets:
            datasets.setdefault(one.iri, one)
        for thing in page.further:
            known = further.get(thing.iri)
            further[thing.iri] = _both(known, thing) if known else thing
        words = {**page.as_written, **words}
        remarks.extend(one for one in page.remarks if one.code != "more_pages")
    if total > len(datasets):
        remarks.append(Remark("more_pages", words=f"{len(datasets)}/{total}"))
    return Brought(
        datasets=tuple(datasets[iri] for iri in sorted(datasets)),
        catalogue=first.catalogue if first else None,
        further=tuple(further[iri] for iri in sorted(further)),
        as_written=words,
        remarks=tuple(dict.fromkeys(remarks)),
        total=total,
    )


def _both(one: Described, other: Described) -> Described:
    """What either of them says."""
    known = set(one.said)
    return Described(one.iri, ordered((*one.said, *(said for said in other.said if said not in known))))


def _next(read: ReadCatalogue) -> str:
    return next((words for one in read.paging for value in one.next if (words := words_of(value))), "")


def _as_written(found: Upgraded) -> dict[str, tuple[AsWritten, ...]]:
    owners: dict[str, str] = {}
    for dataset in found.value.datasets:
        for thing in things_of(ReadCatalogue(datasets=(dataset,))):
            owners.setdefault(thing.iri, dataset.iri)
    said: defaultdict[str, list[AsWritten]] = defaultdict(list)
    for change in found.changes:
        owner = owners.get(change.iri)
        if owner and _is_worth_keeping(change):
            predicate, one = change.before
            said[owner].append(AsWritten(change.rules[-1], predicate, _words(one)))
    return {iri: tuple(words) for iri, words in said.items()}


def _is_worth_keeping(change: Change) -> bool:
    if change.is_dropped:
        return not _NOT_MISSED & set(change.rules)
    return bool(_REWORDED & set(change.rules))


def _words(one: Object) -> str:
    """The words of a value, or all that stand in a node."""
    if isinstance(one, Node):
        return "; ".join(filter(None, (_words(inner) for _predicate, inner in one.said)))
    return words_of(one)
