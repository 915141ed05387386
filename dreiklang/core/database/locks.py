"""File locks that the operating system releases by itself when their holder dies, kill -9 included."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def open_lock(path: Path) -> int:
    """An open descriptor for a lock file; a child process does not inherit it."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Takes the lock if that is possible at once."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(descriptor: int, *, shared: bool = False, seconds: float) -> bool:
    """Takes the lock as soon as it is free; False if it is not within that time."""
    end = time.monotonic() + seconds
    while not try_lock(descriptor, shared=shared):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def is_held(path: Path) -> bool:
    """Whether some process holds the lock right now."""
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path, *, seconds: float) -> Iterator[bool]:
    """Holds the lock for the block; yields False if it was not to be had within that time."""
    descriptor = open_lock(path)
    try:
        yield wait_for_lock(descriptor, seconds=seconds)
    finally:
        os.close(descriptor)
