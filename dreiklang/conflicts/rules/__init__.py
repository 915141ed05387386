"""How claims are compared, and what follows for a candidate. See docs/rules/conflicts.md."""

from dreiklang.conflicts.rules.findings import Finding, candidate_key
from dreiklang.conflicts.rules.kinds import Kind, Sense, State

__all__ = ["Finding", "Kind", "Sense", "State", "candidate_key"]
