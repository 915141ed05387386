"""A dataset of another catalogue becomes one of ours: its plain fields, its resources, and what was said word for word."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dreiklang.core.enums import Outcome, Visibility
from dreiklang.monitoring.models import Catalogue, CatalogueEntry, Dataset, Resource
from dreiklang.monitoring.queries.plain import OF_RESOURCE, PLAIN
from dreiklang.monitoring.rules.dcat.brought import AsWritten
from dreiklang.monitoring.rules.dcat.plain import PlainDataset, PlainResource, plain_dataset
from dreiklang.monitoring.rules.dcat.statements import statements_of
from dreiklang.monitoring.rules.dcat.values import Dataset as Described
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.rules.dcat.writing import Gap, fit_for_export

LONGEST_IRI = 1_000
LONGEST_CODE = 60
# Cut where they are too long to show; an address that is cut would lead nowhere.
_ADDRESSES = frozenset({"contact_url", "landing_page", "access_url", "download_url"})


@dataclass(frozen=True)
class Kept:
    """What became of one dataset: `differences` as [field, before, after]."""

    outcome: Outcome
    iri: str
    label: str
    gaps: tuple[Gap, ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()


class EntryWriter:
    """Writes the datasets of one harvest; what is known of the catalogue is read once."""

    def __init__(self, catalogue: Catalogue, *, now: datetime, visibility: Visibility) -> None:
        self.catalogue = catalogue
        self.now = now
        self.visibility = visibility
        entries = catalogue.entries.select_related("dataset").defer("dataset__search")
        self.known = {one.iri: one for one in entries}
        codes = Dataset.objects.filter(provider_id=catalogue.provider_id).values_list("code", flat=True)
        self.codes = set(codes)
        self.seen: set[int] = set()

    def keep(self, described: Described, written: Iterable[AsWritten]) -> Kept:
        """One dataset, as 3.0 says it. Refused is only what has no name we can keep."""
        if len(described.iri) > LONGEST_IRI:
            return Kept(Outcome.REFUSED, described.iri, "")
        statements = statements_of(described)
        words = [[one.rule, one.predicate, one.words] for one in written]
        entry = self.known.get(described.iri)
        if entry is not None:
            self.seen.add(entry.pk)
            is_same = entry.statements == statements and entry.as_written == words
            if is_same and entry.dataset.is_own == self.catalogue.is_ours:
                return Kept(Outcome.UNCHANGED, described.iri, entry.dataset.title)
        plain = plain_dataset(described, lists=shipped_vocabularies())
        fit = fit_for_export((described,))
        dataset = entry.dataset if entry else self._new(described.iri, plain)
        differences = _differences(dataset, plain) if entry else ()
        self._describe(dataset, plain, fit.gaps)
        self._enter(entry, dataset, described.iri, statements, words)
        write_resources(dataset, plain.resources)
        outcome = Outcome.CHANGED if entry else Outcome.NEW
        return Kept(outcome, described.iri, dataset.title, fit.gaps, differences)

    def mark_missing(self) -> list[CatalogueEntry]:
        """Entries the catalogue did not name this time; those it missed before are not told again."""
        gone = [one for one in self.known.values() if one.pk not in self.seen]
        newly = [one for one in gone if one.missing_since is None]
        CatalogueEntry.objects.filter(pk__in=[one.pk for one in newly]).update(missing_since=self.now)
        return newly

    def mark_seen(self) -> None:
        """Entries that were there, also those that had been missing."""
        CatalogueEntry.objects.filter(pk__in=self.seen).update(seen_at=self.now)
        back = CatalogueEntry.objects.filter(pk__in=self.seen, missing_since__isnull=False)
        back.update(missing_since=None)

    def _new(self, iri: str, plain: PlainDataset) -> Dataset:
        code = self._code(iri, plain)
        return Dataset(provider_id=self.catalogue.provider_id, code=code, visibility=self.visibility)

    def _code(self, iri: str, plain: PlainDataset) -> str:
        """Its identifier, or the end of its address; made unique where two share one."""
        named = plain.identifier if "://" not in plain.identifier else ""
        code = (named or iri.rstrip("/").rpartition("/")[2])[:LONGEST_CODE]
        if not code or code in self.codes:
            code = f"{code}-{hashlib.sha256(iri.encode()).hexdigest()[:12]}"
        self.codes.add(code)
        return code

    def _describe(self, dataset: Dataset, plain: PlainDataset, gaps: tuple[Gap, ...]) -> None:
        fill(dataset, plain)
        dataset.title = dataset.title or plain.identifier[:500] or dataset.code
        dataset.licence = licence_names(plain.resources)
        dataset.is_own = self.catalogue.is_ours
        keep_gaps(dataset, gaps)
        dataset.version = (dataset.version or 0) + 1 if dataset.pk else 1
        dataset.save()

    def _enter(
        self,
        entry: CatalogueEntry | None,
        dataset: Dataset,
        iri: str,
        statements: list[dict[str, Any]],
        words: list[list[str]],
    ) -> None:
        entry = entry or CatalogueEntry(catalogue=self.catalogue, dataset=dataset, iri=iri)
        entry.statements, entry.as_written, entry.seen_at = statements, words, self.now
        entry.missing_since = None
        entry.save()


def fill(dataset: Dataset, plain: PlainDataset) -> None:
    """The plain fields of a description, each no longer than its column."""
    for name in PLAIN:
        setattr(dataset, name, _fitting(Dataset, name, getattr(plain, name)))


def write_resources(dataset: Dataset, resources: Iterable[PlainResource]) -> None:
    """The resources of a dataset, in their order, in place of those it had; the same ones stay as they are."""
    wanted = [
        {name: _fitting(Resource, name, getattr(one, name)) for name in OF_RESOURCE} for one in resources
    ]
    there = dataset.resources.order_by("position")
    if [{name: getattr(one, name) for name in OF_RESOURCE} for one in there] == wanted:
        return
    there.delete()
    Resource.objects.bulk_create(
        Resource(dataset=dataset, position=number, **values) for number, values in enumerate(wanted, start=1)
    )


def keep_gaps(dataset: Dataset, gaps: Iterable[Gap]) -> None:
    """What keeps the dataset, or a part of it, out of the export."""
    found = list(gaps)
    dataset.gaps = [[one.code, one.kind, one.iri] for one in found]
    dataset.is_complete = not any(one.kind == "dataset" for one in found)


def licence_names(resources: Iterable[PlainResource]) -> str:
    """The licences of the resources by name, each once; as many as there is room for."""
    known = shipped_vocabularies()["licence"]
    names: dict[str, None] = {}
    for one in resources:
        entry = known.find(one.licence) if one.licence else None
        name = entry.name if entry else one.licence_words
        if name:
            names[name] = None
    return "; ".join(names)[:300]


def _fitting(model: Any, name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    longest = model._meta.get_field(name).max_length
    if not isinstance(value, str) or not longest or len(value) <= longest:
        return value
    return "" if name in _ADDRESSES else value[:longest]


def _differences(dataset: Dataset, plain: PlainDataset) -> tuple[tuple[str, str, str], ...]:
    """Plain fields that say something else now."""
    found = []
    for name in PLAIN:
        before, after = getattr(dataset, name), _fitting(Dataset, name, getattr(plain, name))
        if before != after:
            found.append((name, _words(before), _words(after)))
    return tuple(found)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
