"""Reads the text of a PDF, DOCX or text file from outside, in a child process with limits of time and memory."""

import io
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePath

import orjson

from dreiklang.core.tables.package import refuse_unsafe_package
from dreiklang.core.tables.table import CannotRead

from .process import ChildStopped, run_child
from .signs import alike

_CHILDREN = {"pdf": "dreiklang.core.documents.pdf", "docx": "dreiklang.core.documents.docx_text"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_TEXT_ENDINGS = {".txt", ".md", ".text", ""}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")


class Reading(StrEnum):
    """What became of reading a file. A scan has pictures of text and no text: it is named, not guessed."""

    READ = "read"
    SCANNED = "scanned"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most. Sizes in bytes; those of the package guard against hostile DOCX."""

    size: int = 50 * 1024 * 1024
    pages: int = 3_000
    characters: int = 5_000_000
    unpacked_size: int = 300 * 1024 * 1024
    unpacked_ratio: int = 250
    entries: int = 5_000
    seconds: int = 60
    memory: int = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a file, pages apart by a form feed, with tick boxes as ☒ and ☐; or why there is none.

    `problem` is empty where all was read, else: empty, too_large, wrong_type, password, macros, zip_bomb, legacy_doc,
    broken, too_slow, scanned. `pages` is None for what has no pages of its own. `notes` say what a reader should know,
    as codes: external_links (named in the file, never followed), cut_short (more pages or text than the limits),
    scanned_pages (some pages are pictures only), broken_pages.
    """

    text: str
    pages: int | None
    state: Reading
    problem: str = ""
    notes: tuple[str, ...] = ()


def read_document(content: bytes, *, name: str, limits: Limits = Limits()) -> DocumentText:
    """The text of a file; never raises for what stands in the file. `name` is the name its user knows.

    What it is, is decided by its first bytes. Nothing that a file names is ever fetched.
    """
    try:
        kind = _kind(content, PurePath(name).suffix.lower(), limits)
        return _plain(content, limits) if kind == "text" else _from_child(kind, content, limits)
    except CannotRead as refusal:
        large = refusal.code in {"too_large", "zip_bomb"}
        state = Reading.TOO_LARGE if large else Reading.UNREADABLE
        return DocumentText("", None, state, refusal.code)


def _kind(content: bytes, ending: str, limits: Limits) -> str:
    """pdf, docx or text. Raises: CannotRead for everything else, before anything is opened."""
    if not content:
        raise CannotRead("empty")
    if len(content) > limits.size:
        raise CannotRead("too_large", "bytes")
    # Some writers put a line or a mark before the header; the standard allows it within the first kilobyte.
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_OLE):
        raise CannotRead(_ole_code(content))
    if content.startswith(_ZIP):
        return _package(content, ending, limits)
    if ending in _TEXT_ENDINGS and not _is_binary(content[:4096]):
        return "text"
    raise CannotRead("broken" if ending in {".pdf", ".docx"} else "wrong_type", ending)


def _package(content: bytes, ending: str, limits: Limits) -> str:
    if ending in {".docm", ".dotm"}:
        raise CannotRead("macros", ending)
    refuse_unsafe_package(io.BytesIO(content), limits=limits, folder="word/")
    return "docx"


def _ole_code(content: bytes) -> str:
    if _ENCRYPTED in content:
        return "password"
    return "legacy_doc" if _OLD_WORD in content else "wrong_type"


def _is_binary(head: bytes) -> bool:
    return b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _plain(content: bytes, limits: Limits) -> DocumentText:
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise CannotRead("empty")
    notes = ("cut_short",) if len(text) > limits.characters else ()
    return DocumentText(alike(text[: limits.characters]), None, Reading.READ, notes=notes)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _from_child(kind: str, content: bytes, limits: Limits) -> DocumentText:
    order = orjson.dumps(asdict(limits)).decode()
    try:
        raw = run_child(_CHILDREN[kind], content=content, seconds=limits.seconds, arguments=(order,))
    except ChildStopped as stop:
        raise CannotRead("broken" if stop.code == "stopped" else stop.code, stop.words) from stop
    answer = orjson.loads(raw)
    if answer["problem"] and answer["problem"] != "scanned":
        raise CannotRead(answer["problem"])
    state = Reading.SCANNED if answer["problem"] == "scanned" else Reading.READ
    return DocumentText(answer["text"], answer["pages"], state, answer["problem"], tuple(answer["notes"]))
