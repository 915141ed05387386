"""The child of `bench.dcat`: reads every page of our catalogue in a process of its own, and tells time and memory."""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from django.http import StreamingHttpResponse  # noqa: E402 (only after the set-up)
from django.test import Client  # noqa: E402 (as above)


def main() -> None:
    client = Client(SERVER_NAME="localhost")
    begin = time.perf_counter()
    pages, size = 0, 0
    following = f"/catalog.{sys.argv[1]}?page=1"
    while following:
        answer = client.get(following)
        assert isinstance(answer, StreamingHttpResponse), following
        size += sum(len(piece) for piece in answer)
        pages += 1
        following = f"/catalog.{sys.argv[1]}?page={pages + 1}" if 'rel="next"' in answer["Link"] else ""
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "pages": pages, "size": size, "memory": _peak()}))


def _peak() -> float:
    """The most memory this process ever held, in MB (10^6 bytes)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e6


if __name__ == "__main__":
    main()
