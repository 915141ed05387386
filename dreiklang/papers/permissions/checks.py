"""Who may do what with checks and the checklist.

The office that writes the paper answers; another person reads it; the affected offices co-sign;
the coordinator or the head of the office releases. Everybody in the administration reads.
"""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from dreiklang.people.permissions import holds, holds_in, is_coordinator, is_internal, is_person, named
from dreiklang.people.rules import Role, Viewer

SEE = "papers.see_checks"
START = "papers.start_check"
START_IN = "papers.start_check_in_office"
ANSWER = "papers.answer_check"
READ = "papers.read_check"
COMMENT = "papers.comment_on_check"
CO_SIGN = "papers.co_sign"
RELEASE = "papers.release_check"
CHECKLIST = "papers.edit_checklist"


def _department(thing: Any) -> int | None:
    found: int | None = thing.department_id
    return found


def _heads(viewer: Viewer, thing: Any) -> bool:
    office = thing.department if thing is not None else None
    return office is not None and viewer.stands_for(office.head_id)


def _is_treasury(viewer: Viewer, thing: Any) -> bool:
    return thing is not None and thing.is_treasury and viewer.has(Role.TREASURY)


is_editor = is_person("editor_id", words=_("wer die Prüfung bearbeitet, oder die Vertretung"))
is_reader = is_person("reader_id", words=_("die Zweitprüfung oder ihre Vertretung"))
heads_office = named("heads_office_of_check", _("die Leitung des zuständigen Amts"), _heads)
signs_for_treasury = named("signs_for_treasury", _("die Kämmerei, wo sie gefragt ist"), _is_treasury)
edits_office = holds_in(_department, Role.DEPARTMENT_EDITOR)

rules.add_perm(SEE, is_internal)
rules.add_perm(COMMENT, is_internal)
rules.add_perm(START, holds(Role.DEPARTMENT_EDITOR, Role.LEAD, Role.COORDINATOR))
rules.add_perm(START_IN, holds_in(_department, Role.DEPARTMENT_EDITOR, Role.LEAD) | is_coordinator)
rules.add_perm(ANSWER, is_editor | edits_office | is_coordinator)
rules.add_perm(READ, is_reader | is_coordinator)
rules.add_perm(
    CO_SIGN, holds_in(_department, Role.REVIEWER, Role.DEPARTMENT_EDITOR) | heads_office | signs_for_treasury
)
rules.add_perm(RELEASE, is_coordinator | holds_in(_department, Role.LEADERSHIP) | heads_office)
rules.add_perm(CHECKLIST, is_coordinator)
