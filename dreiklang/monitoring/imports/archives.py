"""Opens what a statistics service packed: a ZIP with tables, or with another ZIP that has them."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from dreiklang.core.tables import CannotRead
from dreiklang.core.tables.package import refuse_bomb

DEEPEST = 2
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
# Workbooks are packages too, and stay whole.
_PACKAGES = {".xlsx", ".xlsm", ".xltx", ".docx", ".ods"}
_CLUTTER = ("__MACOSX/", ".")


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much comes out of an archive at most, all its inner archives together. Sizes in bytes."""

    entries: int = 200
    unpacked_size: int = 300 * 1024 * 1024
    unpacked_ratio: int = 250


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file: its name as a path through the archives ("a.zip/b.csv") and its bytes. The name is never opened."""

    name: str
    content: bytes


def files_in(
    content: bytes,
    *,
    name: str,
    limits: ArchiveLimits = ArchiveLimits(),
) -> tuple[PackedFile, ...]:
    """The files in an archive, in its order; a file that is no archive is the only one.

    Raises: CannotRead `empty`, `broken` (also a damaged entry), `password`, `zip_bomb` (too many, too much, archives
    deeper than two, entries that overlap). What a directory declares is enforced while reading.
    """
    if not content:
        raise CannotRead("empty", "no_bytes")
    if not _is_archive(content, name):
        return (PackedFile(name, content),)
    found = tuple(_opened(content, name, limits, depth=1))
    if not found:
        raise CannotRead("empty", "no_file")
    return found


def _opened(content: bytes, name: str, limits: ArchiveLimits, *, depth: int) -> Iterator[PackedFile]:
    if depth > DEEPEST:
        raise CannotRead("zip_bomb", "depth")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [
                one for one in archive.infolist() if not one.is_dir() and not _is_clutter(one.filename)
            ]
            refuse_bomb(entries, limits)
            if any(one.flag_bits & 0x1 for one in entries):
                raise CannotRead("password", "zip")
            left = limits
            for entry in entries:
                for file in _of_entry(archive.read(entry), f"{name}/{entry.filename}", left, depth):
                    left = _less(left, file)
                    yield file
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise CannotRead("broken", "archive") from error


def _of_entry(content: bytes, name: str, limits: ArchiveLimits, depth: int) -> Iterator[PackedFile]:
    if _is_archive(content, name):
        yield from _opened(content, name, limits, depth=depth + 1)
    else:
        yield PackedFile(name, content)


def _less(limits: ArchiveLimits, file: PackedFile) -> ArchiveLimits:
    """What may still come out. Raises: CannotRead `zip_bomb` when nothing may."""
    size = limits.unpacked_size - len(file.content)
    if size < 0:
        raise CannotRead("zip_bomb", "size")
    if limits.entries <= 0:
        raise CannotRead("zip_bomb", "entries")
    return replace(limits, entries=limits.entries - 1, unpacked_size=size)


def _is_archive(content: bytes, name: str) -> bool:
    if PurePosixPath(name).suffix.lower() in _PACKAGES:
        return False
    return content.startswith((_ZIP, _EMPTY_ZIP))


def _is_clutter(name: str) -> bool:
    return name.startswith(_CLUTTER[0]) or PurePosixPath(name).name.startswith(_CLUTTER[1])
