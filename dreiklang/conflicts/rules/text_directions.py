"""The direction of a text around what all texts of the city are near to anyway. See docs/rules/conflicts.md."""

from collections.abc import Sequence
from typing import Any

import numpy as np

WIDTH = 512
Floats = Any  # numpy arrays of float32


def facets(vectors: bytes) -> Floats:
    """The vectors of a kept profile: its title first, then its passages."""
    return np.frombuffer(vectors, dtype=np.float16).reshape(-1, WIDTH).astype(np.float32)


def middle(vectors: bytes) -> Floats:
    """What the text says on the whole: its title, and the mean of the rest, in equal parts."""
    title, rest = _parts(vectors)
    return (title + rest) / 2


def centre_of(texts: Sequence[bytes]) -> Floats:
    """The mean of all texts; zeros where there are none."""
    if not texts:
        return np.zeros(WIDTH, dtype=np.float32)
    return np.stack([middle(one) for one in texts]).mean(0)


def direction(vectors: bytes, *, centre: Floats) -> Floats:
    """Of length 1: title and content above the centre, each with the same say. Zeros for an empty profile."""
    if not vectors:
        return np.zeros(WIDTH, dtype=np.float32)
    above = np.stack(_parts(vectors)) - centre
    lengths = np.linalg.norm(above, axis=1, keepdims=True)
    total = (above / np.where(lengths > 0, lengths, 1)).sum(0)
    return (total / (float(np.linalg.norm(total)) or 1.0)).astype(np.float32)


def _parts(vectors: bytes) -> tuple[Floats, Floats]:
    found = facets(vectors)
    return found[0], (found[1:] if len(found) > 1 else found[:1]).mean(0)
