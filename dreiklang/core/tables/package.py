"""Looks into the directory of an XLSX or DOCX package, without unpacking, for what must not be opened."""

import zipfile
from typing import IO, Protocol

from .table import CannotRead, Limits

# Below this size a high ratio is normal (an almost empty sheet) and harmless.
_HARMLESS = 10 * 1024 * 1024
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "xl/macrosheets/")


class PackageLimits(Protocol):
    """How much may come out of a package, in bytes and in entries."""

    @property
    def entries(self) -> int: ...
    @property
    def unpacked_size(self) -> int: ...
    @property
    def unpacked_ratio(self) -> int: ...


def refuse_unsafe_workbook(file: IO[bytes], *, limits: Limits) -> None:
    """Returns if the workbook may be opened. Raises: as `refuse_unsafe_package`."""
    refuse_unsafe_package(file, limits=limits, folder="xl/")


def refuse_unsafe_package(file: IO[bytes], *, limits: PackageLimits, folder: str) -> None:
    """Returns if the package may be opened; `folder` is where its kind keeps its parts ("xl/", "word/").

    The sizes in the directory are enforced while reading too: zipfile never gives out more than was declared.
    Raises: CannotRead `broken`, `zip_bomb`, `macros`, `password` or `wrong_type`.
    """
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CannotRead("broken", "package") from error
    finally:
        file.seek(0)
    refuse_bomb(entries, limits)
    names = {entry.filename.lower() for entry in entries}
    if any(part in name for name in names for part in _MACRO_PARTS):
        raise CannotRead("macros", "vba")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise CannotRead("password", "zip")
    if "[content_types].xml" not in names or not any(name.startswith(folder) for name in names):
        raise CannotRead("wrong_type", "zip")


def refuse_bomb(entries: list[zipfile.ZipInfo], limits: PackageLimits) -> None:
    """Returns if so much may be unpacked. Raises: CannotRead `zip_bomb`."""
    if len(entries) > limits.entries:
        raise CannotRead("zip_bomb", "entries")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_size:
        raise CannotRead("zip_bomb", "size")
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > _HARMLESS and unpacked > packed * limits.unpacked_ratio:
        raise CannotRead("zip_bomb", "ratio")
    if len({entry.header_offset for entry in entries}) < len(entries):
        raise CannotRead("zip_bomb", "overlap")
