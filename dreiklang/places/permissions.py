"""Who may change the municipality's settings and areas."""

import rules

from dreiklang.people.permissions import is_administrator, is_coordinator

EDIT = "places.edit"

rules.add_perm(EDIT, is_coordinator | is_administrator)
