"""What a comparison finds: evidence as codes and numbers, a strength that only orders, a fingerprint of the facts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dreiklang.conflicts.rules.kinds import Kind, Sense


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why claims should be looked at together.

    parties   keys of the claims, sorted; two, or more where they share money or an office
    strength  0..1, an order and no percentage; comparable within and across kinds (docs/rules/conflicts.md)
    facts     what it rests on, JSON only: for place_time {area_m2, share, from, to, days}; effect {on: [{key, …}]};
              content {nearness}; order {first, then, first_ends, then_starts, days}; money {source, year, wanted, available};
              people {office, from, to, wanted, available}
    """

    kind: Kind
    sense: Sense
    parties: tuple[str, ...]
    strength: float
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Names kind, sense, parties and facts, not the strength: thresholds may order anew without reopening anything."""
        content = [self.kind, self.sense, list(self.parties), self.facts]
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:32]


def candidate_key(parties: tuple[str, ...]) -> str:
    """What names a candidate over all recomputations: its parties in order."""
    return "|".join(sorted(parties))
