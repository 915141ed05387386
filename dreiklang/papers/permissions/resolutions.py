"""Who may do what with resolutions: the responsible office and its people each their own, the coordinator all."""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from dreiklang.people.permissions import holds, holds_in, is_coordinator, is_person, named
from dreiklang.people.rules import Role, Viewer

CREATE = "papers.create_resolution"
EDIT = "papers.edit_resolution"
REPORT = "papers.report_resolution"
RELEASE = "papers.release_resolution"
FOLLOW = "papers.follow_decisions"
HAND_OVER = "papers.hand_over"


def _department(thing: Any) -> int | None:
    found: int | None = thing.department_id
    return found


def _heads(viewer: Viewer, thing: Any) -> bool:
    office = thing.department if thing is not None else None
    return office is not None and viewer.stands_for(office.head_id)


answers_for_resolution = is_person("lead_id", words=_("wer für den Beschluss verantwortlich ist"))
works_in_office = holds_in(_department, Role.DEPARTMENT_EDITOR, Role.LEAD)
edits_office = holds_in(_department, Role.DEPARTMENT_EDITOR)
heads_office = named("heads_office_of_resolution", _("die Leitung des zuständigen Amts"), _heads)

rules.add_perm(CREATE, holds(Role.DEPARTMENT_EDITOR, Role.COORDINATOR))
rules.add_perm(EDIT, answers_for_resolution | edits_office | is_coordinator)
rules.add_perm(REPORT, answers_for_resolution | works_in_office | heads_office | is_coordinator)
rules.add_perm(RELEASE, edits_office | heads_office | is_coordinator)
rules.add_perm(FOLLOW, is_coordinator)
rules.add_perm(HAND_OVER, holds(Role.COORDINATOR, Role.ADMINISTRATOR))
