"""What can happen to papers, their routes, meetings, and saved searches."""

from dreiklang.papers.services.papers.editing import (
    FIELDS,
    CannotSavePaper,
    WantedLink,
    change_paper,
    create_paper,
    link_paper,
    set_paper_visibility,
    withdraw_paper,
)
from dreiklang.papers.services.papers.files import (
    HAND_ROLES,
    UPLOADED,
    CannotKeepFile,
    NewFile,
    add_file,
    change_file,
    take_file_away,
)
from dreiklang.papers.services.papers.meetings import (
    ITEM_FIELDS,
    MEETING_FIELDS,
    CannotSaveMeeting,
    add_item,
    change_item,
    change_meeting,
    checks_follow_meetings,
    create_meeting,
    remove_item,
)
from dreiklang.papers.services.papers.route import STEP_FIELDS, change_step, plan_step, remove_step
from dreiklang.papers.services.papers.rulings import rule
from dreiklang.papers.services.papers.searches import forget_search, save_search, tell_of_new_hits
from dreiklang.papers.services.papers.versions import keep_version

__all__ = [
    "FIELDS",
    "HAND_ROLES",
    "ITEM_FIELDS",
    "MEETING_FIELDS",
    "STEP_FIELDS",
    "UPLOADED",
    "CannotKeepFile",
    "CannotSaveMeeting",
    "CannotSavePaper",
    "NewFile",
    "WantedLink",
    "add_file",
    "add_item",
    "change_file",
    "change_item",
    "change_meeting",
    "change_paper",
    "change_step",
    "checks_follow_meetings",
    "create_meeting",
    "create_paper",
    "forget_search",
    "keep_version",
    "link_paper",
    "plan_step",
    "remove_item",
    "remove_step",
    "rule",
    "save_search",
    "set_paper_visibility",
    "take_file_away",
    "tell_of_new_hits",
    "withdraw_paper",
]
