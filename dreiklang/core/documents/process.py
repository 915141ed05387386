"""A child process with limits: what opens files from outside, or is large, stays out of the web process."""

import signal
import subprocess
import sys
import tempfile
from typing import IO

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there.
    resource = None  # type: ignore[assignment]


class ChildStopped(Exception):
    """The child came to no result: `code` is too_slow, too_large (its memory) or stopped; `words` are its last."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(f"{code}: {words}" if words else code)
        self.code = code
        self.words = words


def run_child(module: str, *, content: bytes, seconds: int, arguments: tuple[str, ...] = ()) -> bytes:
    """What `python -m module` writes when it is given the content. Raises: ChildStopped."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as written,
        tempfile.TemporaryFile() as errors,
    ):
        given.write(content)
        given.seek(0)
        try:
            ended = subprocess.run(
                [sys.executable, "-m", module, *arguments],
                stdin=given,
                stdout=written,
                stderr=errors,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ChildStopped("too_slow") from error
        if ended.returncode != 0:
            raise _failure(errors, ended.returncode)
        written.seek(0)
        return written.read()


def limit_itself(*, seconds: int, memory: int) -> None:
    """Called first in the child: no more than this much time of the processor and memory in bytes."""
    if resource is None:
        return
    for kind, amount in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):
            continue  # macOS refuses to limit the address space; a lower limit may already be set


def _failure(errors: IO[bytes], code: int) -> ChildStopped:
    errors.seek(0)
    lines = errors.read(1024 * 1024).decode(errors="replace").strip().splitlines()
    last = lines[-1] if lines else f"exit {code}"
    if code == -signal.SIGXCPU:
        return ChildStopped("too_slow", last)
    if any("MemoryError" in line or "memory allocation" in line for line in lines[-5:]):
        return ChildStopped("too_large", last)
    return ChildStopped("stopped", last)
