"""Roles, viewers, the tree of departments, deputies and invitations: what follows from the facts."""

from dreiklang.people.rules.committees import has_ended
from dreiklang.people.rules.departments import below, line_up, would_loop
from dreiklang.people.rules.deputies import represented, stand_in
from dreiklang.people.rules.invitations import (
    InvitationState,
    InvitedPerson,
    InviteProblem,
    invitation_state,
    invited_people,
)
from dreiklang.people.rules.viewer import (
    CITY_WIDE,
    NEEDS_SECOND_FACTOR,
    OUTSIDE_ROLES,
    PUBLIC,
    SYSTEM,
    CommitteeKind,
    DepartmentKind,
    HeldRole,
    Role,
    SuccessionKind,
    Viewer,
)

__all__ = [
    "CITY_WIDE",
    "NEEDS_SECOND_FACTOR",
    "OUTSIDE_ROLES",
    "PUBLIC",
    "SYSTEM",
    "CommitteeKind",
    "DepartmentKind",
    "HeldRole",
    "InvitationState",
    "InviteProblem",
    "InvitedPerson",
    "Role",
    "SuccessionKind",
    "Viewer",
    "below",
    "has_ended",
    "invitation_state",
    "invited_people",
    "line_up",
    "represented",
    "stand_in",
    "would_loop",
]
