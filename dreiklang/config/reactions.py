"""Which subject above reacts to what happened below. The only place that knows both."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from dreiklang.conflicts import services as conflicts
from dreiklang.core.claims import EVERY_CLAIM
from dreiklang.measures import services as measures
from dreiklang.monitoring.services import following as monitoring
from dreiklang.monitoring.services.frame import name_priority_change

Reaction = Callable[[str, Mapping[str, Any]], None]


def open_agreed_measures(key: str, facts: Mapping[str, Any]) -> None:
    """A partner who accepted her invitation sees the measures it named from the inside."""
    measures.grant_partner_access(on=timezone.localdate(), account_id=int(key), numbers=facts["measure_keys"])


def compare_claims(key: str, facts: Mapping[str, Any]) -> None:
    """What somebody claims of the city may have changed: look where it meets others now."""
    conflicts.compare_later(facts["claims"])


def follow_merger(key: str, facts: Mapping[str, Any]) -> None:
    """Two measures became one: what was said of the one that is gone goes on with the other, which stands first."""
    kept, gone = facts["claims"]
    conflicts.follow_merger(kept=kept, gone=gone)


def follow_merger_on_indicators(key: str, facts: Mapping[str, Any]) -> None:
    """What the measure that is gone does to indicators the kept one does from now on."""
    kept, gone = (int(claim.partition(":")[2]) for claim in facts["claims"])
    monitoring.follow_merger(kept=kept, gone=gone)


def compare_imported(kind: str, facts: Mapping[str, Any]) -> None:
    """A list may have changed many claims: read them all, compare those that are other than before."""
    conflicts.compare_later([EVERY_CLAIM])


def compare_framework(key: str, facts: Mapping[str, Any]) -> None:
    """Effects on goals count for the version in force."""
    conflicts.compare_later([EVERY_CLAIM])


def name_occasion(key: str, facts: Mapping[str, Any]) -> None:
    """An observation of the frame led to a change of priority: it names the change."""
    name_priority_change(key=facts["occasion"], change_id=int(key), by_name=facts["who"])


# (subject, name) → functions that take the object's key and the facts of the change.
REACTIONS: dict[tuple[str, str], list[Reaction]] = {
    ("people", "invited_partner"): [open_agreed_measures],
    ("core", "list_imported"): [compare_imported],
    ("goals", "framework_valid"): [compare_framework],
    ("goals", "priority_occasioned"): [name_occasion],
    ("measures", "created"): [compare_claims],
    ("measures", "edited"): [compare_claims],
    ("measures", "taking_changed"): [compare_claims],
    ("measures", "reported"): [compare_claims],
    ("measures", "report_withdrawn"): [compare_claims],
    ("measures", "merged"): [follow_merger, follow_merger_on_indicators, compare_claims],
    ("measures", "replaced"): [compare_claims],
    ("measures", "handed_over"): [compare_claims],
    ("concepts", "edited"): [compare_claims],
    ("concepts", "linked_goals"): [compare_claims],
    ("concepts", "handed_over"): [compare_claims],
    ("monitoring", "effect_changed"): [compare_claims],
    ("papers", "check_started"): [compare_claims],
    ("papers", "check_edited"): [compare_claims],
    ("papers", "check_moved"): [compare_claims],
    ("papers", "checks_handed_over"): [compare_claims],
}
