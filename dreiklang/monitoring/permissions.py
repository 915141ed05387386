"""Who may do what with indicators and values.

A department answers for its own indicators; the coordinator for the set as a whole. Small counts are for the
statistics office alone: not even the coordinator sees them.
"""

from typing import Any

import rules

from dreiklang.goals.permissions import CHANGE_PRIORITY
from dreiklang.people.permissions import holds, holds_in, is_coordinator, is_internal, is_person
from dreiklang.people.rules import Role

CREATE = "monitoring.create"
EDIT = "monitoring.edit"
BRING = "monitoring.bring_values"
RELEASE = "monitoring.release"
DELIVER = "monitoring.deliver_tables"
LINK = "monitoring.link"
CHOOSE_TRAITS = "monitoring.choose_traits"
LINK_MEASURE = "monitoring.link_measure"
SEE_CONFIDENTIAL = "monitoring.see_confidential"
HIDE_SMALL_COUNTS = "monitoring.hide_small_counts"


def _department(indicator: Any) -> int | None:
    found: int | None = indicator.department_id
    return found


def _lead_department(measure: Any) -> int | None:
    found: int | None = measure.lead_department_id
    return found


answers_for_it = is_person("responsible_id")
edits_department = holds_in(_department, Role.DEPARTMENT_EDITOR)
is_statistics = holds(Role.STATISTICS)
# Also where there is no indicator yet.
has_no_department = rules.predicate(
    lambda viewer, indicator=None: indicator is None or indicator.department_id is None,
    name="has_no_department",
)

# A proposal that is taken over has no department yet; who names one names her own.
rules.add_perm(
    CREATE,
    edits_department | (has_no_department & holds(Role.DEPARTMENT_EDITOR)) | is_statistics | is_coordinator,
)
rules.add_perm(EDIT, answers_for_it | edits_department | is_coordinator)
rules.add_perm(BRING, answers_for_it | edits_department | is_statistics | is_coordinator)
rules.add_perm(RELEASE, edits_department | is_statistics | is_coordinator)
# Whole tables of official statistics, as they come.
rules.add_perm(DELIVER, is_statistics | is_coordinator)
# What belongs to which goal is said once for the whole city.
rules.add_perm(LINK, is_coordinator)
# What a measure does to an indicator is said by who answers for the measure: asked about the measure.
rules.add_perm(
    LINK_MEASURE,
    is_person("lead_id", "deputy_id") | holds_in(_lead_department, Role.DEPARTMENT_EDITOR) | is_coordinator,
)
# By what districts are told to be alike.
rules.add_perm(CHOOSE_TRAITS, is_statistics | is_coordinator)
rules.add_perm(SEE_CONFIDENTIAL, is_statistics)
rules.add_perm(HIDE_SMALL_COUNTS, is_statistics)

ASK = "monitoring.ask_for_data"
EDIT_REQUEST = "monitoring.edit_request"
ANSWER_REQUEST = "monitoring.answer_request"
EDIT_SURVEY = "monitoring.edit_survey"
EDIT_FRAME = "monitoring.edit_frame"
FILL_SHEET = "monitoring.fill_sheet"
EDIT_LAYOUTS = "monitoring.edit_layouts"

# Who needs values asks for them, whichever department has them.
rules.add_perm(ASK, holds(Role.DEPARTMENT_EDITOR) | is_statistics | is_coordinator)
rules.add_perm(EDIT_REQUEST, is_person("asker_id") | is_statistics | is_coordinator)
rules.add_perm(ANSWER_REQUEST, answers_for_it | edits_department | is_statistics | is_coordinator)
rules.add_perm(
    EDIT_SURVEY,
    edits_department
    | (has_no_department & holds(Role.DEPARTMENT_EDITOR))
    | holds(Role.STATISTICS, Role.PARTICIPATION)
    | is_coordinator,
)
rules.add_perm(
    EDIT_FRAME,
    edits_department | (has_no_department & holds(Role.DEPARTMENT_EDITOR)) | is_coordinator,
)
rules.add_perm(
    FILL_SHEET,
    holds_in(_department, Role.DEPARTMENT_EDITOR, Role.FUNDING_CONTACT)
    | (has_no_department & holds(Role.DEPARTMENT_EDITOR, Role.FUNDING_CONTACT))
    | holds(Role.FUNDING_OFFICER)
    | is_coordinator,
)
# What a programme asks for is brought once for the whole city.
rules.add_perm(EDIT_LAYOUTS, is_coordinator)

EDIT_CRITERIA = "monitoring.edit_criteria"
RATE = "monitoring.rate"
RELEASE_RATING = "monitoring.release_rating"

# By what a goal is measured is said once for the whole city; what is said of it, by whoever is named there.
rules.add_perm(EDIT_CRITERIA, is_coordinator)
rules.add_perm(
    RATE, answers_for_it | holds_in(_department, Role.LEAD, Role.DEPARTMENT_EDITOR) | is_coordinator
)
rules.add_perm(RELEASE_RATING, edits_department | is_coordinator)

EDIT_CATALOGUE = "monitoring.edit_catalogue"
RUN_CATALOGUE = "monitoring.run_catalogue"

rules.add_perm(
    EDIT_CATALOGUE,
    answers_for_it
    | edits_department
    | (has_no_department & holds(Role.DEPARTMENT_EDITOR))
    | is_statistics
    | is_coordinator,
)
# Which catalogues are read, and how the city's own is called, is said once for the whole city.
rules.add_perm(RUN_CATALOGUE, is_statistics | is_coordinator)

SEE_INSIDE = "monitoring.see_inside"
HAND_OVER = "monitoring.hand_over"

# What the administration asks of itself: data requests, the watch list, grant sheets, the pages for bringing values
# (what each may bring and release there is asked indicator by indicator).
rules.add_perm(SEE_INSIDE, is_internal)
rules.add_perm(HAND_OVER, is_coordinator)

# An observation of the frame may lead to a change of priority: whoever may change it there.
LEAD_TO_PRIORITY = CHANGE_PRIORITY
