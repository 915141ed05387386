"""Forms about people, and the words for what was refused."""

from dreiklang.people.forms.accounts import (
    AbsenceForm,
    AccountFilter,
    AccountForm,
    ProfileForm,
    RoleForm,
)
from dreiklang.people.forms.departments import DepartmentForm
from dreiklang.people.forms.invitations import AcceptForm, InvitationForm, InviteListForm
from dreiklang.people.forms.refusals import refuse

__all__ = [
    "AbsenceForm",
    "AcceptForm",
    "AccountFilter",
    "AccountForm",
    "DepartmentForm",
    "InvitationForm",
    "InviteListForm",
    "ProfileForm",
    "RoleForm",
    "refuse",
]
