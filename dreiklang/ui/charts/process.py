"""Starts the drawing process when it is needed and talks to it, one picture at a time."""

import atexit
import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
DEADLINE_SECONDS = 30


class NotDrawn(Exception):
    """The picture could not be drawn; the text says why."""


@dataclass
class Drawer:
    """One child process, started at the first picture and again after it ended."""

    command: tuple[str, ...] = (sys.executable, "-m", "dreiklang.ui.charts.worker")
    deadline: float = DEADLINE_SECONDS
    _child: subprocess.Popen[str] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def svg(self, spec: dict[str, Any]) -> str:
        """The raw SVG of a specification.

        Raises: NotDrawn if the engine is missing, refuses the specification, or takes too long.
        """
        line = json.dumps(spec, ensure_ascii=True)
        with self._lock:
            was_running = self._child is not None and self._child.poll() is None
            reply = self._ask(line)
            if not reply:
                self.stop()
                if was_running:  # it ended from idleness just as we asked
                    reply = self._ask(line)
        if not reply:
            raise NotDrawn("the drawing process ended without an answer")
        found = json.loads(reply)
        if "error" in found:
            raise NotDrawn(found["error"])
        return str(found["svg"])

    def _ask(self, line: str) -> str:
        child = self._running()
        if child.stdin is None or child.stdout is None:
            raise NotDrawn("the drawing process has no pipes")
        limit = threading.Timer(self.deadline, child.kill)
        limit.start()
        try:
            child.stdin.write(line + "\n")
            child.stdin.flush()
            return child.stdout.readline()
        except BrokenPipeError:
            return ""
        finally:
            limit.cancel()

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self.stop()
            self._child = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                cwd=ROOT,
            )
        return self._child

    def stop(self) -> None:
        """Ends the child, if there is one."""
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what was still to be written is of no use to a process that ended
        child.terminate()
        child.wait()


DRAWER = Drawer()
atexit.register(DRAWER.stop)
