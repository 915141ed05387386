"""The memory of the web process, started as users start it, before its first chart and after a thousand pages."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bench.city.frame import COORDINATOR, LEAD
from bench.city.measures import number_of
from bench.databases import REPOSITORY, Databases
from bench.harness import Line
from bench.pages import client_of

MEASURES = 1000
MOST_BEFORE, MOST_AFTER = 180, 250
REQUESTS = 1000
START_SECONDS = 120
CHART_PAGE = "/ui/gallerie/"
PUBLIC_PAGES = (
    "/",
    "/massnahmen/",
    "/massnahmen/?aufgabe=3",
    "/zukunftsaufgaben/3/",
    "/ziele/",
    "/ziele/1.2/",
    "/konzepte/",
    "/konzepte/FK-051/",
    "/stadtteile/05/",
    "/aemter/17/",
    "/neues/",
    "/suche/?q=Radschnellweg",
    "/prioritaeten/",
    "/api/v1/measures?limit=100",
)
OWN_PAGES = ("/arbeit/", "/arbeit/leitung/", "/arbeit/importe/", "/massnahmen/")


def cases(databases: Databases, *, data_dir: Path) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "memory", lambda: _lines(databases, data_dir)


def _lines(databases: Databases, data_dir: Path) -> list[Line]:
    city = databases.city(MEASURES)
    cookies = {email: _cookie(databases, city, email) for email in (COORDINATOR, LEAD)}
    with _served(databases.url(city), data_dir) as (port, main):
        for path in PUBLIC_PAGES:
            _get(port, path)
        worker = _worker(main)
        before = _megabytes(worker)
        for request in range(REQUESTS):
            path, email = _request(request)
            _get(port, path, cookie=cookies.get(email, ""))
        after = _megabytes(worker)
        starter = _megabytes(main)
    return [
        _line("memory before the first chart", before, MOST_BEFORE),
        _line(f"memory after {REQUESTS} pages with charts", after, MOST_AFTER),
        _line("memory of the process that starts it", starter, None),
    ]


def _request(number: int) -> tuple[str, str]:
    """The n-th of the mixed requests: mostly measures, then lists, a chart page in fifty, people at work."""
    if number % 50 == 0:
        return CHART_PAGE, COORDINATOR
    if number % 5 == 0:
        return OWN_PAGES[number // 5 % len(OWN_PAGES)], COORDINATOR
    if number % 7 == 0:
        return OWN_PAGES[0], LEAD
    if number % 2:
        return f"/massnahmen/{number_of(number % MEASURES)}/", COORDINATOR if number % 3 else ""
    return PUBLIC_PAGES[number // 2 % len(PUBLIC_PAGES)], ""


def _cookie(databases: Databases, city: str, email: str) -> str:
    client = client_of(databases, city, email=email)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _served(database_url: str, data_dir: Path) -> Iterator[tuple[int, int]]:
    """Port and process number of `dreiklang serve` on that database; ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dreiklang.config.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command,
        env=os.environ | {"DATABASE_URL": database_url, "DREIKLANG_DATA": str(data_dir)},
        cwd=REPOSITORY,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            _get(port, "/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the web server did not start")


def _get(port: int, path: str, *, cookie: str = "") -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": f"localhost:{port}", **({"Cookie": cookie} if cookie else {})}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    # Measures that went on in another one, and pages that are not this person's, lead elsewhere: no errors.
    assert answer.status < 400, f"{path}: {answer.status}"


def _worker(main: int) -> int:
    """The child that answers requests: the one of the main process's children that holds most memory."""
    tasks = Path(f"/proc/{main}/task").iterdir()
    children = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    return max(children, key=lambda pid: _megabytes(pid)["rss"])


def _megabytes(pid: int) -> dict[str, float]:
    """RSS, and PSS (shared pages by share), in MB (10^6 bytes)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return {"rss": sizes["Rss"] * 1024 / 1e6, "pss": sizes["Pss"] * 1024 / 1e6}


def _line(name: str, size: dict[str, float], bound: float | None) -> Line:
    return Line(name, f"{size['rss']:.0f} MB", f"{size['pss']:.0f} MB PSS", size["rss"], bound, unit="MB")
