"""Who may do what with candidates of conflict and synergy. All of it stays inside the administration.

Whoever leads one of the parties, or writes for one of its offices, says what it is worth; the coordinator for all.
"""

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from dreiklang.people.permissions import holds, is_coordinator, is_internal, named
from dreiklang.people.rules import Role, Viewer

SEE = "conflicts.see"
LOOK = "conflicts.look_at"
TALK = "conflicts.talk"
NOTE = "conflicts.note_talk"
WEIGH = "conflicts.weigh"
THRESHOLDS = "conflicts.thresholds"
COMPARE = "conflicts.compare"


def _leads(viewer: Viewer, thing: Any) -> bool:
    return thing is not None and any(viewer.stands_for(one) for one in thing.person_ids)


def _works_for(viewer: Viewer, thing: Any) -> bool:
    roles = (Role.DEPARTMENT_EDITOR, Role.LEADERSHIP)
    return thing is not None and any(viewer.has_in(one, *roles) for one in thing.office_ids)


def _is_in_talk(viewer: Viewer, talk: Any) -> bool:
    if talk is None:
        return False
    offices = any(viewer.has_in(one, Role.DEPARTMENT_EDITOR, Role.LEADERSHIP) for one in talk.to_offices)
    people = any(viewer.stands_for(one) for one in [talk.asked_by_id, *talk.to_ids])
    return people or offices or _leads(viewer, talk.candidate) or _works_for(viewer, talk.candidate)


leads_a_party = named("leads_a_party", _("die Federführung eines der beiden Vorhaben"), _leads)
works_for_a_party = named("works_for_a_party", _("die beteiligten Ämter"), _works_for)

is_in_the_talk = named("is_in_the_talk", _("wer fragte, wer gefragt wurde, und die Beteiligten"), _is_in_talk)

rules.add_perm(SEE, is_internal)
# Everybody in the administration may say "I have seen it" and ask others to talk: both change nothing of theirs.
rules.add_perm(LOOK, is_internal)
rules.add_perm(TALK, is_internal)
rules.add_perm(NOTE, is_internal & (is_in_the_talk | is_coordinator))
rules.add_perm(WEIGH, leads_a_party | works_for_a_party | is_coordinator)
rules.add_perm(THRESHOLDS, is_coordinator)
rules.add_perm(COMPARE, holds(Role.COORDINATOR, Role.ADMINISTRATOR))
