"""Opposed effects: one supports what the other hinders, and they meet in place, district or subject."""

import numpy as np

from dreiklang.conflicts.rules.columns import NO_PAIRS, Block, Columns, Pairs, keep
from dreiklang.conflicts.rules.effects_met import met
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import Column, any_of, numbers, pairs_of_equal
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.sharing import ground, meeting_boxes
from dreiklang.conflicts.rules.thresholds import Limits

# The same districts say less than the same ground.
DISTRICTS_SAY = 0.3
# Nearness of texts lies mostly between 0 and 0.6.
WORDS_SAY = 1.5
# Neither can easily be changed any more.
SETTLED = 0.5


def pairs(columns: Columns, block: Block, limits: Limits) -> Pairs:
    """All pairs of the block that act against each other and share a district or are about the whole city.

    And all whose places touch: `judged` looks at what these act on.
    """
    # Rows before the block asked earlier, in blocks of their own.
    rows, names, weights = _from(block.first, *columns.effects)
    # Only what the block acts on can be opposed.
    is_asked = any_of(names[rows < block.last], len(columns.effect_names))
    heavy = is_asked[names] & (np.abs(weights) >= limits.least_effect_weight)
    rows, names, gains = rows[heavy], names[heavy], weights[heavy] > 0
    asks = (rows >= block.first) & (rows < block.last)
    anywhere = columns.area_counts[rows] == 0
    everybody = np.ones(len(rows), dtype=bool)
    found = [meeting_boxes(columns, block)]
    for side in (gains, ~gains):
        found.append(_in_a_district(columns, rows, names, (asks & side & ~anywhere, ~side & ~anywhere)))
        for one, other in ((anywhere, everybody), (~anywhere, anywhere)):
            found.append(_opposed(rows, names, asks & side & one, ~side & other))
    one, other = (np.concatenate(side) for side in zip(*found, strict=True))
    codes = np.unique((one * len(columns) + other)[other > one])
    return codes // max(len(columns), 1), codes % max(len(columns), 1)


def judged(columns: Columns, pairs: Pairs, limits: Limits) -> list[Finding]:
    """The findings among these pairs."""
    pairs = keep(pairs, columns.is_open[pairs[0]] & columns.is_open[pairs[1]] & columns.strangers(pairs))
    effects = met(columns, pairs, limits)
    # Which of them are left: what both act on is looked up once, for all.
    left = np.flatnonzero(effects.is_opposed)
    if not len(left):
        return []
    pairs = keep(pairs, left)
    districts, found = columns.shared_areas(pairs), ground(columns, pairs)
    can_meet = (districts > 0) | (found.area > 0) | _is_anywhere(columns, pairs)
    pairs, districts, found = keep(pairs, can_meet), districts[can_meet], found.of(can_meet)
    left = left[can_meet]
    words = np.clip(columns.nearness(pairs) * WORDS_SAY, 0, 1)
    closeness = 1 - (1 - found.closeness) * (1 - DISTRICTS_SAY * districts) * (1 - words)
    strength = effects.weight[left] * closeness * np.where(_is_settled(columns, pairs), SETTLED, 1)
    told = numbers(strength >= limits.least_told)
    return [
        Finding(
            Kind.EFFECT,
            Sense.CONFLICT,
            columns.parties(pairs, n),
            round(float(strength[n]), 4),
            {
                "on": [act for act in facts["on"] if min(act["weights"]) < 0 < max(act["weights"])],
                "area_m2": round(float(found.area[n])),
                "share": round(float(found.share[n]), 3),
                "districts": round(float(districts[n]), 2),
            },
        )
        for n, facts in zip(told, effects.facts(left[told].tolist()), strict=True)
    ]


def _in_a_district(columns: Columns, rows: Column, names: Column, sides: tuple[Column, Column]) -> Pairs:
    """Pairs of the two sides with the same goal in the same district."""
    if not all(side.any() for side in sides):
        return NO_PAIRS
    placed, areas = _from(int(rows[0]), *columns.areas)
    width = int(areas.max()) + 1 if len(areas) else 1
    keys, owners = [], []
    for side in sides:
        effect, entry = pairs_of_equal(rows[side], placed)
        keys.append(names[side][effect] * width + areas[entry])
        owners.append(rows[side][effect])
    one, other = pairs_of_equal(*keys)
    return owners[0][one], owners[1][other]


def _from(first: int, rows: Column, *others: Column) -> tuple[Column, ...]:
    """Columns in order of rows without what stands before that row."""
    start = np.searchsorted(rows, first)
    return rows[start:], *(one[start:] for one in others)


def _opposed(rows: Column, names: Column, left: Column, right: Column) -> Pairs:
    if not left.any() or not right.any():
        return NO_PAIRS
    one, other = pairs_of_equal(names[left], names[right])
    return rows[left][one], rows[right][other]


def _is_anywhere(columns: Columns, pairs: Pairs) -> Column:
    """One of them is about the whole city: it may meet the other anywhere, where their texts are near."""
    one, other = pairs
    result: Column = (columns.area_counts[one] == 0) | (columns.area_counts[other] == 0)
    return result


def _is_settled(columns: Columns, pairs: Pairs) -> Column:
    one, other = pairs
    result: Column = columns.is_fixed[one] & columns.is_fixed[other]
    return result
