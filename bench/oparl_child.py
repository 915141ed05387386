"""The child of `bench.oparl`: imports a folder twice in a process of its own, and tells times and memory."""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from dreiklang.papers.imports.oparl.run import sync  # noqa: E402 (only after the set-up)
from dreiklang.papers.models import OparlSource  # noqa: E402 (as above)


def main() -> None:
    source = OparlSource.objects.create(name="Bench", address=sys.argv[1])
    rest = _peak()
    seconds = []
    for _ in range(2):
        begin = time.perf_counter()
        run = sync(source=source)
        seconds.append(time.perf_counter() - begin)
    print(json.dumps({"seconds": seconds, "objects": run.row_count, "memory": _peak() - rest}))


def _peak() -> float:
    """The most memory this process ever held, in MB (10^6 bytes)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e6


if __name__ == "__main__":
    main()
