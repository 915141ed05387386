"""The parts of a workbook beside its sheets: which sheets there are, texts, and which formats are days."""

import re
import zipfile
from collections import deque
from dataclasses import dataclass
from posixpath import join, normpath

from .parts import Local, parse_part
from .table import CannotRead

# Number formats every spreadsheet knows by number: days and times (ECMA-376 part 1, 18.8.30, with East Asian ones).
_DAY_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: its title, the name of its part, and whether people see it."""

    title: str
    part: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What is needed to understand the cells of any sheet.

    `formats` says for each cell style what its numbers are: "day", "elapsed" or "number".
    """

    sheets: tuple[Sheet, ...]
    texts: list[str]
    formats: list[str]
    counts_from_1904: bool


def open_book(package: zipfile.ZipFile) -> Book:
    """The book in a package. Raises: CannotRead `broken` if a part is missing or damaged."""
    names = set(package.namelist())
    main = next(
        (target for kind, target in _relations(package, "").values() if kind == "officeDocument"), None
    )
    if main is None or main not in names:
        raise CannotRead("broken", "no_workbook_part")
    relations = _relations(package, main)
    targets = {kind: target for kind, target in relations.values() if target in names}
    listed, counts_from_1904 = _listed_sheets(package, main)
    sheets = tuple(
        Sheet(title, relations[key][1], visible)
        for title, key, visible in listed
        if key in relations and relations[key][0] == "worksheet" and relations[key][1] in names
    )
    texts = _shared_texts(package, targets["sharedStrings"]) if "sharedStrings" in targets else []
    formats = _formats(package, targets["styles"]) if "styles" in targets else []
    return Book(sheets, texts, formats, counts_from_1904)


def kind_of_format(code: str) -> str:
    """What numbers of a format are: "day", "elapsed" or "number"."""
    if code.lower() in {"general", "standard"}:
        return "number"
    first = _NOT_FORMAT.sub("", code).split(";")[0]
    if _ELAPSED.search(first):
        return "elapsed"
    return "day" if re.search("[dmyhs]", first, re.IGNORECASE) else "number"


def plain(text: str) -> str:
    """Text with the escapes of the format undone (_x000D_ is a carriage return)."""
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relations of a part by key: the last word of their type, and the part they point to."""
    folder, _, file = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}
    local = Local()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local[tag] == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = normpath(join("/" + folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (kind, target)

    try:
        for _ in parse_part(package, join(folder, "_rels", f"{file}.rels"), start=start):
            pass
    except KeyError as error:
        raise CannotRead("broken", "no_relations") from error
    return found


def _listed_sheets(package: zipfile.ZipFile, main: str) -> tuple[list[tuple[str, str, bool]], bool]:
    sheets: list[tuple[str, str, bool]] = []
    epochs: list[bool] = []
    local = Local()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local[tag] == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), key, attributes.get("state", "visible") == "visible"))
        elif local[tag] == "workbookPr":
            epochs.append(attributes.get("date1904", "0") in {"1", "true"})

    for _ in parse_part(package, main, start=start):
        pass
    return sheets, any(epochs)


def _shared_texts(package: zipfile.ZipFile, name: str) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []  # tags open just now that decide what counts: t, rPh
    local = Local()

    def start(tag: str, _: dict[str, str]) -> None:
        if local[tag] in {"t", "rPh"}:
            inside.append(local[tag])

    def end(tag: str) -> None:
        if local[tag] in {"t", "rPh"}:
            inside.pop()
        elif local[tag] == "si":
            texts.append(plain("".join(pieces)))
            pieces.clear()

    def characters(text: str) -> None:
        if inside == ["t"]:  # text inside rPh is a reading aid, not content
            pieces.append(text)

    deque(parse_part(package, name, start=start, end=end, characters=characters), maxlen=0)
    return texts


def _formats(package: zipfile.ZipFile, name: str) -> list[str]:
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside: list[bool] = []
    local = Local()

    def start(tag: str, attributes: dict[str, str]) -> None:
        kind = local[tag]
        if kind == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "General")
        elif kind == "cellXfs":
            inside.append(True)
        elif kind == "xf" and inside:
            numbers.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        if local[tag] == "cellXfs":
            inside.clear()

    for _ in parse_part(package, name, start=start, end=end):
        pass
    built_in = {number: "elapsed" if number == 46 else "day" for number in _DAY_FORMATS}
    return [kind_of_format(codes[n]) if n in codes else built_in.get(n, "number") for n in numbers]
