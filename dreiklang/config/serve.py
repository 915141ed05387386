"""The web server and the worker beside it, in one process tree that ends with one Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from dreiklang.config.worker import spare_the_collector, work

logger = logging.getLogger(__name__)

TARGET = "dreiklang.config.wsgi:application"
ANSWER_SECONDS = 60.0
# Python runs one thread at a time; more of them only hold more database connections.
THREADS = min(8, 2 * (os.cpu_count() or 1))
WAITING = 256


class Worker:
    """Carries out jobs in a thread of this process (docs/adr/0002)."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._main, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends after the job at hand, or after a second: what was cut off is taken up at the next start."""
        if self._loop and self._task:
            self._loop.call_soon_threadsafe(self._task.cancel)
            self._thread.join(timeout=1)

    def _main(self) -> None:
        # Cancelled is how `stop` ends it.
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._work())

    async def _work(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        spare_the_collector()
        await work(grace=1)


def run_server(*, host: str, port: int, when_ready: Callable[[], None]) -> None:
    """Serves until it is told to stop by SIGINT or SIGTERM; calls `when_ready` once pages can be had."""
    # The web process is forked from this one and must not share its connection.
    connections.close_all()
    worker = Worker()
    server = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backpressure=WAITING,
        workers_kill_timeout=1,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )

    def announce() -> None:
        if _answers(host=host, port=port):
            when_ready()
            # Only now: a thread that runs while the web process is forked could leave it a held lock.
            worker.start()

    server.on_startup(lambda: threading.Thread(target=announce, daemon=True).start())
    try:
        server.serve()
    finally:
        worker.stop()


def _answers(*, host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    end = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection((reachable, port), timeout=30) as connection:
                connection.sendall(f"HEAD / HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
                if connection.recv(1):
                    return True
        except OSError:
            pass
        time.sleep(0.05)
    logger.error("The web server does not answer on %s port %s.", host, port)
    return False
