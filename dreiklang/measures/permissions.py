"""Who may do what with measures."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from dreiklang.measures.models import Measure
from dreiklang.people.permissions import holds, holds_in, is_coordinator, is_internal, is_person, named
from dreiklang.people.rules import Role, Viewer

REPORT = "measures.report"
RELEASE = "measures.release"
EDIT = "measures.edit"
CREATE = "measures.create"
MERGE = "measures.merge"
ROUNDS = "measures.rounds"
SETTINGS = "measures.settings"
HAND_OVER = "measures.hand_over"
SEE_INSIDE = "measures.see_inside"


def _department(measure: Measure) -> int | None:
    return measure.lead_department_id


def _heads(viewer: Viewer, measure: Any) -> bool:
    office = measure.lead_department if measure is not None else None
    return office is not None and viewer.stands_for(office.head_id)


answers_for_it = is_person("lead_id", "deputy_id", words=_("Federführung und Vertretung der Maßnahme"))
edits_department = holds_in(_department, Role.DEPARTMENT_EDITOR)
heads_department = named("heads_department", _("die Leitung des federführenden Amts"), _heads)

rules.add_perm(REPORT, answers_for_it | edits_department | heads_department | is_coordinator)
rules.add_perm(RELEASE, edits_department | heads_department | is_coordinator)
rules.add_perm(EDIT, answers_for_it | edits_department | is_coordinator)
rules.add_perm(CREATE, holds(Role.DEPARTMENT_EDITOR, Role.COORDINATOR))
# Merging needs this for both measures.
rules.add_perm(MERGE, edits_department | is_coordinator)
rules.add_perm(ROUNDS, is_coordinator)
rules.add_perm(SETTINGS, is_coordinator)
rules.add_perm(HAND_OVER, holds(Role.COORDINATOR, Role.ADMINISTRATOR))
rules.add_perm(SEE_INSIDE, is_internal)
