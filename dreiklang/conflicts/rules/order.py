"""Order: one needs the other first, but the other is done too late. A kept order is nobody's concern, so no synergy."""

from typing import Any

from dreiklang.conflicts.rules.columns import OPEN_END, OPEN_START, Block, Columns, Pairs, day, keep
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.rounding import DAYS_OF_MONTH
from dreiklang.conflicts.rules.thresholds import Limits

# Done after the other should be finished itself; and the least, where two years are left.
TOO_LATE, LEAST = 0.85, 0.3


def pairs(columns: Columns, block: Block, limits: Limits) -> Pairs:
    """All pairs of the block where one needs the other."""
    one, other = columns.needs
    return keep((one, other), (one >= block.first) & (one < block.last))


def judged(columns: Columns, pairs: Pairs, limits: Limits) -> list[Finding]:
    """The findings among these pairs."""
    has_period = columns.has_period[pairs[0]] & columns.has_period[pairs[1]]
    pairs = keep(pairs, has_period & columns.strangers(pairs))
    findings = []
    for n, (one, other) in enumerate(zip(*pairs, strict=True)):
        found = [
            one_order
            for first, then in ((one, other), (other, one))
            if columns.claims[first].key in columns.claims[then].needs_first
            and (one_order := _late(columns, int(first), int(then), limits)) is not None
        ]
        if found:
            strength, facts = max(found, key=lambda each: each[0])
            if strength >= limits.least_told:
                findings.append(
                    Finding(Kind.ORDER, Sense.CONFLICT, columns.parties(pairs, n), strength, facts)
                )
    return findings


def _late(columns: Columns, first: int, then: int, limits: Limits) -> tuple[float, dict[str, Any]] | None:
    """Strength and facts where `first` is done too late for `then`."""
    ready, starts, ends = (
        int(columns.ends[first]),
        int(columns.starts[then]),
        int(columns.ends[then]),
    )
    # What never ends is there from its first day on.
    if ready == OPEN_END:
        ready = int(columns.starts[first])
    if ready <= starts or ready < columns.today or OPEN_START in (ready, starts):
        return None
    left = ends - ready
    span = limits.near_months * DAYS_OF_MONTH
    if left >= span:
        return None
    strength = TOO_LATE - (TOO_LATE - LEAST) * max(left, 0) / span
    return round(strength, 4), {
        "first": columns.claims[first].key,
        "then": columns.claims[then].key,
        "first_ends": day(ready),
        "then_starts": day(starts),
        "then_ends": day(ends),
        "days": ready - starts,
        "days_left": None if ends == OPEN_END else left,
    }
