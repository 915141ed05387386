"""Messages between this process and the child: one JSON header, then any number of blobs.

A header comes first, each blob with its length before it; a length that no blob has ends the message.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import IO, Any

import orjson

_LENGTH = struct.Struct("<Q")
_END = _LENGTH.pack(2**64 - 1)


def send(out: IO[bytes], header: dict[str, Any], blobs: Iterable[bytes] = ()) -> None:
    """Write one message. Blobs are written as they come, so that they need not all be in memory."""
    head = orjson.dumps(header)
    out.write(_LENGTH.pack(len(head)) + head)
    for blob in blobs:
        out.write(_LENGTH.pack(len(blob)))
        out.write(blob)
    out.write(_END)
    out.flush()


def receive(source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The next message.

    Raises: EOFError if the other side is gone.
    """
    parts = list(_parts(source))
    return orjson.loads(parts[0]), parts[1:]


def _parts(source: IO[bytes]) -> Iterator[bytes]:
    while (length := _exactly(source, _LENGTH.size)) != _END:
        yield _exactly(source, _LENGTH.unpack(length)[0])


def _exactly(source: IO[bytes], size: int) -> bytes:
    content = source.read(size)
    if len(content) != size:
        raise EOFError
    return content
