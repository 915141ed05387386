"""The keeper: starts the server as its direct child and stops it when its last user is gone.

A process of its own, because whoever starts the server first need not be who needs it last, and because
nobody can clean up after a kill -9 of himself. Users hold a shared lock; the operating system releases it
however they end. The keeper waits for the exclusive lock, then shuts the server down.

Runs alone with the standard library: ``python -I -S keeper.py '{"users": …}'``.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

FAST_SHUTDOWN = signal.SIGINT


def main(argument: str) -> None:
    """Keeps the server described by the JSON text until it is needed no more."""
    order: dict[str, Any] = json.loads(argument)
    keeper = os.open(order["keeper_lock"], os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(keeper, fcntl.LOCK_EX)
    child = start(order) if order["command"] else None
    threading.Thread(target=leave_with_server, args=(child, order["server_lock"]), daemon=True).start()

    users = os.open(order["users_lock"], os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(users, fcntl.LOCK_EX)
    stop(child, order)


def start(order: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Starts the server. It inherits the server lock, which so stays held as long as any process of it lives."""
    lock = os.open(order["server_lock"], os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    account = order["account"]
    identity: dict[str, Any] = (
        {"user": account["uid"], "group": account["gid"], "extra_groups": []} if account else {}
    )
    with open(order["log"], "ab") as log:
        child = subprocess.Popen(
            order["command"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            umask=0o077,
            env=order["environment"],
            pass_fds=(lock,),
            **identity,
        )
    os.close(lock)
    return child


def leave_with_server(child: subprocess.Popen[bytes] | None, server_lock: str) -> None:
    """Ends the keeper when the server ends on its own."""
    if child:
        child.wait()
    else:
        fcntl.flock(os.open(server_lock, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX)
    os._exit(0)


def stop(child: subprocess.Popen[bytes] | None, order: dict[str, Any]) -> None:
    """Shuts the server down and waits until all its processes are gone."""
    first_line = Path(order["pid_file"]).read_text().split("\n", 1)[0] if child is None else str(child.pid)
    os.kill(int(first_line), FAST_SHUTDOWN)
    # The watching thread ends this process as soon as the server is gone.
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
