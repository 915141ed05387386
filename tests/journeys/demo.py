"""A server of its own for a test run: a process that starts the demo, and all that share it."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 240
LOG = "demo.log"


def join(folder: Path) -> None:
    """One more process needs the demo; the first starts it, and nobody waits for it here."""
    folder.mkdir(exist_ok=True)
    with alone(folder):
        state = read_state(folder) or started(folder)
        write_state(folder, {**state, "users": state["users"] + 1})


def leave(folder: Path) -> None:
    """The last process that needed the demo ends it."""
    with alone(folder):
        state = read_state(folder)
        write_state(folder, {**state, "users": state["users"] - 1})
        if state["users"] == 1:
            stop(state["pid"])
            shutil.rmtree(state["data"], ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)


def address_in(folder: Path) -> str:
    """Where the demo answers, once it does."""
    state = read_state(folder)
    wait_for(state["address"], pid=state["pid"], log=folder / LOG)
    return str(state["address"])


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time; the others wait."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_state(folder: Path) -> dict[str, Any]:
    file = folder / "state.json"
    return json.loads(file.read_text()) if file.exists() else {}


def write_state(folder: Path, state: dict[str, Any]) -> None:
    (folder / "state.json").write_text(json.dumps(state))


def started(folder: Path) -> dict[str, Any]:
    """Starts the demo in a session of its own, so that it outlives the process that needed it first."""
    port, data = free_port(), new_data_folder()
    command = [sys.executable, "-m", "dreiklang.config.cli", "demo", "--port", str(port), "--data", data]
    with (folder / LOG).open("wb") as output:
        server = subprocess.Popen(
            command, cwd=REPOSITORY, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    return {"address": f"http://localhost:{port}", "pid": server.pid, "data": data, "users": 0}


def new_data_folder() -> str:
    """A folder for a server's data. Not below pytest's own: as root the database runs as somebody else, who may not go in there."""
    folder = tempfile.mkdtemp(prefix="dreiklang-")
    os.rmdir(folder)
    return folder


def stop(pid: int) -> None:
    """Ends the demo as Ctrl-C would, with the database it started."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        for _ in range(300):
            if has_ended(pid):
                return
            time.sleep(0.1)
        os.killpg(pid, signal.SIGKILL)


def has_ended(pid: int) -> bool:
    """Whether that server is gone; the process that started it must take leave of it, too."""
    with suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG) != (0, 0)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(address: str, *, pid: int, log: Path) -> None:
    """Until the first page answers; a server that ended says why."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address + "/impressum/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
        if has_ended(pid):
            pytest.fail(f"Die Vorführung ist nicht gestartet:\n{log.read_text(errors='replace')[-4000:]}")
    pytest.fail(f"Die Vorführung antwortet nicht:\n{log.read_text(errors='replace')[-4000:]}")
