"""One file of a catalogue: RDF in three forms, or an answer of CKAN. Bytes become datasets as 3.0 says them, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson

from dreiklang.core.rdf import NO_BASE, CannotReadRdf, read_rdf
from dreiklang.monitoring.imports.catalogue_packed import CannotUnpack, unpacked
from dreiklang.monitoring.rules.dcat.brought import AsWritten, Brought, brought
from dreiklang.monitoring.rules.dcat.ckan import ReadCkan, is_ckan, read_ckan
from dreiklang.monitoring.rules.dcat.reading import read_catalogue
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.rules.values import Refused

# CKAN sends ten at once unless it is asked for more, and never more than a thousand.
CKAN_ROWS = 200
# Under this name stand fields of CKAN no rule is for, with their path in place of a predicate.
KEPT = "kept"


class CannotReadCatalogue(Exception):
    """Why a file gave no datasets: codes of `CannotReadRdf`, `CannotUnpack` and CKAN, and `no_dataset`.

    line      counted from 1; 0 where the form knows none
    proposal  `skip_preface`: it can be read without the lines before its first prefix
    """

    def __init__(self, code: str, *, words: str = "", line: int = 0, proposal: str = "") -> None:
        super().__init__(f"{code} (line {line}): {words}")
        self.code = code
        self.words = words
        self.line = line
        self.proposal = proposal


@dataclass(frozen=True)
class ReadFile:
    """What a file held, how it was written ("turtle", "rdfxml", "jsonld", "ckan"), and lines left out at its head."""

    brought: Brought
    form: str
    skipped_lines: int = 0


def read_file(content: bytes, *, address: str = "", skip_preface: bool = False) -> ReadFile:
    """The datasets of a file. Raises: CannotReadCatalogue.

    address  where it came from, for relative addresses and the names CKAN's datasets get
    """
    try:
        content = unpacked(content)
    except CannotUnpack as refusal:
        raise CannotReadCatalogue(refusal.code, words=refusal.words) from refusal
    answer = _json(content)
    if is_ckan(answer) or _is_error_of_ckan(answer):
        return ReadFile(_of_ckan(answer, address), "ckan")
    try:
        read = read_rdf(content, base=address, skip_preface=skip_preface)
    except CannotReadRdf as refusal:
        raise CannotReadCatalogue(
            refusal.code, words=refusal.words, line=refusal.line, proposal=refusal.proposal
        ) from refusal
    found = brought(read_catalogue(read.triples), lists=shipped_vocabularies())
    if not found.datasets and found.catalogue is None:
        raise CannotReadCatalogue("no_dataset")
    return ReadFile(found, read.form.value, read.skipped_lines)


def first_address(address: str) -> str:
    """The address to begin with: CKAN's search is asked for many datasets at once."""
    parts = urlsplit(address)
    if not parts.path.rstrip("/").endswith("/package_search"):
        return address
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    return _with(address, rows=asked.get("rows", str(CKAN_ROWS)), start=asked.get("start", "0"))


def _of_ckan(answer: Any, address: str) -> Brought:
    read = read_ckan(answer, base=_portal(address))
    if isinstance(read, Refused):
        raise CannotReadCatalogue(read.code, words=read.words)
    found = brought(read.value, lists=shipped_vocabularies())
    return replace(
        found,
        as_written=_with_kept(found.as_written, read),
        remarks=tuple(one for one in found.remarks if one.code != "more_pages"),
        next=_next_of_ckan(address, answer, read.total),
        total=read.total,
    )


def _with_kept(
    words: Mapping[str, tuple[AsWritten, ...]], read: ReadCkan
) -> Mapping[str, tuple[AsWritten, ...]]:
    """Also what no rule is for: nothing of a package is lost."""
    found = dict(words)
    for iri, fields in read.kept.items():
        kept = tuple(AsWritten(KEPT, path, said) for path, said in fields)
        found[iri] = (*found.get(iri, ()), *kept)
    return MappingProxyType(found)


def _next_of_ckan(address: str, answer: Any, total: int) -> str:
    """The next stretch of a search; its own `rows` may be less than asked for."""
    result = answer.get("result") if isinstance(answer, dict) else None
    here = len(result.get("results") or ()) if isinstance(result, dict) else 0
    asked = dict(parse_qsl(urlsplit(address).query))
    start = asked.get("start", "0")
    seen = (int(start) if start.isdigit() else 0) + here
    if not urlsplit(address).path.rstrip("/").endswith("/package_search") or not here or seen >= total:
        return ""
    return _with(address, start=str(seen))


def _with(address: str, **parameters: str) -> str:
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True)) | parameters
    return urlunsplit(parts._replace(query=urlencode(asked)))


def _portal(address: str) -> str:
    """Where the portal is: what stands before its interface for programs."""
    return address.split("/api/")[0] if "/api/" in address else (address or NO_BASE).split("?")[0]


def _is_error_of_ckan(answer: Any) -> bool:
    return isinstance(answer, dict) and answer.get("success") is False


def _json(content: bytes) -> Any:
    """What the file holds, if it is JSON at all; what is broken says the reader of RDF, with its line."""
    if not content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return None
    try:
        return orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return None
