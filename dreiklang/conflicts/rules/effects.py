"""Opposed effects: one supports what the other hinders, and they meet in place, district or subject."""

import numpy as np

from dreiklang.conflicts.rules.columns import Block, Columns, Pairs, keep
from dreiklang.conflicts.rules.effects_met import met
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import Column, numbers, pairs_of_equal
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.sharing import ground
from dreiklang.conflicts.rules.thresholds import Limits

# The same districts say less than the same ground.
DISTRICTS_SAY = 0.3
# Nearness of texts lies mostly between 0 and 0.6.
WORDS_SAY = 1.5
# Neither can easily be changed any more.
SETTLED = 0.5


def pairs(columns: Columns, block: Block, limits: Limits) -> Pairs:
    """All pairs of the block with one goal or indicator that one supports and the other hinders."""
    rows, names, weights = columns.effects
    heavy = np.abs(weights) >= limits.least_effect_weight
    rows, names, is_gain = rows[heavy], names[heavy], weights[heavy] > 0
    asks = (rows >= block.first) & (rows < block.last)
    # What is rare asks: far fewer hinder than support.
    found = [_opposed(rows, names, asks & gains, ~gains) for gains in (is_gain, ~is_gain)]
    one, other = (np.concatenate(side) for side in zip(*found, strict=True))
    codes = np.unique((one * len(columns) + other)[other > one])
    return codes // max(len(columns), 1), codes % max(len(columns), 1)


def judged(columns: Columns, pairs: Pairs, limits: Limits) -> list[Finding]:
    """The findings among these pairs."""
    pairs = keep(pairs, columns.is_open[pairs[0]] & columns.is_open[pairs[1]] & columns.strangers(pairs))
    districts, words = columns.shared_areas(pairs), np.clip(columns.nearness(pairs) * WORDS_SAY, 0, 1)
    can_meet = _can_meet(columns, pairs, districts, words)
    pairs, districts, words = keep(pairs, can_meet), districts[can_meet], words[can_meet]
    found, effects = ground(columns, pairs), met(columns, pairs, limits)
    closeness = 1 - (1 - found.closeness) * (1 - DISTRICTS_SAY * districts) * (1 - words)
    strength = effects.weight * closeness * np.where(_is_settled(columns, pairs), SETTLED, 1)
    return [
        Finding(
            Kind.EFFECT,
            Sense.CONFLICT,
            columns.parties(pairs, n),
            round(float(strength[n]), 4),
            {
                "on": [
                    each for each in effects.facts(n)["on"] if min(each["weights"]) < 0 < max(each["weights"])
                ],
                "area_m2": round(float(found.area[n])),
                "share": round(float(found.share[n]), 3),
                "districts": round(float(districts[n]), 2),
            },
        )
        for n in numbers(effects.is_opposed & (strength >= limits.least_told))
    ]


def _opposed(rows: Column, names: Column, left: Column, right: Column) -> Pairs:
    one, other = pairs_of_equal(names[left], names[right])
    return rows[left][one], rows[right][other]


def _can_meet(columns: Columns, pairs: Pairs, districts: Column, words: Column) -> Column:
    """They share a district, or one of them is about the whole city and the texts are near."""
    one, other = pairs
    anywhere = (columns.area_counts[one] == 0) | (columns.area_counts[other] == 0)
    result: Column = (districts > 0) | (anywhere & (words > 0))
    return result


def _is_settled(columns: Columns, pairs: Pairs) -> Column:
    one, other = pairs
    result: Column = columns.is_fixed[one] & columns.is_fixed[other]
    return result
