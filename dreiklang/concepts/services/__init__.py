"""What can happen to concepts: verbs, the actor first."""

from dreiklang.concepts.services.editing import (
    FIELDS,
    CannotSave,
    WantedLink,
    change_concept,
    create_concept,
    link_goals,
    set_steps,
    set_visibility,
)
from dreiklang.concepts.services.handover import carry_over_links, hand_over

__all__ = [
    "FIELDS",
    "CannotSave",
    "WantedLink",
    "carry_over_links",
    "change_concept",
    "create_concept",
    "hand_over",
    "link_goals",
    "set_steps",
    "set_visibility",
]
