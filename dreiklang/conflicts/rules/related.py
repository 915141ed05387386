"""Related content side by side: two offices ask the same neighbours about like things, so they could ask together.

It is of the kind "content" and only ever a synergy. What is near-identical is told by `content`.
"""

import shapely

from dreiklang.conflicts.rules.columns import NO_PAIRS, Block, Columns, Pairs, keep
from dreiklang.conflicts.rules.effects_met import met
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import Column, numbers
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.sharing import meeting_boxes, time
from dreiklang.conflicts.rules.thresholds import Limits

# So much less near than what is near-identical.
LESS_NEAR = 0.2
# The same houses are asked.
NEXT_DOOR_M = 100.0
# Always below what is near-identical, which starts at a half.
SAYS = 0.5


def pairs(columns: Columns, block: Block, limits: Limits) -> Pairs:
    """All pairs of the block that lie next to each other; none while its texts are unread."""
    if not columns.is_read[block.first : block.last].any():
        return NO_PAIRS
    return meeting_boxes(columns, block, within=NEXT_DOOR_M)


def judged(columns: Columns, pairs: Pairs, limits: Limits) -> list[Finding]:
    """The findings among these pairs."""
    pairs = keep(pairs, _could_talk(columns, pairs, limits))
    pairs = keep(pairs, met(columns, pairs, limits).both_support)
    nearness = columns.nearness(pairs)
    is_like = (nearness >= limits.least_nearness - LESS_NEAR) & (nearness < limits.least_nearness)
    pairs, nearness = keep(pairs, is_like), nearness[is_like]
    distance = shapely.distance(columns.places[pairs[0]], columns.places[pairs[1]])
    strength = SAYS * nearness
    return [
        Finding(
            Kind.CONTENT,
            Sense.SYNERGY,
            columns.parties(pairs, n),
            round(float(strength[n]), 4),
            {"nearness": round(float(nearness[n]), 2), "distance_m": round(float(distance[n]))},
        )
        for n in numbers((distance <= NEXT_DOOR_M) & (strength >= limits.least_told))
    ]


def _could_talk(columns: Columns, pairs: Pairs, limits: Limits) -> Column:
    """Different leads, at sites, at the same time, not both under way already, and of both the text is known."""
    one, other = pairs
    are_read = columns.is_read[one] & columns.is_read[other]
    at_sites = (
        ~columns.is_quarter[one]
        & ~columns.is_quarter[other]
        & (columns.sizes[one] > 0)
        & (columns.sizes[other] > 0)
    )
    dated = columns.has_period[one] & columns.has_period[other]
    begun = columns.is_fixed[one] & columns.is_fixed[other]
    strangers = (columns.lead[one] != columns.lead[other]) & columns.strangers(pairs)
    together = time(columns, pairs).left >= limits.least_days
    result: Column = are_read & at_sites & dated & ~begun & strangers & together
    return result
