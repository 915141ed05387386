"""Who may change the framework."""

import rules

from dreiklang.people.permissions import is_coordinator, is_internal

EDIT = "goals.edit"
CHANGE_PRIORITY = "goals.change_priority"
SEE_DRAFT = "goals.see_draft"

rules.add_perm(EDIT, is_coordinator)
rules.add_perm(CHANGE_PRIORITY, is_coordinator)
rules.add_perm(SEE_DRAFT, is_internal)
