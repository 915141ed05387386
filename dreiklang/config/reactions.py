"""Which subject above reacts to what happened below. The only place that knows both."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from dreiklang.measures import services as measures

Reaction = Callable[[str, Mapping[str, Any]], None]


def open_agreed_measures(key: str, facts: Mapping[str, Any]) -> None:
    """A partner who accepted her invitation sees the measures it named from the inside."""
    measures.grant_partner_access(on=timezone.localdate(), account_id=int(key), numbers=facts["measure_keys"])


# (subject, name) → functions that take the object's key and the facts of the change.
REACTIONS: dict[tuple[str, str], list[Reaction]] = {
    ("people", "invited_partner"): [open_agreed_measures],
}
