"""What a comparison finds: evidence as codes and numbers, a strength that only orders, a fingerprint of the facts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.rounding import rounded

# Where a candidate has so many parties that their keys grow longer than a column, their checksum names it.
LONGEST_KEY = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why claims should be looked at together.

    parties   keys of the claims, sorted; two, or more where they share money or an office
    strength  0..1, an order and no percentage; comparable within and across kinds (docs/rules/conflicts.md)
    facts     what it rests on, JSON only; days as "2027-04-01", null where that end is open, money as "1200.00":
              place_time {area_m2, share, from, to, days, on}, or with gap_days (the pause from..to) instead of days
              effect     {on, area_m2, share, districts}
              content    {nearness}; with distance_m where only related
              order      {first, then, first_ends, then_starts, then_ends, days, days_left}; `days` too late for the
                         start, `days_left` until the end, below 0 where it is over
              money      {source, year, wanted, available, unknown_count}; {sources, area_m2, share} where two programmes
                         exclude each other; {source, year, districts} for one application
              people     {office, from, to, wanted, available}; {office, area_m2} for one crew
              `on` lists {key, weights} of goals and indicators: weights in the order of parties, below 0 where it hinders
    """

    kind: Kind
    sense: Sense
    parties: tuple[str, ...]
    strength: float
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Names kind, sense, parties and rounded facts, not the strength: thresholds may order anew."""
        return fingerprint_of([self.kind, self.sense, list(self.parties), rounded(self.facts)])


def candidate_key(parties: tuple[str, ...]) -> str:
    """What names a candidate over all recomputations: its parties in order."""
    key = "|".join(sorted(parties))
    return key if len(key) <= LONGEST_KEY else f"many:{len(parties)}:{fingerprint_of(key)}"


def fingerprint_of(content: Any) -> str:
    """A short name for a content of JSON values."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:32]
