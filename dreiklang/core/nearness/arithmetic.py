"""The numbers behind a comparison. Runs in the child only: the one module that knows numpy."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dreiklang.core.nearness.grams import PLACES

Floats = Any  # numpy arrays of float32

WIDTH = 512
# A draft says what it is about in a few passages; the rest is procedure. Fewer are chance, all are mush.
TOP_PASSAGES = 5
TITLE_SHARE = 0.5
# The title's words count as if they stood in the text three more times.
TITLE_TIMES = 3
_SHOWN = 3


def document_vectors(vectors: Floats, *, lead: int) -> Floats:
    """Three vectors of a document: its title, the mean of its lead, the mean of everything after the title.

    `vectors`: title, lead passages, body passages. Where a part is missing, the next wider one stands in for it.
    """
    rest = vectors[1:] if len(vectors) > 1 else vectors[:1]
    opening = rest[:lead] if lead else rest
    return np.stack([vectors[0], opening.mean(0), rest.mean(0)])


def likeness(draft: Floats, documents: Sequence[Floats], *, centre: Floats) -> Floats:
    """Cosine of the draft to each document, each as the sum of its three vectors above the centre."""
    if not documents:
        return np.zeros(0, dtype=np.float32)
    return np.stack([_direction(d, centre) for d in documents]) @ _direction(draft, centre)


def nearness(
    passages: Floats, facets: Floats, starts: Floats, *, centre: Floats, has_title: bool
) -> tuple[Floats, Floats]:
    """How near each target is, and its three best passages.

    `passages`: the title first if there is one; `facets`: the vectors of all targets in one array, `starts` where
    each target begins. A target is as near to a passage as the nearest of its facets. What texts of this city
    are near to anyway (the centre) is taken off, else a few general targets would win everywhere.
    """
    sims = passages @ facets.T - facets @ centre
    best = np.maximum.reduceat(sims, starts, axis=1)
    body = best[1:] if has_title and len(best) > 1 else best
    top = min(TOP_PASSAGES, len(body))
    # Only the best few are put in order; of equal ones the earlier passage comes first.
    order = np.sort(np.argpartition(body, len(body) - top, axis=0)[len(body) - top :], axis=0)
    values = np.take_along_axis(body, order, axis=0)
    score = values.mean(0)
    if has_title:
        score = (score + TITLE_SHARE * best[0]) / (1 + TITLE_SHARE)
    ranks = np.argsort(-values, axis=0, kind="stable")[:_SHOWN]
    return score, np.take_along_axis(order, ranks, axis=0).T


def rarity(counted: Sequence[Floats]) -> Floats:
    """For each place of runs the logarithm of how rare it is among the texts; unseen runs are the rarest."""
    seen = np.bincount(_joined(counted) & (PLACES - 1), minlength=PLACES)
    return np.maximum(np.log((len(counted) + 1) / (seen + 0.5)), 0).astype(np.float32)


def wording(draft: Floats, targets: Sequence[Floats], *, rare: Floats) -> Floats:
    """Cosine of the weighted runs of the draft and of each target, 0..1."""
    weights = np.zeros(PLACES, dtype=np.float32)
    places, values = _weighed(draft, rare)
    weights[places] = values
    norm = float(np.linalg.norm(values)) or 1.0
    # All targets at once: which run belongs to which target is told by its number.
    owner = np.repeat(np.arange(len(targets)), np.array([len(one) for one in targets], dtype=np.intp))
    places, values = _weighed(_joined(targets), rare)
    shared = np.bincount(owner, weights[places] * values, minlength=len(targets))
    own = np.sqrt(np.bincount(owner, values * values, minlength=len(targets)))
    return (shared / (norm * np.where(own > 0, own, 1))).astype(np.float32)


def _joined(counted: Sequence[Floats]) -> Floats:
    return np.concatenate([np.zeros(0, dtype=np.uint32), *counted])


def _weighed(runs: Floats, rare: Floats) -> tuple[Floats, Floats]:
    places = runs & (PLACES - 1)
    return places, (1 + np.log(np.maximum(runs >> 18, 1))).astype(np.float32) * rare[places]


def _direction(vectors: Floats, centre: Floats) -> Floats:
    above = vectors - centre
    lengths = np.linalg.norm(above, axis=1, keepdims=True)
    total = (above / np.where(lengths > 0, lengths, 1)).sum(0)
    return total / (float(np.linalg.norm(total)) or 1.0)
