"""Answering: does it matter, and the questions of the later stages. An answer without its reason is kept as a draft."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Answer, Check
from dreiklang.papers.permissions.checks import ANSWER
from dreiklang.papers.queries.checks.facts import confirmed_goals, content_of
from dreiklang.papers.rules.checklist import STATED, ChecklistContent, Given, QuestionKind, targets_of
from dreiklang.papers.rules.checks import EDITABLE
from dreiklang.papers.services.checks.locking import locked_check, saved_check, tell_of
from dreiklang.people.rules import Viewer


class CannotAnswer(Refused):
    """The answer cannot be taken.

    `not_editable` in this state, `needs_reason`, `unknown_question`, `unknown_value`, `unknown_goal`,
    `needs_amount`; facts: question, target.
    """


def answer_relevance(*, by: Viewer, number: str, version: int, is_relevant: bool, reason: str) -> Check:
    """Stage 1: whether the draft matters for the INSEK, and why. Either answer needs its reason.

    Answers of the later stages stay when it is a no, in case somebody thinks better of it.
    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAnswer.
    """
    if not reason.strip():
        raise CannotAnswer("needs_reason")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Belang für das INSEK beantwortet")):
        check = _editable(by, number, version)
        check.is_relevant, check.relevance_reason = is_relevant, reason.strip()
        return saved_check(check, "is_relevant", "relevance_reason")


def answer(*, by: Viewer, number: str, version: int, given: Sequence[Given]) -> Check:
    """Write the answers given; those not named stay, empty ones are taken away.

    Half an answer is kept, so that nothing is lost on the way; it counts as missing until it has both its
    value and its reason. Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAnswer.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Fragen beantwortet")):
        check = _editable(by, number, version)
        content, goals = content_of(check.checklist), confirmed_goals(check)
        for one in given:
            _refuse_nonsense(content, goals, one)
        there = {(one.question, one.target): one for one in check.answers.all()}
        for one in given:
            _write(check, by, there.get((one.question, one.target)), one)
        tell_of(check, by=by, name="check_edited")
        return saved_check(check)


def _editable(by: Viewer, number: str, version: int) -> Check:
    check = locked_check(by=by, number=number, permission=ANSWER, version=version)
    if check.state not in EDITABLE:
        raise CannotAnswer("not_editable")
    return check


def _refuse_nonsense(content: ChecklistContent, goals: Sequence[int], given: Given) -> None:
    question = content.question(given.question)
    where = {"question": given.question, "target": given.target}
    if question is None:
        raise CannotAnswer("unknown_question", **where)
    if given.target not in targets_of(question, goals):
        raise CannotAnswer("unknown_goal", **where)
    if given.value and given.value not in question.values:
        raise CannotAnswer("unknown_value", **where)
    if question.kind is QuestionKind.AMOUNT and (given.value == STATED) != (given.amount_eur is not None):
        raise CannotAnswer("needs_amount", **where)


def _write(check: Check, by: Viewer, there: Answer | None, given: Given) -> None:
    said = {
        "value": given.value,
        "text": given.text.strip(),
        "reason": given.reason.strip(),
        "amount_eur": given.amount_eur,
    }
    if not any(value not in ("", None) for value in said.values()):
        if there is not None:
            there.delete()
        return
    if there is None:
        there = Answer(of=check, question=given.question, target=given.target, version=0)
    elif all(getattr(there, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(there, name, value)
    there.by_id, there.by_name = by.account_id, by.name
    there.version += 1
    there.save()
