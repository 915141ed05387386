"""The way of a check: handed in, passed on, returned, released, taken back, given up."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Check, CheckStep
from dreiklang.papers.permissions.checks import ANSWER, COMMENT, READ, RELEASE
from dreiklang.papers.queries.checks.facts import facts_of
from dreiklang.papers.queries.checks.signed import parts_of
from dreiklang.papers.queries.terms import co_sign_due_on
from dreiklang.papers.rules.checks import (
    NEEDS_REASON,
    Step,
    hindrances,
    next_state,
    stale_signatures,
)
from dreiklang.papers.rules.kinds import CheckState, CoSignState
from dreiklang.papers.rules.signed import changed_parts
from dreiklang.papers.services.checks.links import settle_links
from dreiklang.papers.services.checks.locking import locked_check, saved_check, tell_of
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer
from dreiklang.people.services import NotAllowed

STEP_MAIL = "papers_check_mail"
# From here on, or no longer, the paper shows what the check found.
_SETTLES = frozenset({Step.RELEASE, Step.TAKE_BACK})
_WORDS = {
    Step.HAND_IN: _("Prüfung zur Zweitprüfung gegeben"),
    Step.FORWARD: _("Zweitprüfung abgeschlossen"),
    Step.RETURN: _("Prüfung zurückgegeben"),
    Step.RELEASE: _("Prüfung freigegeben"),
    Step.TAKE_BACK: _("Freigabe der Prüfung zurückgenommen"),
    Step.GIVE_UP: _("Prüfung eingestellt"),
}


class CannotGoOn(Refused):
    """The step is not possible: the code of the first hindrance, or `needs_reason`; facts: names."""


def hand_in(*, by: Viewer, now: datetime, number: str, version: int, reason: str = "") -> Check:
    """The answers are complete: over to the second reader; with proposals nobody decided only with a reason.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotGoOn.
    """
    return _move(by, now, number, version, Step.HAND_IN, ANSWER, reason)


def forward(*, by: Viewer, now: datetime, number: str, version: int, reason: str = "") -> Check:
    """The second reader agrees: over to the co-signing offices, whose deadlines begin now.

    Raises: NotFound; NotAllowed, also for whoever edits the check; ChangedMeanwhile; CannotGoOn.
    """
    return _move(by, now, number, version, Step.FORWARD, READ, reason)


def return_check(*, by: Viewer, now: datetime, number: str, version: int, reason: str) -> Check:
    """Back to the office that writes, with a reason; by the second reader, or whoever would release.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotGoOn.
    """
    return _move(by, now, number, version, Step.RETURN, "", reason)


def release(*, by: Viewer, now: datetime, number: str, version: int, reason: str = "") -> Check:
    """The check is free: its number and day stand on the block. Against objections only with a reason.

    Raises: NotFound; NotAllowed, also for whoever edits the check; ChangedMeanwhile; CannotGoOn.
    """
    return _move(by, now, number, version, Step.RELEASE, RELEASE, reason)


def take_back_release(*, by: Viewer, now: datetime, number: str, version: int, reason: str) -> Check:
    """A released check goes back to the office, with a reason.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotGoOn.
    """
    return _move(by, now, number, version, Step.TAKE_BACK, RELEASE, reason)


def give_up(*, by: Viewer, now: datetime, number: str, version: int, reason: str) -> Check:
    """The draft is not pursued; the check ends with the reason and stays readable.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotGoOn.
    """
    return _move(by, now, number, version, Step.GIVE_UP, ANSWER, reason)


def _move(
    by: Viewer, now: datetime, number: str, version: int, step: Step, permission: str, reason: str = ""
) -> Check:
    with acting(by_id=by.account_id, by_name=by.name, reason=_WORDS[step]):
        check = locked_check(by=by, number=number, permission=permission or COMMENT, version=version)
        _refuse(by, check, step, permission)
        _refuse_hindered(check, step, reason, now)
        before, check.state = check.state, next_state(step)
        fields = _effects(check, step, by, now)
        CheckStep.objects.create(
            of=check,
            state=check.state,
            entered_at=now,
            reason=reason.strip(),
            by_id=by.account_id,
            by_name=by.name,
        )
        saved_check(check, "state", *fields)
        if step in _SETTLES and check.paper_id is not None:
            settle_links(paper_ids=[check.paper_id])
        tell_of(check, by=by, name="check_moved", before=str(before), after=str(check.state))
        later(STEP_MAIL, check_id=check.pk, step=str(step), by_id=by.account_id)
        return check


def _refuse(by: Viewer, check: Check, step: Step, permission: str) -> None:
    """Nobody reads, returns or releases her own check, whatever else she may do."""
    is_own = by.account_id is not None and check.editor_id == by.account_id
    if step in {Step.FORWARD, Step.RETURN, Step.RELEASE} and is_own:
        raise NotAllowed(permission or READ)
    if step is Step.RETURN and not (may(by, READ, check) or may(by, RELEASE, check)):
        raise NotAllowed(READ if check.state == CheckState.REVIEW else RELEASE)


def _refuse_hindered(check: Check, step: Step, reason: str, now: datetime) -> None:
    found = hindrances(step, facts_of(check), today=localdate(now))
    hard = next((one for one in found if not one.is_soft), None)
    if hard is not None:
        raise CannotGoOn(hard.code, names=list(hard.names))
    if (step in NEEDS_REASON or found) and not reason.strip():
        raise CannotGoOn("needs_reason", names=[str(one.code) for one in found])


def _effects(check: Check, step: Step, by: Viewer, now: datetime) -> list[str]:
    """What else the step does; gives the fields of the check it changed."""
    if step is Step.FORWARD:
        _ask_again(check, now)
    if step is Step.RELEASE:
        check.released_at, check.released_by_name = now, by.name
        return ["released_at", "released_by_name"]
    if step is Step.TAKE_BACK:
        check.released_at, check.released_by_name = None, ""
        return ["released_at", "released_by_name"]
    return []


def _ask_again(check: Check, now: datetime) -> None:
    """Deadlines begin; offices that objected, or answered to what has changed since, are asked once more."""
    parts = parts_of(check)
    again = stale_signatures(
        [
            (one.pk, CoSignState(one.state), bool(changed_parts(signed=one.signed_parts, now=parts)))
            for one in check.co_signatures.all()
        ]
    )
    due_on = co_sign_due_on(localdate(now))
    for one in check.co_signatures.select_for_update():
        if one.pk in again:
            one.state, one.reason = CoSignState.ASKED, ""
            one.answered_at = one.answered_by_id = None
            one.answered_by_name = ""
        if one.state == CoSignState.ASKED:
            one.asked_at, one.due_on = now, max(one.due_on, due_on)
            one.save()
