"""Same place and time: works that get in each other's way, or one excavation instead of two.

docs/rules/conflicts.md says why a pair is a conflict or a synergy, and how strength comes about.
"""

import numpy as np

from dreiklang.conflicts.rules.columns import STRIP_WIDTH_M, Block, Columns, Pairs, day, keep
from dreiklang.conflicts.rules.effects_met import Met, met
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import Column, numbers
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.rounding import DAYS_OF_MONTH
from dreiklang.conflicts.rules.sharing import Ground, Time, at_most, ground, is_sliver, meeting_boxes, time
from dreiklang.conflicts.rules.thresholds import Limits

# A shared time of half a year or more says all that a shared time can say.
LONG_DAYS = 180
# Long and narrow: about seven times as long as wide, or more.
STRIP_ROUNDNESS = 0.4
# Who only comes after the other has half as much reason to talk as who works beside them.
AFTERWARDS = 0.5
# Nobody can tell whether it is good or bad.
UNCLEAR = 0.6
# Of a house or a stop as large as this half is known: a point has no size of its own.
KNOWN_M2 = 1000.0


def pairs(columns: Columns, block: Block, limits: Limits) -> Pairs:
    """All pairs of the block that could be found: bounding boxes touch."""
    return meeting_boxes(columns, block)


def judged(columns: Columns, pairs: Pairs, limits: Limits) -> list[Finding]:
    """The findings among these pairs. What costs most comes last: the exact shared area."""
    pairs = keep(pairs, _can_act(columns, pairs))
    when = time(columns, pairs)
    could_be = _is_in_time(when, limits) & _is_worth_it(columns, pairs, when, limits)
    pairs, when = keep(pairs, could_be), when.of(could_be)
    if not len(pairs[0]):
        return []
    found = ground(columns, pairs)
    is_real = ~is_sliver(found, limits)
    pairs, found, when = keep(pairs, is_real), found.of(is_real), when.of(is_real)
    effects = met(columns, pairs, limits)
    is_dug = ~columns.is_quarter[pairs[0]] & ~columns.is_quarter[pairs[1]] & _is_strip(found)
    sense = _sense(is_dug, when, effects)
    strength = (
        found.closeness * _known(found) * _timely(when, limits) * np.where(sense == _UNCLEAR, UNCLEAR, 1)
    )
    told = numbers((sense != _NOTHING) & (strength >= limits.least_told))
    return [
        Finding(
            Kind.PLACE_AND_TIME,
            Sense.SYNERGY if sense[n] == _SYNERGY else Sense.CONFLICT,
            columns.parties(pairs, n),
            round(float(strength[n]), 4),
            _facts(found, when, n) | acts,
        )
        for n, acts in zip(told, effects.facts(told), strict=True)
    ]


_NOTHING, _UNCLEAR, _CONFLICT, _SYNERGY = range(4)


def _can_act(columns: Columns, pairs: Pairs) -> Column:
    """Kin agree anyway; what lasts or is over, and two that both run already, nobody can move."""
    one, other = pairs
    lasts = columns.is_lasting[one] | columns.is_lasting[other]
    runs = columns.is_fixed[one] & columns.is_fixed[other]
    dated = (
        columns.has_period[one] & columns.has_period[other] & columns.is_open[one] & columns.is_open[other]
    )
    result: Column = dated & ~lasts & ~runs & columns.strangers(pairs)
    return result


def _is_in_time(when: Time, limits: Limits) -> Column:
    is_together = when.left >= limits.least_days
    is_after = (when.gap > 0) & (when.gap <= limits.near_months * DAYS_OF_MONTH)
    result: Column = is_together | is_after
    return result


def _is_worth_it(columns: Columns, pairs: Pairs, when: Time, limits: Limits) -> Column:
    """Whether the pair could be told at all if it shared as much as its boxes allow. A hair more, for rounding."""
    most = at_most(columns, pairs)
    could = most.closeness * _known(most) * _timely(when, limits)
    result: Column = (most.area > 0) & (could * (1 + 1e-6) >= limits.least_told)
    return result


def _is_strip(found: Ground) -> Column:
    result: Column = (found.roundness <= STRIP_ROUNDNESS) & (found.width <= STRIP_WIDTH_M)
    return result


def _sense(is_dug: Column, when: Time, effects: Met) -> Column:
    """What each pair is to each other: nothing, unclear, conflict, synergy. `is_dug`: one trench could serve both."""
    clashes = effects.clashes & (when.gap == 0)
    helps = ~effects.clashes & (is_dug | effects.helps)
    unclear = np.where(when.gap > 0, _NOTHING, _UNCLEAR)
    return np.where(clashes, _CONFLICT, np.where(helps, _SYNERGY, unclear))


def _known(found: Ground) -> Column:
    return found.area / (found.area + KNOWN_M2)


def _timely(when: Time, limits: Limits) -> Column:
    together = np.sqrt(np.minimum(when.left / LONG_DAYS, 1.0))
    pause = 1 - when.gap / max(limits.near_months * DAYS_OF_MONTH, 1.0)
    return np.where(when.gap > 0, AFTERWARDS * pause, together)


def _facts(found: Ground, when: Time, n: int) -> dict[str, object]:
    facts: dict[str, object] = {
        "area_m2": round(float(found.area[n])),
        "share": round(float(found.share[n]), 3),
    }
    if when.gap[n]:
        return facts | {
            "gap_days": int(when.gap[n]),
            "from": day(int(when.end[n])),
            "to": day(int(when.start[n])),
        }
    start, end = day(int(when.start[n])), day(int(when.end[n]))
    return facts | {"from": start, "to": end, "days": int(when.days[n]) if start and end else None}
