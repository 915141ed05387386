"""RDF from outside as triples: Turtle, RDF/XML, JSON-LD.

rdflib is large, and what it opens comes from outside: it runs in a child process with limits and without a network.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from dreiklang.core.documents.process import ChildStopped, run_child

from .triples import Blank, Iri, Literal, Subject, Term, Triple

_CHILD = "dreiklang.core.rdf.child"
_HEAD = 4096
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TURTLE_LINE = re.compile(rb"(?im)^[ \t]*(@prefix|@base|prefix|base)[ \t]|^[ \t]*(<[^>\s]*>|_:\w+)[ \t]+\S")
# Relative addresses need something to stand on; what stands on this was relative in a file without an address.
NO_BASE = "http://base.invalid/"


class Form(StrEnum):
    """How a file is written."""

    TURTLE = "turtle"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"


@dataclass(frozen=True, slots=True)
class RdfLimits:
    """What one file may cost. Memory holds for the child; seconds of the processor."""

    size: int = 50 * 1024 * 1024
    seconds: int = 120
    memory: int = 2 * 1024 * 1024 * 1024
    triples: int = 2_000_000


class CannotReadRdf(Exception):
    """Why a file gave no triples.

    code      empty, too_large, too_slow, html_page, not_rdf, not_utf8, cut_off, syntax, entities, remote_context, stopped
    line      counted from 1; 0 where the form knows none
    words     what stood there, or the title of the page
    proposal  `skip_preface`: the file can be read without the lines before its first prefix
    """

    def __init__(self, code: str, *, line: int = 0, words: str = "", proposal: str = "") -> None:
        super().__init__(f"{code} (line {line}): {words}")
        self.code = code
        self.line = line
        self.words = words
        self.proposal = proposal


@dataclass(frozen=True, slots=True)
class ReadRdf:
    """All triples of a file, each once, in no order; how it was written; lines left out before the first prefix."""

    triples: tuple[Triple, ...]
    form: Form
    skipped_lines: int = 0


def read_rdf(
    content: bytes,
    *,
    base: str = "",
    form: Form | None = None,
    skip_preface: bool = False,
    limits: RdfLimits | None = None,
) -> ReadRdf:
    """The file's triples. Nothing is fetched. Raises: CannotReadRdf.

    base          the address the file came from, for relative addresses inside
    form          where known; else looked for in the first bytes
    skip_preface  leave out lines before the first prefix of a Turtle file
    """
    limits = limits or RdfLimits()
    if len(content) > limits.size:
        raise CannotReadRdf("too_large", words=str(limits.size))
    found = form_of(content) if form is None else form
    _not_html(content)
    skipped = 0
    if skip_preface and found is Form.TURTLE:
        content, skipped = without_preface(content)
    return ReadRdf(_from_child(content, found, base=base, limits=limits), found, skipped)


def form_of(content: bytes) -> Form:
    """How the file is written, by its first bytes. Raises: CannotReadRdf for what is no RDF at all."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise CannotReadRdf("empty")
    _not_html(content)
    if head[:1] in b"{[" and not re.match(rb"\[\s*(\]|a\s|<|\w+:)", head):
        return Form.JSONLD
    if head.startswith(b"<?xml") or re.match(rb"<(!--|!DOCTYPE|\w+:RDF|RDF)", head):
        return Form.RDFXML
    if _TURTLE_LINE.search(content[: 64 * _HEAD]):
        return Form.TURTLE
    raise CannotReadRdf("not_rdf", line=1, words=_first_line(head))


def without_preface(content: bytes) -> tuple[bytes, int]:
    """A Turtle file with the lines before its first prefix emptied, so that line numbers stay; and how many had words."""
    found = re.search(rb"(?im)^[ \t]*@?(prefix|base)[ \t]", content)
    if found is None:
        return content, 0
    lines = content[: found.start()].split(b"\n")
    told = sum(1 for line in lines if line.strip() and not line.strip().startswith(b"#"))
    return b"\n" * (len(lines) - 1) + content[found.start() :], told


def _not_html(content: bytes) -> None:
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"(?is)(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html[\s>])", head):
        title = _TITLE.search(head)
        words = title[1].decode(errors="replace").strip() if title else ""
        raise CannotReadRdf("html_page", line=1, words=words[:200])


def _first_line(head: bytes) -> str:
    return head.splitlines()[0].decode(errors="replace").strip()[:200]


def _from_child(content: bytes, form: Form, *, base: str, limits: RdfLimits) -> tuple[Triple, ...]:
    order = orjson.dumps(
        {
            "form": form,
            "base": base or NO_BASE,
            "seconds": limits.seconds,
            "memory": limits.memory,
            "triples": limits.triples,
        }
    ).decode()
    try:
        raw = run_child(_CHILD, content=content, seconds=limits.seconds, arguments=(order,))
    except ChildStopped as stop:
        raise CannotReadRdf(stop.code, words=stop.words) from stop
    answer = orjson.loads(raw)
    if "refused" in answer:
        code, line, words = answer["refused"]
        proposal = "skip_preface" if form is Form.TURTLE and _has_preface(content, line) else ""
        raise CannotReadRdf(code, line=line, words=words, proposal=proposal)
    return tuple(Triple(_subject(s), p, _term(o)) for s, p, o in answer["triples"])


def _has_preface(content: bytes, line: int) -> bool:
    found = re.search(rb"(?im)^[ \t]*@?(prefix|base)[ \t]", content)
    return found is not None and 0 < line <= content.count(b"\n", 0, found.start())


def _subject(said: str) -> Subject:
    return Blank(said[2:]) if said.startswith("_:") else Iri(said)


def _term(said: Any) -> Term:
    return _subject(said) if isinstance(said, str) else Literal(*said)
