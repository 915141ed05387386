"""Who may change concepts: the coordinator all, department editors and leads those of their department."""

import rules

from dreiklang.people.permissions import holds, holds_in, is_coordinator, is_person
from dreiklang.people.rules import Role

CREATE = "concepts.create"
EDIT = "concepts.edit"
HAND_OVER = "concepts.hand_over"

in_own_department = holds_in(lambda concept: concept.lead_department_id, Role.DEPARTMENT_EDITOR, Role.LEAD)

rules.add_perm(CREATE, is_coordinator | holds(Role.DEPARTMENT_EDITOR, Role.LEAD))
rules.add_perm(EDIT, is_coordinator | in_own_department | is_person("lead_id", "deputy_id"))
rules.add_perm(HAND_OVER, is_coordinator)
