"""People say what a draft touches. What they said teaches the next proposals."""

from datetime import datetime

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.models import Check, Proposal
from dreiklang.papers.permissions.checks import ANSWER
from dreiklang.papers.queries.papers import labels_of
from dreiklang.papers.rules.checks import EDITABLE
from dreiklang.papers.rules.kinds import ProposalOrigin, TargetKind, Verdict
from dreiklang.papers.services.checks.locking import locked_check, tell_of
from dreiklang.papers.services.checks.start import PROPOSE_JOB
from dreiklang.people.rules import Viewer


class CannotDecide(Refused):
    """No verdict can be given: the check is `not_editable` now, or `is_named` already."""


def decide(
    *,
    by: Viewer,
    now: datetime,
    number: str,
    proposal_id: int,
    verdict: Verdict,
    sign: LinkSign | None = None,
    reason: str = "",
) -> Proposal:
    """The proposal with a verdict; OPEN takes one back. `sign` counts for confirmed goals only.

    A target named by hand that is taken back is gone, since nobody proposed it.
    Raises: NotFound; NotAllowed; CannotDecide.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Vorschlag beurteilt")):
        check = _editable(by, number)
        proposal = check.proposals.select_for_update().filter(pk=proposal_id).first()
        if proposal is None:
            raise NotFound("proposal", key=str(proposal_id))
        tell_of(check, by=by, name="check_edited")
        if verdict is not Verdict.CONFIRMED and proposal.origin == ProposalOrigin.BY_HAND:
            proposal.delete()
            proposal.verdict = verdict
            return proposal
        is_goal = proposal.kind == TargetKind.GOAL and verdict is Verdict.CONFIRMED
        proposal.verdict = verdict
        proposal.sign = (sign or "") if is_goal else ""
        proposal.reason = reason.strip()
        proposal.decided_at = None if verdict is Verdict.OPEN else now
        proposal.decided_by_name = "" if verdict is Verdict.OPEN else by.name
        proposal.save()
        return proposal


def name_target(
    *, by: Viewer, now: datetime, number: str, kind: TargetKind, target: int, reason: str = ""
) -> Proposal:
    """What the proposals missed, confirmed by whoever named it.

    Raises: NotFound for the check or the target; NotAllowed; CannotDecide (not_editable, is_named).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bezug von Hand genannt")):
        check = _editable(by, number)
        if (kind, target) not in labels_of(by, targets={(kind, target)}):
            raise NotFound("target", key=str(target))
        there = check.proposals.filter(kind=kind, target=target).first()
        if there is not None and there.verdict == Verdict.CONFIRMED:
            raise CannotDecide("is_named")
        named = there or Proposal(of=check, kind=kind, target=target, origin=ProposalOrigin.BY_HAND)
        named.verdict, named.reason = Verdict.CONFIRMED, reason.strip()
        named.decided_at, named.decided_by_name = now, by.name
        named.save()
        tell_of(check, by=by, name="check_edited")
        return named


def ask_again(*, by: Viewer, number: str) -> Check:
    """The worker reads the draft once more, after goals, measures or links have changed.

    Raises: NotFound; NotAllowed; CannotDecide (not_editable).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Noch einmal gelesen")):
        check = _editable(by, number)
        check.proposed_at, check.proposal_problem = None, ""
        check.save(update_fields=["proposed_at", "proposal_problem"])
        later(PROPOSE_JOB, check_id=check.pk)
        return check


def _editable(by: Viewer, number: str) -> Check:
    check = locked_check(by=by, number=number, permission=ANSWER)
    if check.state not in EDITABLE:
        raise CannotDecide("not_editable")
    return check
