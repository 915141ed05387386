"""One measurement of the radar in a process of its own: `python -m bench.radar_child memory|content COUNT`, JSON on stdout.

Both sides of the content case use one processor, so that threads that wait for each other do not decide.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.radar_city import TODAY, claims
from dreiklang.conflicts.rules import Limits, candidates, compare
from dreiklang.conflicts.rules import content as content_rule
from dreiklang.conflicts.rules.columns import Block, Columns

# Rows of the bare product at once.
ROWS = 2048
RUNS = 5
# Of a large city one tenth of the rows asks: its ratio is that of all, in a tenth of the time.
TENTH = 10


def memory(count: int) -> dict[str, float]:
    """The most memory (MB of 10⁶ bytes) a whole comparison takes, the claims included."""
    made = claims(count)
    before = _megabytes()
    found = compare(made, limits=Limits(), today=TODAY)
    listed = candidates(found, limits=Limits())
    return {"before": before, "most": _megabytes(), "found": len(found), "listed": len(listed)}


def content(count: int) -> dict[str, float]:
    """Seconds of the content comparison and of the bare product of the same rows, and the median of their ratios."""
    columns = Columns(claims(count, one_framework=True), today=TODAY)
    block = Block(0, count) if count <= 10_000 else Block(count // 2, count // 2 + count // TENTH)
    vectors, limits = columns.vectors, Limits()

    def ours() -> None:
        content_rule.judged(columns, content_rule.pairs(columns, block, limits), limits)

    def product() -> None:
        for start in range(block.first, block.last, ROWS):
            _ = vectors[start : min(start + ROWS, block.last)] @ vectors[start:].T

    runs = RUNS if count <= 10_000 else 1
    times = [(_timed(ours), _timed(product)) for _ in range(runs)]
    return {
        "ours": statistics.median(one for one, _ in times),
        "product": statistics.median(other for _, other in times),
        "ratio": statistics.median(one / other for one, other in times),
    }


def _timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _megabytes() -> float:
    """The most this program had at once. What `getrusage` tells begins with what its parent had when it started it."""
    status = Path("/proc/self/status").read_text()
    return float(re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[1]) * 1024 / 1e6  # type: ignore[index]  # it is there


if __name__ == "__main__":
    what = {"memory": memory, "content": content}[sys.argv[1]]
    print(json.dumps(what(int(sys.argv[2]))))
