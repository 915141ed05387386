"""Forms about people, and the words for what was refused."""

from dreiklang.people.forms.accounts import (
    AbsenceForm,
    AccountFilter,
    AccountForm,
    ProfileForm,
    RoleForm,
)
from dreiklang.people.forms.committees import (
    DEPUTY,
    MEMBER,
    CommitteeForm,
    SeatsForm,
    committee_values,
    seat_values,
)
from dreiklang.people.forms.departments import DepartmentForm
from dreiklang.people.forms.invitations import AcceptForm, InvitationForm, InviteListForm
from dreiklang.people.forms.refusals import refuse

__all__ = [
    "DEPUTY",
    "MEMBER",
    "AbsenceForm",
    "AcceptForm",
    "AccountFilter",
    "AccountForm",
    "CommitteeForm",
    "DepartmentForm",
    "InvitationForm",
    "InviteListForm",
    "ProfileForm",
    "RoleForm",
    "SeatsForm",
    "committee_values",
    "refuse",
    "seat_values",
]
