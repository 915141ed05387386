"""What can happen to candidates of conflict and synergy. Who acts stands first as `by`."""

from dreiklang.conflicts.services.comparing import (
    CHANGED_JOB,
    COMPARE_JOB,
    compare_all,
    compare_changed,
    compare_later,
    start_comparison,
)
from dreiklang.conflicts.services.mail import send_overtaken_mail, send_reopened_mail, send_talk_mail
from dreiklang.conflicts.services.merging import follow_merger
from dreiklang.conflicts.services.settings import FIELDS, CannotSet, save_thresholds
from dreiklang.conflicts.services.talks import CannotTalk, ask_about, invite_to_talk, note_talk
from dreiklang.conflicts.services.verdicts import CannotSay, look_at, no_conflict, reopen, take_back
from dreiklang.conflicts.services.weighing import (
    LEAST_PARTIES,
    MOST_ROWS,
    CannotWeigh,
    OptionDraft,
    PositionDraft,
    WeighingDraft,
    close_weighing,
    discard_weighing,
    save_weighing,
    set_review,
)

__all__ = [
    "CHANGED_JOB",
    "COMPARE_JOB",
    "FIELDS",
    "LEAST_PARTIES",
    "MOST_ROWS",
    "CannotSay",
    "CannotSet",
    "CannotTalk",
    "CannotWeigh",
    "OptionDraft",
    "PositionDraft",
    "WeighingDraft",
    "ask_about",
    "close_weighing",
    "compare_all",
    "compare_changed",
    "compare_later",
    "discard_weighing",
    "follow_merger",
    "invite_to_talk",
    "look_at",
    "no_conflict",
    "note_talk",
    "reopen",
    "save_thresholds",
    "save_weighing",
    "send_overtaken_mail",
    "send_reopened_mail",
    "send_talk_mail",
    "set_review",
    "start_comparison",
    "take_back",
]
