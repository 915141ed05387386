"""What can happen to a check, from its start to its release."""

from dreiklang.papers.services.checks.answers import CannotAnswer, answer, answer_relevance
from dreiklang.papers.services.checks.comments import CannotComment, comment, settle_comment
from dreiklang.papers.services.checks.course import (
    CannotGoOn,
    forward,
    give_up,
    hand_in,
    release,
    return_check,
    take_back_release,
)
from dreiklang.papers.services.checks.links import CannotName, name_paper
from dreiklang.papers.services.checks.mail import (
    send_overdue_mail,
    send_signature_mail,
    send_step_mail,
)
from dreiklang.papers.services.checks.signatures import (
    CannotSign,
    WantedSignature,
    ask_co_signatures,
    co_sign,
    remind_of_signatures,
)
from dreiklang.papers.services.checks.start import CannotStart, NewCheck, change_details, start_check
from dreiklang.papers.services.checks.texts import CannotReplace, replace_text

__all__ = [
    "CannotAnswer",
    "CannotComment",
    "CannotGoOn",
    "CannotName",
    "CannotReplace",
    "CannotSign",
    "CannotStart",
    "NewCheck",
    "WantedSignature",
    "answer",
    "answer_relevance",
    "ask_co_signatures",
    "change_details",
    "co_sign",
    "comment",
    "forward",
    "give_up",
    "hand_in",
    "name_paper",
    "release",
    "remind_of_signatures",
    "replace_text",
    "return_check",
    "send_overdue_mail",
    "send_signature_mail",
    "send_step_mail",
    "settle_comment",
    "start_check",
    "take_back_release",
]
