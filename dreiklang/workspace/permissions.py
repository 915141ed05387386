"""Who may use the pages across subjects."""

import rules

from dreiklang.people.permissions import is_administrator, is_coordinator, is_internal, is_leadership

HAND_OVER = "workspace.hand_over"

rules.add_perm("workspace.focus", is_internal)
rules.add_perm("workspace.history", is_internal)
rules.add_perm("workspace.leadership", is_leadership | is_coordinator)
rules.add_perm("workspace.setup", is_coordinator | is_administrator)
rules.add_perm(HAND_OVER, is_coordinator)
IMPORT = "workspace.import"

rules.add_perm(IMPORT, is_coordinator | is_administrator)
