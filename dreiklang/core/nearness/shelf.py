"""What the child keeps from one comparison to the next, so that only what is new has to be sent. Runs in the child only."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from dreiklang.core.nearness.arithmetic import WIDTH, Floats


class Shelf:
    """The profiles of the last comparison by name. A name stands for one content for ever."""

    def __init__(self) -> None:
        self._vectors: dict[str, Floats] = {}
        self._runs: dict[str, Floats] = {}
        self._stacked: tuple[tuple[str, ...], Floats, Floats] | None = None

    def lacking(self, names: Sequence[str]) -> list[str]:
        """Those that are not there, in their order. What is not named any more is forgotten."""
        for gone in self._vectors.keys() - set(names):
            del self._vectors[gone], self._runs[gone]
        return [name for name in names if name not in self._vectors]

    def put(self, names: Sequence[str], blobs: Sequence[bytes]) -> None:
        """Keep them; `blobs`: vectors and runs of each in turn. Raises: ValueError where some are missing."""
        for name, vectors, runs in zip(names, blobs[0::2], blobs[1::2], strict=True):
            own = np.frombuffer(vectors, dtype=np.float16).reshape(-1, WIDTH)
            self._vectors[name] = own.astype(np.float32)
            self._runs[name] = np.frombuffer(runs, dtype=np.uint32)

    def vectors(self, names: Sequence[str]) -> list[Floats]:
        """The vectors of each."""
        return [self._vectors[name] for name in names]

    def runs(self, names: Sequence[str]) -> list[Floats]:
        """The runs of characters of each."""
        return [self._runs[name] for name in names]

    def stacked(self, names: Sequence[str]) -> tuple[Floats, Floats]:
        """The vectors of all in one array, and where each begins; the end stands last."""
        wanted = tuple(names)
        if self._stacked is None or self._stacked[0] != wanted:
            rows = self.vectors(wanted)
            starts = np.cumsum([0, *map(len, rows)])
            whole = np.concatenate([np.zeros((0, WIDTH), dtype=np.float32), *rows])
            # Views from now on: the same numbers need not stand in memory twice.
            for name, (start, end) in zip(wanted, pairwise(starts.tolist()), strict=True):
                self._vectors[name] = whole[start:end]
            self._stacked = (wanted, whole, starts)
        return self._stacked[1:]
