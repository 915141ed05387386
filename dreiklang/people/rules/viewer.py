"""Roles and what a viewer is. Pure values: every query and every permission starts from a Viewer."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; scoped to a department where the work is scoped."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    LEAD = "lead"
    DEPARTMENT_EDITOR = "department_editor"
    REVIEWER = "reviewer"
    FUNDING_OFFICER = "funding_officer"
    FUNDING_CONTACT = "funding_contact"
    TREASURY = "treasury"
    STATISTICS = "statistics"
    PARTICIPATION = "participation"
    LEADERSHIP = "leadership"
    COUNCIL_MEMBER = "council_member"
    PARTNER = "partner"


class DepartmentKind(StrEnum):
    """Kinds of departments in a German administration."""

    DIVISION = "division"
    OFFICE = "office"
    SECTION = "section"
    STAFF_UNIT = "staff_unit"
    MUNICIPAL_ENTERPRISE = "municipal_enterprise"
    OTHER = "other"


class CommitteeKind(StrEnum):
    """What a committee of the council is for."""

    COUNCIL = "council"
    DECIDING = "deciding"
    ADVISORY = "advisory"
    LOCAL_COUNCIL = "local_council"
    OTHER = "other"


class SuccessionKind(StrEnum):
    """Why responsibility moved."""

    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    LEFT = "left"


# Partners and council members log in, but are not the administration: they see what is public
# and what they were invited to.
OUTSIDE_ROLES = frozenset({Role.PARTNER, Role.COUNCIL_MEMBER})
# These reach the whole city by their nature; every other role is given for a department.
CITY_WIDE = OUTSIDE_ROLES | {
    Role.ADMINISTRATOR,
    Role.COORDINATOR,
    Role.FUNDING_OFFICER,
    Role.TREASURY,
    Role.STATISTICS,
    Role.PARTICIPATION,
}
# Whoever can change everything proves with a second factor that it is really her.
NEEDS_SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class HeldRole:
    """A role with the departments it reaches (the assigned one and all below); None means the whole city."""

    role: Role
    department_ids: frozenset[int] | None = None


@dataclass(frozen=True)
class Viewer:
    """Whoever looks or acts. `PUBLIC` is the citizen without login."""

    account_id: int | None = None
    name: str = ""
    department_id: int | None = None
    held: frozenset[HeldRole] = field(default_factory=frozenset)
    deputises_for: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_logged_in(self) -> bool:
        return self.account_id is not None

    @property
    def is_internal(self) -> bool:
        """Whether the viewer belongs to the administration."""
        return any(held.role not in OUTSIDE_ROLES for held in self.held)

    @property
    def is_council_member(self) -> bool:
        """Whether the viewer sits in the council."""
        return self.has(Role.COUNCIL_MEMBER)

    def has(self, *roles: Role) -> bool:
        """Whether the viewer holds one of the roles anywhere."""
        return any(held.role in roles for held in self.held)

    def has_in(self, department_id: int | None, *roles: Role) -> bool:
        """Whether the viewer holds one of the roles for that department."""
        return any(
            held.role in roles and (held.department_ids is None or department_id in held.department_ids)
            for held in self.held
        )

    def stands_for(self, account_id: int | None) -> bool:
        """Whether the viewer is that person or deputises for her now."""
        return account_id is not None and (account_id == self.account_id or account_id in self.deputises_for)


PUBLIC = Viewer()
SYSTEM = Viewer(name="Dreiklang", held=frozenset({HeldRole(Role.COORDINATOR), HeldRole(Role.ADMINISTRATOR)}))
