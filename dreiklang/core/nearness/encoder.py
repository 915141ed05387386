"""Asks the child process that holds the encoder. It is started when first needed and ended after ten idle minutes.

One question at a time: a second one waits. A child that fell over or took too long is ended, the question refused,
and the next question starts a new one.
"""

import atexit
import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any, Protocol, TypeVar

from dreiklang.core.nearness import frames
from dreiklang.core.nearness.records import Compared, Profile, Text

_CHILD = (sys.executable, "-m", "dreiklang.core.nearness.child")
# A whole document takes a second, a batch of many texts half a minute on a small machine.
SECONDS = 300.0
IDLE_SECONDS = 600.0


T = TypeVar("T")


class Ask(Protocol):
    """Sends a question with its blobs, and gives the answer with its own."""

    def __call__(
        self, header: dict[str, Any], blobs: Iterable[bytes] = ()
    ) -> tuple[dict[str, Any], list[bytes]]: ...


class CannotCompare(Exception):
    """The child gave no answer: `too_slow` or `broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Child:
    """The warm child of this process, or none."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None

    def talk(self, about: Callable[[Ask], T]) -> T:
        """Carry out a talk of one or more questions; nobody else's question comes in between."""
        with self._lock:
            if self._idle:
                self._idle.cancel()
            process = self._running()
            is_late = threading.Event()
            watch = threading.Timer(SECONDS, _end_late, (process, is_late))
            watch.start()
            try:
                return about(lambda header, blobs=(): _asked(process, header, blobs))
            except (OSError, EOFError) as error:
                self._end()
                raise CannotCompare("too_slow" if is_late.is_set() else "broken") from error
            except BaseException:
                # Half a question may stand in the pipe: the next one needs a new child.
                self._end()
                raise
            finally:
                watch.cancel()
                self._end_when_idle()

    def rest(self) -> None:
        with self._lock:
            self._end()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                _CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(
                    OSError
                ):  # the other side is gone, and with it what was not yet sent
                    pipe.close()

    def _end_when_idle(self) -> None:
        self._idle = threading.Timer(IDLE_SECONDS, self.rest)
        self._idle.daemon = True
        self._idle.start()


_child = _Child()
atexit.register(_child.rest)


def describe(*, texts: Sequence[Text], as_documents: bool = False) -> list[Profile]:
    """What is to be kept of each text, in their order.

    A target keeps a vector for each part; a document (`as_documents`) three: title, lead, whole.
    Raises: CannotCompare if the child breaks off.
    """
    if not texts:
        return []
    header = {"what": "describe", "as_documents": as_documents, "texts": [asdict(t) for t in texts]}
    _answer, blobs = _child.talk(lambda ask: ask(header))
    return [Profile(vectors=v, grams=g) for v, g in zip(blobs[0::2], blobs[1::2], strict=True)]


def compare(
    *,
    draft: Text,
    documents: Sequence[str],
    targets: Sequence[str],
    aside: Collection[str] = (),
    profiles: Callable[[Sequence[str]], Iterable[Profile]],
) -> Compared:
    """How near the draft is to each target and how like each document, all known by name.

    The documents are also what the city's texts are like in general: they set the centre, and with the targets what
    wording is rare; targets `aside` have no say in that: the others are ranked as if these were not there. A name
    stands for one content for ever, as it holds the text's fingerprint: what the child has from the last time need
    not come again. `profiles` gives those it lacks, in the order asked, one by one if it likes.
    Raises: CannotCompare if the child breaks off.
    """

    def talk(ask: Ask) -> dict[str, Any]:
        lacking = ask({"what": "lacking", "names": [*documents, *targets]})[0]["names"]
        header = {
            "what": "compare",
            "draft": asdict(draft),
            "documents": list(documents),
            "targets": list(targets),
            "aside": list(aside),
            "brought": lacking,
        }
        return ask(header, _blobs_of(profiles(lacking) if lacking else ()))[0]

    answer = _child.talk(talk)
    return Compared(
        near=tuple(answer["near"]),
        words=tuple(answer["words"]),
        passages=tuple(tuple(best) for best in answer["passages"]),
        alike=tuple(answer["alike"]),
    )


def rest() -> None:
    """End the child now; the next question starts a new one."""
    _child.rest()


def _blobs_of(profiles: Iterable[Profile]) -> Iterable[bytes]:
    for profile in profiles:
        yield profile.vectors
        yield profile.grams


def _asked(
    process: "subprocess.Popen[bytes]", header: dict[str, Any], blobs: Iterable[bytes]
) -> tuple[dict[str, Any], list[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    frames.send(process.stdin, header, blobs)
    return frames.receive(process.stdout)


def _end_late(process: "subprocess.Popen[bytes]", is_late: threading.Event) -> None:
    is_late.set()
    process.kill()
