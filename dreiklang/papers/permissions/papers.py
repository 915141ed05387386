"""Who may do what with papers, their route and meetings.

The office that leads a paper keeps it; whatever has no office yet, the coordinator. Meetings are the coordinator's.
"""

from typing import Any

import rules

from dreiklang.people.permissions import (
    holds,
    holds_in,
    is_administrator,
    is_coordinator,
    is_internal,
    is_logged_in,
)
from dreiklang.people.rules import Role

SEE_INSIDE = "papers.see_inside"
CREATE = "papers.create"
EDIT = "papers.edit"
PUBLISH = "papers.publish"
MEETINGS = "papers.edit_meetings"
SETTINGS = "papers.settings"
SAVE_SEARCH = "papers.save_search"


def _department(paper: Any) -> int | None:
    found: int | None = paper.lead_department_id
    return found


edits_department = holds_in(_department, Role.DEPARTMENT_EDITOR)

rules.add_perm(SEE_INSIDE, is_internal)
rules.add_perm(CREATE, holds(Role.DEPARTMENT_EDITOR, Role.COORDINATOR))
rules.add_perm(EDIT, edits_department | is_coordinator)
rules.add_perm(PUBLISH, edits_department | is_coordinator)
rules.add_perm(MEETINGS, is_coordinator | is_administrator)
rules.add_perm(SETTINGS, is_coordinator)
rules.add_perm(SAVE_SEARCH, is_logged_in)
