"""A catalogue that comes packed (gzip, or a ZIP with one file), as the one file it is."""

import gzip
import io
import zlib

from dreiklang.core.rdf import RdfLimits
from dreiklang.core.tables import CannotRead
from dreiklang.monitoring.imports.archives import ArchiveLimits, files_in

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MOST = RdfLimits().size
_CODES = {"zip_bomb": "too_large", "broken": "cut_off", "password": "password", "empty": "empty"}


class CannotUnpack(Exception):
    """Why nothing came out: empty, too_large, cut_off, password, several_files with how many."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def unpacked(content: bytes) -> bytes:
    """The file inside; what is not packed stays as it is. Never more than a catalogue may have. Raises: CannotUnpack."""
    if content.startswith(_GZIP):
        return _of_gzip(content)
    return _of_zip(content) if content.startswith(_ZIP) else content


def _of_gzip(content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as file:
            found = file.read(_MOST + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise CannotUnpack("cut_off", "gzip") from error
    if len(found) > _MOST:
        raise CannotUnpack("too_large", str(_MOST))
    return found


def _of_zip(content: bytes) -> bytes:
    try:
        found = files_in(content, name="", limits=ArchiveLimits(unpacked_size=_MOST))
    except CannotRead as refusal:
        raise CannotUnpack(_CODES.get(refusal.code, "cut_off"), "ZIP") from refusal
    if len(found) > 1:
        raise CannotUnpack("several_files", str(len(found)))
    return found[0].content
