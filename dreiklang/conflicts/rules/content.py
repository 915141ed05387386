"""Near-identical content: two say they will do the same."""

from collections.abc import Iterator

import numpy as np
import shapely

from dreiklang.conflicts.rules.columns import NO_PAIRS, Block, Columns, Pairs, keep
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import Column, any_of, numbers
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.thresholds import Limits

# So many rows at once: few enough to leave out most of what was asked already.
_ROWS = 512


def pairs(columns: Columns, block: Block, limits: Limits) -> Pairs:
    """All pairs of the block with near texts that act on a common goal; what has no goal yet is compared with all."""
    if not columns.is_read[block.first : block.last].any():
        return NO_PAIRS
    found = [
        # A block's product may be off in the last digits; `judged` decides.
        near(columns.vectors, asking, asked, limits.least_nearness - 1e-4)
        for asking, asked in _groups(columns, block)
    ]
    if not found:
        return NO_PAIRS
    one, other = (np.concatenate(side) for side in zip(*found, strict=True))
    codes = np.unique(np.minimum(one, other) * len(columns) + np.maximum(one, other))
    return codes // len(columns), codes % len(columns)


def judged(columns: Columns, pairs: Pairs, limits: Limits) -> list[Finding]:
    """The findings among these pairs."""
    pairs = keep(pairs, columns.is_open[pairs[0]] & columns.is_open[pairs[1]] & columns.strangers(pairs))
    pairs = keep(pairs, ~_is_elsewhere(columns, pairs))
    nearness = columns.nearness(pairs)
    strength = 0.5 + 0.5 * (nearness - limits.least_nearness) / max(1 - limits.least_nearness, 1e-9)
    same_lead = (columns.lead[pairs[0]] == columns.lead[pairs[1]]) & (columns.lead[pairs[0]] > 0)
    return [
        Finding(
            Kind.CONTENT,
            Sense.SYNERGY if same_lead[n] else Sense.CONFLICT,
            columns.parties(pairs, n),
            round(float(strength[n]), 4),
            {"nearness": round(float(nearness[n]), 2)},
        )
        for n in numbers((nearness >= limits.least_nearness) & (strength >= limits.least_told))
    ]


def near(vectors: Column, asking: Column, asked: Column, least: float) -> Pairs:
    """Rows of all pairs asking < asked with a cosine of at least `least`, by blocks of the product of all vectors."""
    if not len(asking):
        return asking, asking
    one, other = [], []
    beside = vectors[asked]
    for start in range(0, len(asking), _ROWS):
        rows = asking[start : start + _ROWS]
        # What stands before the first asking row was asked already.
        first = int(np.searchsorted(asked, rows[0] + 1))
        product = vectors[rows] @ beside[first:].T
        hits = np.flatnonzero(product.ravel() >= least)
        left, right = np.divmod(hits, max(product.shape[1], 1))
        one.append(rows[left])
        other.append(asked[first:][right])
    found = np.concatenate(one), np.concatenate(other)
    return keep(found, found[1] > found[0])


def _groups(columns: Columns, block: Block) -> Iterator[tuple[Column, Column]]:
    """(asking rows, asked rows) of each goal or indicator; those without any ask and are asked everywhere."""
    rows, names, _weights = columns.effects
    read = np.flatnonzero(columns.is_read)
    nowhere = read[~any_of(rows, len(columns))[read]]
    if len(nowhere):
        yield nowhere[_asks(nowhere, block)], read
        yield read[_asks(read, block)], nowhere
    members_of, starts = columns.acting
    first, last = np.searchsorted(rows, (block.first, block.last))
    # Only the goals somebody in the block acts on.
    for name in np.unique(names[first:last]):
        # A claim acts on a goal at most once, so its row stands here once.
        members = members_of[starts[name] : starts[name + 1]]
        members = members[columns.is_read[members]]
        yield members[_asks(members, block)], members


def _asks(rows: Column, block: Block) -> Column:
    found: Column = (rows >= block.first) & (rows < block.last)
    return found


def _is_elsewhere(columns: Columns, pairs: Pairs) -> Column:
    """Both have a place, or districts, and these are apart: the same kind of thing, once here and once there."""
    one, other = pairs
    placed = ~shapely.is_missing(columns.places[one]) & ~shapely.is_missing(columns.places[other])
    apart = np.zeros(len(one), dtype=bool)
    apart[placed] = ~shapely.intersects(columns.places[one[placed]], columns.places[other[placed]])
    named = (columns.area_counts[one] > 0) & (columns.area_counts[other] > 0)
    result: Column = apart | (named & (columns.shared_areas(pairs) == 0))
    return result
