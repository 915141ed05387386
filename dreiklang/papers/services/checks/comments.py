"""What the second reader and the co-signing offices remark."""

from datetime import datetime

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Comment
from dreiklang.papers.permissions.checks import ANSWER, COMMENT
from dreiklang.papers.queries.checks.facts import content_of
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.services.checks.locking import locked_check
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer
from dreiklang.people.services import NotAllowed


class CannotComment(Refused):
    """Nothing can be remarked: `empty`, `is_over`, `unknown_question`."""


def comment(*, by: Viewer, number: str, text: str, question: str = "") -> Comment:
    """A remark on the check, or on one of its questions, stage 1 (RELEVANCE) included.

    Raises: NotFound; NotAllowed; CannotComment.
    """
    if not text.strip():
        raise CannotComment("empty")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Anmerkung zur Prüfung")):
        check = locked_check(by=by, number=number, permission=COMMENT)
        if check.state not in RUNNING:
            raise CannotComment("is_over")
        if question and not content_of(check.checklist).wording(question):
            raise CannotComment("unknown_question")
        return Comment.objects.create(
            of=check, question=question, text=text.strip(), by_id=by.account_id, by_name=by.name
        )


def settle_comment(*, by: Viewer, now: datetime, number: str, comment_id: int) -> Comment:
    """The remark is dealt with: said by whoever wrote it, or whoever answers the check.

    Raises: NotFound; NotAllowed.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Anmerkung erledigt")):
        check = locked_check(by=by, number=number, permission=COMMENT)
        found = check.comments.filter(pk=comment_id).first()
        if found is None:
            raise NotFound("comment")
        is_own = by.account_id is not None and found.by_id == by.account_id
        if not is_own and not may(by, ANSWER, check):
            raise NotAllowed(ANSWER)
        if found.settled_at is None:
            found.settled_at, found.settled_by_name = now, by.name
            found.save(update_fields=["settled_at", "settled_by_name"])
        return found
