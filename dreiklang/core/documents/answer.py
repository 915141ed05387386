"""What a reading child answers, and how: one JSON on standard output."""

import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import orjson

from .process import limit_itself


@dataclass
class Found:
    """What a reader found; `problem` and `notes` as in `DocumentText`."""

    text: str = ""
    pages: int | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)


def answer(read: Callable[[bytes, dict[str, int]], Found]) -> None:
    """Limits itself as ordered (the first argument), reads standard input, answers."""
    limits = orjson.loads(sys.argv[1])
    limit_itself(seconds=limits["seconds"], memory=limits["memory"])
    found = read(sys.stdin.buffer.read(), limits)
    if len(found.text) > limits["characters"]:
        found.text = found.text[: limits["characters"]]
        found.notes.append("cut_short")
    # A file may hold half of a character pair, which no JSON can; and a zero, which no database can.
    found.text = found.text.encode("utf-8", errors="replace").decode().replace("\x00", "")
    sys.stdout.buffer.write(orjson.dumps(asdict(found)))
