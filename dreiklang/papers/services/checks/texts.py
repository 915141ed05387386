"""The draft goes on being written: a new version of its text."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Check, CheckText
from dreiklang.papers.permissions.checks import ANSWER
from dreiklang.papers.rules.checks import EDITABLE
from dreiklang.papers.services.checks.locking import locked_check, saved_check, tell_of
from dreiklang.papers.services.checks.start import PROPOSE_JOB
from dreiklang.people.rules import Viewer


class CannotReplace(Refused):
    """The text cannot be replaced: `not_editable` now, `empty`, `unchanged`."""


def replace_text(
    *, by: Viewer, number: str, version: int, text: str, file_name: str = "", notes: Sequence[str] = ()
) -> Check:
    """The check with a newer text; earlier ones are kept. The worker proposes anew, verdicts stay.

    `notes`: what reading the file left out, as core.documents names it.
    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotReplace.
    """
    if not text.strip():
        raise CannotReplace("empty")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Neue Fassung des Textes")):
        check = locked_check(by=by, number=number, permission=ANSWER, version=version)
        if check.state not in EDITABLE:
            raise CannotReplace("not_editable")
        if check.text == text:
            raise CannotReplace("unchanged")
        last = check.texts.aggregate(last=Max("number"))["last"] or 0
        CheckText.objects.create(
            of=check,
            number=last + 1,
            text=text,
            file_name=file_name,
            notes=list(notes),
            by_name=by.name,
        )
        check.text, check.file_name = text, file_name
        check.proposed_at, check.proposal_problem = None, ""
        later(PROPOSE_JOB, check_id=check.pk)
        tell_of(check, by=by, name="check_edited")
        return saved_check(check, "text", "file_name", "proposed_at", "proposal_problem")
