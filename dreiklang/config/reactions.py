"""Which subject above reacts to what happened below. The only place that knows both."""

from collections.abc import Callable, Mapping
from typing import Any

Reaction = Callable[[str, Mapping[str, Any]], None]

# (subject, name) → functions that take the object's key and the facts of the change.
REACTIONS: dict[tuple[str, str], list[Reaction]] = {}
