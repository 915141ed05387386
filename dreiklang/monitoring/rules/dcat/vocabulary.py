"""Namespaces of DCAT-AP.de, and the closed lists its values come from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
DCATAP = "http://data.europa.eu/r5r/"
DCATDE = "http://dcat-ap.de/def/dcatde/"
GEODCATAP = "http://data.europa.eu/930/"
ADMS = "http://www.w3.org/ns/adms#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
HYDRA = "http://www.w3.org/ns/hydra/core#"
LOCN = "http://www.w3.org/ns/locn#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "http://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SPDX = "http://spdx.org/rdf/terms#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

# Short names our own files use.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "adms": ADMS,
        "dcat": DCAT,
        "dcatap": DCATAP,
        "dcatde": DCATDE,
        "dct": DCT,
        "foaf": FOAF,
        "geo": GEO,
        "geodcatap": GEODCATAP,
        "hydra": HYDRA,
        "locn": LOCN,
        "owl": OWL,
        "prov": PROV,
        "rdfs": RDFS,
        "skos": SKOS,
        "spdx": SPDX,
        "vcard": VCARD,
        "xsd": XSD,
    }
)

CONFORMS_TO_3 = "http://dcat-ap.de/def/dcatde/3.0/"

LISTS = (
    "access-right",
    "checksum-algorithm",
    "data-theme",
    "distribution-status",
    "file-type",
    "frequency",
    "language",
    "licence",
    "planned-availability",
    "political-level",
    "publisher-type",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a list.

    days        between two editions at most, for frequencies; 0 where nobody can tell
    url         the text of a licence
    instead     code of the entry that took its place
    """

    code: str
    iri: str
    name: str
    words: tuple[str, ...] = ()
    days: int = 0
    digits: int = 0
    url: str = ""
    is_open: bool = False
    is_active: bool = True
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list with its source; `by_words` is keyed by what `plain` makes of addresses, codes, names and words."""

    scheme: str
    base: str
    source: str
    as_of: date
    entries: tuple[Entry, ...]
    by_words: Mapping[str, Entry]

    def find(self, words: str) -> Entry | None:
        """The entry somebody means by an address, a code, its name or a word known to be used for it."""
        return self.by_words.get(plain(words))


Vocabularies = Mapping[str, Vocabulary]


class InvalidVocabulary(Exception):
    """A list whose file cannot be used: which, and what is wrong."""


def plain(words: str) -> str:
    """Addresses without protocol, www and end slash, words without case and doubled spaces: how lists are compared."""
    text = re.sub(r"\s+", " ", words.strip()).casefold()
    text = re.sub(r"^https?://(www\.)?", "//", text)
    text = re.sub(r"^//publications\.europa\.eu/(mdr/)?(resource/)?authority/", "//eu/", text)
    return text.rstrip("/#") if text.startswith("//") else text


def vocabulary_from(name: str, data: Mapping[str, Any]) -> Vocabulary:
    """One list as its file says it. Raises: InvalidVocabulary if a word means two entries."""
    scheme = str(data["scheme"])
    base = str(data.get("entry_base") or scheme + "/")
    entries = tuple(_entry(base, one) for one in data["entries"])
    by_words: dict[str, Entry] = {}
    for entry in entries:
        for words in _words_of(entry):
            other = by_words.setdefault(plain(words), entry)
            if other != entry and entry.is_active and other.is_active:
                raise InvalidVocabulary(f"{name}: “{words}” is {other.code} and {entry.code}")
            if entry.is_active and not other.is_active and plain(words) != plain(other.iri):
                by_words[plain(words)] = entry
    return Vocabulary(scheme, base, str(data["source"]), data["as_of"], entries, MappingProxyType(by_words))


@cache
def shipped_vocabularies() -> Vocabularies:
    """The lists that come with Dreiklang, by the names of their files."""
    folder = resources.files("dreiklang.monitoring").joinpath("data/vocabularies")
    return MappingProxyType(
        {
            name: vocabulary_from(
                name, yaml.safe_load(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
            )
            for name in LISTS
        }
    )


def _entry(base: str, said: Mapping[str, Any]) -> Entry:
    code = str(said["code"])
    return Entry(
        code=code,
        iri=base + code,
        name=str(said["de"]),
        words=tuple(map(str, said.get("words") or ())),
        days=int(said.get("days", 0)),
        digits=int(said.get("digits", 0)),
        url=str(said.get("url", "")),
        is_open=bool(said.get("is_open", False)),
        is_active=bool(said.get("is_active", True)),
        instead=str(said.get("instead", "")),
    )


def _words_of(entry: Entry) -> Iterable[str]:
    """The address of a licence's text comes last: several entries may share it."""
    return (entry.iri, entry.code, entry.name, *entry.words)
