"""Parses one XML part of a package as it is unpacked, never with a document type.

Entities, and with them every XML bomb and outside reference, need a document type; office files have none.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from .table import CannotRead

_CHUNK = 256 * 1024

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


class Local(dict[str, str]):
    """Tag or attribute names without their prefix, remembered."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


def parse_part(
    package: zipfile.ZipFile,
    name: str,
    *,
    start: Start,
    end: End | None = None,
    characters: Characters | None = None,
) -> Iterator[None]:
    """Parses a part, pausing after each unpacked piece, so that the caller can pass on what was found so far.

    Raises: CannotRead `broken` if it is damaged or has a document type; KeyError if it is not there.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if characters:
        parser.CharacterDataHandler = characters
    try:
        with package.open(name) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
            yield
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise CannotRead("broken", f"{name}: {error}") from error


def _refuse_doctype(*_: object) -> None:
    raise CannotRead("broken", "document_type")
