"""A folder of JSON or JSONL files as a source: each file is a list, an object, or a page with `data`."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_datetime

from dreiklang.core.enums import Weight
from dreiklang.papers.imports.oparl.reading import NotJson, parsed
from dreiklang.papers.imports.oparl.records import ORDER, Kind, Noticed, Page, Raw

AT_ONCE = 200
_TYPES = frozenset(kind.value for kind in Kind)
# A file of one JSON value is read at once; JSONL is read line by line and may be as long as it likes.
LARGEST_FILE = 200_000_000
LARGEST_LINE = 20_000_000
# Names of files in English and German, for objects that do not say their type.
_NAMES = (
    ("text", Kind.TEXT),
    ("organi", Kind.ORGANIZATION),
    ("gremi", Kind.ORGANIZATION),
    ("agenda", Kind.ITEM),
    ("consultation", Kind.CONSULTATION),
    ("meeting", Kind.MEETING),
    ("sitzung", Kind.MEETING),
    ("paper", Kind.PAPER),
    ("vorlage", Kind.PAPER),
    ("membership", Kind.MEMBERSHIP),
    ("person", Kind.PERSON),
    ("location", Kind.LOCATION),
    ("legislative", Kind.TERM),
    ("file", Kind.FILE),
    ("bod", Kind.BODY),
)


class NoFolder(Exception):
    """There is no such folder, or nothing in it that could be read."""


def pages(folder: Path, *, since: datetime | None = None) -> Iterator[Page]:
    """All objects of the folder, what others name first, at most AT_ONCE a page.

    `since`: objects that say they were changed before are left out.
    Raises: NoFolder.
    """
    files = (
        sorted(
            (file for file in folder.iterdir() if file.suffix.lower() in (".json", ".jsonl", ".ndjson")),
            key=lambda file: (ORDER.index(kind_of_name(file.name)), file.name),
        )
        if folder.is_dir()
        else []
    )
    if not files:
        raise NoFolder(str(folder))
    for file in files:
        group: list[Raw] = []
        for raw in _objects(file):
            if since is None or not _is_older(raw.content, since):
                group.append(raw)
            if len(group) == AT_ONCE:
                yield Page(file.name, group)
                group = []
        yield Page(file.name, group)


def kind_of(content: dict[str, Any], otherwise: Kind) -> Kind:
    """The type an object says it has ("https://schema.oparl.org/1.1/Paper"), else the list's."""
    said = content.get("type")
    if isinstance(said, str):
        last = re.split(r"[/#:]", said.rstrip("/"))[-1]
        if last in _TYPES:
            return Kind(last)
    return otherwise


def kind_of_name(name: str) -> Kind:
    """What a file or list of that name holds."""
    said = name.lower()
    return next((kind for part, kind in _NAMES if part in said), Kind.OTHER)


def raw_of(content: object, *, kind: Kind, row: int, noticed: tuple[Noticed, ...] = ()) -> Raw:
    """One element of a list as an object, or why it is none."""
    if not isinstance(content, dict):
        wrong = Noticed("not_an_object", value=str(content)[:200], weight=Weight.ERROR)
        return Raw(kind, row, None, (wrong,))
    return Raw(kind if kind is Kind.TEXT else kind_of(content, kind), row, content, noticed)


def _objects(file: Path) -> Iterator[Raw]:
    kind = kind_of_name(file.name)
    if file.suffix.lower() != ".json":
        yield from _lines(file, kind)
        return
    if file.stat().st_size > LARGEST_FILE:
        yield _refused(kind, 0, "too_large", str(file.stat().st_size))
        return
    try:
        value, is_repaired = parsed(file.read_bytes())
    except NotJson as error:
        yield _refused(kind, 0, "not_json", str(error))
        return
    if isinstance(value, dict):
        value = value["data"] if isinstance(value.get("data"), list) else [value]
    if not isinstance(value, list):
        yield raw_of(value, kind=kind, row=1)
        return
    noticed = (Noticed("repaired"),) if is_repaired else ()
    for row, one in enumerate(value, start=1):
        yield raw_of(one, kind=kind, row=row, noticed=noticed if row == 1 else ())


def _lines(file: Path, kind: Kind) -> Iterator[Raw]:
    with file.open("rb") as opened:
        row = 0
        while line := opened.readline(LARGEST_LINE + 1):
            row += 1
            if len(line) > LARGEST_LINE:
                size = len(line)
                while line and not line.endswith(b"\n"):
                    line = opened.readline(LARGEST_LINE)
                    size += len(line)
                yield _refused(kind, row, "too_large", str(size))
            elif line.strip():
                yield _line(line, kind, row)


def _line(line: bytes, kind: Kind, row: int) -> Raw:
    try:
        value, is_repaired = parsed(line)
    except NotJson as error:
        return _refused(kind, row, "not_json", f"{error}: {line[:120].decode(errors='replace')}")
    return raw_of(value, kind=kind, row=row, noticed=(Noticed("repaired"),) if is_repaired else ())


def _refused(kind: Kind, row: int, code: str, value: str) -> Raw:
    return Raw(kind, row, None, (Noticed(code, value=value, weight=Weight.ERROR),))


def _is_older(content: dict[str, Any] | None, since: datetime) -> bool:
    try:
        changed = parse_datetime(str((content or {}).get("modified") or ""))
    except ValueError:
        return False
    return changed is not None and changed.tzinfo is not None and changed < since
