"""The direction of a text around what all texts of the city are near to anyway. See docs/rules/conflicts.md."""

from collections.abc import Sequence
from typing import Any

import numpy as np

WIDTH = 512
TITLE_SHARE = 0.25
Floats = Any  # numpy arrays of float32


def facets(vectors: bytes) -> Floats:
    """The vectors of a kept profile: its title first, then its passages."""
    return np.frombuffer(vectors, dtype=np.float16).reshape(-1, WIDTH).astype(np.float32)


def middle(vectors: bytes) -> Floats:
    """What the text says on the whole: a quarter its title, the rest the mean of its passages.

    Titles alike ("Haushalt …") do not yet make contents alike: see the worked numbers.
    """
    title, rest = _parts(vectors)
    return TITLE_SHARE * title + (1 - TITLE_SHARE) * rest


def centre_of(texts: Sequence[bytes]) -> Floats:
    """The mean of all texts; zeros where there are none."""
    if not texts:
        return np.zeros(WIDTH, dtype=np.float32)
    return np.stack([middle(one) for one in texts]).mean(0)


def direction(vectors: bytes, *, centre: Floats) -> Floats:
    """Of length 1: what the text says above the centre. Zeros for an empty profile."""
    if not vectors:
        return np.zeros(WIDTH, dtype=np.float32)
    above = middle(vectors) - centre
    return (above / (float(np.linalg.norm(above)) or 1.0)).astype(np.float32)


def _parts(vectors: bytes) -> tuple[Floats, Floats]:
    found = facets(vectors)
    return found[0], (found[1:] if len(found) > 1 else found[:1]).mean(0)
