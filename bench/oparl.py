"""Council data of a real city: objects a second, the second time, and memory however many papers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.databases import REPOSITORY, Databases
from bench.harness import Line

FOLDER = REPOSITORY.parent / "shared" / "data" / "oparl" / "karlsruhe"
CITY = 500
LEAST_A_SECOND = 300
MOST_AGAIN = 0.15
MOST_MEMORY = 150
# The memory is measured with the same papers many times over, under other ids.
TIMES = 5


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    if FOLDER.exists():
        yield "council data", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    with databases.copy_of(databases.city(CITY)) as city:
        once = _measured(FOLDER, databases.url(city))
    with tempfile.TemporaryDirectory() as folder, databases.copy_of(databases.city(CITY)) as city:
        many = _measured(_multiplied(Path(folder)), databases.url(city))
    first, again = once["seconds"]
    speed = once["objects"] / first
    return [
        # The bound is on the time of 1,000 objects, since lines are bounded from above.
        Line(
            "council data: 1,000 objects",
            f"{1000 / speed:.2f} s",
            f"{speed:.0f} objects a second",
            1000 / speed,
            1000 / LEAST_A_SECOND,
            unit="s",
        ),
        Line(
            "council data: a second time", f"{again:.2f} s", f"{first:.2f} s first", again / first, MOST_AGAIN
        ),
        Line(
            f"council data: memory at {many['objects']:,} objects",
            f"{many['memory']:.0f} MB",
            f"{once['memory']:.0f} MB at {once['objects']:,}",
            many["memory"],
            MOST_MEMORY,
            unit="MB",
        ),
    ]


def _measured(folder: Path, address: str) -> dict[str, float]:
    """Two imports in a process of their own: seconds of each, objects, and MB above rest at the most."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.oparl_child", str(folder)],
        env=os.environ | {"DATABASE_URL": address},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _multiplied(target: Path) -> Path:
    """The same data TIMES over, each copy under ids of its own."""
    for file in FOLDER.iterdir():
        content = file.read_text(encoding="utf-8")
        for number in range(TIMES):
            name = f"{file.stem}-{number}{file.suffix}"
            copied = content.replace("karlsruhe.de/oparl", f"karlsruhe{number}.de/oparl")
            (target / name).write_text(copied, encoding="utf-8")
    return target
