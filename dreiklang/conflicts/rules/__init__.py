"""How claims are compared, and what follows for a candidate. See docs/rules/conflicts.md."""

from dreiklang.conflicts.rules.candidates import (
    CandidateFacts,
    Change,
    candidates,
    is_still_said,
    reopens,
    what_changed,
)
from dreiklang.conflicts.rules.comparing import (
    RULE_VERSION,
    Step,
    asked_again,
    compare,
    compare_with,
    step_names,
    steps,
)
from dreiklang.conflicts.rules.findings import Finding, candidate_key
from dreiklang.conflicts.rules.kinds import Kind, Sense, State
from dreiklang.conflicts.rules.sharing import shared_place
from dreiklang.conflicts.rules.supplies import Budget, Capacity, Exclusion, Supplies
from dreiklang.conflicts.rules.thresholds import Limits

__all__ = [
    "RULE_VERSION",
    "Budget",
    "CandidateFacts",
    "Capacity",
    "Change",
    "Exclusion",
    "Finding",
    "Kind",
    "Limits",
    "Sense",
    "State",
    "Step",
    "Supplies",
    "asked_again",
    "candidate_key",
    "candidates",
    "compare",
    "compare_with",
    "is_still_said",
    "reopens",
    "shared_place",
    "step_names",
    "steps",
    "what_changed",
]
