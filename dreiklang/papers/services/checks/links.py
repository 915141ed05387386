"""What a released check confirmed stands at its paper as links, and goes with the release."""

from collections.abc import Collection, Iterable

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.models import Check, Paper, PaperLink
from dreiklang.papers.permissions.checks import ANSWER
from dreiklang.papers.queries.checks.facts import confirmed_goals, content_of, given_answers
from dreiklang.papers.rules.checklist import findings
from dreiklang.papers.rules.kinds import CheckState, TargetKind, Verdict
from dreiklang.papers.rules.released_links import Confirmed, ReleasedLink, links_of_check
from dreiklang.papers.services.checks.locking import locked_check, saved_check
from dreiklang.people.rules import Viewer


class CannotName(Refused):
    """The check gets no paper: it is `not_released`, or `has_paper` already."""


def name_paper(*, by: Viewer, number: str, version: int, paper_id: int) -> Check:
    """The paper that came of a draft, named after the release: it shows now what the check found.

    Often the council's system brings it weeks later. Before the release this is one of the check's details.
    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotName.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Vorlage einer Prüfung zugeordnet")):
        check = locked_check(by=by, number=number, permission=ANSWER, version=version)
        if check.state != CheckState.RELEASED:
            raise CannotName("not_released")
        if check.paper_id is not None:
            raise CannotName("has_paper")
        check.paper_id = paper_id
        saved_check(check, "paper_id")
        settle_links(paper_ids=[paper_id])
        return check


def settle_links(*, paper_ids: Collection[int]) -> int:
    """Bring these papers' links in line with their newest released check; gives how many papers changed.

    Links by hand or from lists stay as they are, also where the check says otherwise: whoever made them
    answers for them. A second run changes nothing. Belongs into the transaction that changed the check.
    """
    papers = Paper.objects.select_for_update().filter(pk__in=paper_ids).order_by("pk").only("pk")
    ids = [one.pk for one in papers]
    released = Check.objects.filter(paper__in=ids, state=CheckState.RELEASED).select_related("checklist")
    # The newest release counts, as in the block beside the paper.
    newest = {one.paper_id: one for one in released.defer("text").order_by("released_at", "pk")}
    changed = [pk for pk in ids if _settle(pk, newest.get(pk))]
    # An open form of links that does not know the new ones must not take them away.
    Paper.objects.filter(pk__in=changed).update(version=F("version") + 1, changed_at=timezone.now())
    return len(changed)


def _settle(paper: int, check: Check | None) -> bool:
    if check is None:
        gone, _rows = PaperLink.objects.filter(paper=paper, from_check__isnull=False).delete()
        return gone > 0
    wanted = {(one.kind, one.target): one for one in _wanted(check)}
    is_changed = False
    for link in PaperLink.objects.filter(paper=paper).order_by("pk"):
        said = wanted.pop((TargetKind(link.kind), link.target), None)
        if link.from_check_id is None:
            continue
        if said is None:
            link.delete()
            is_changed = True
        elif _written(link, said, check):
            is_changed = True
    for one in wanted.values():
        _written(PaperLink(paper_id=paper, kind=one.kind, target=one.target), one, check)
    return is_changed or bool(wanted)


def _written(link: PaperLink, said: ReleasedLink, check: Check) -> bool:
    """Whether the link had to be written."""
    values = {"sign": said.sign or "", "reason": said.reason, "origin": check.number, "from_check": check}
    if link.pk is not None and all(getattr(link, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(link, name, value)
    link.save()
    return True


def _wanted(check: Check) -> Iterable[ReleasedLink]:
    rows = check.proposals.filter(verdict=Verdict.CONFIRMED).order_by("rank", "pk")
    confirmed = [
        Confirmed(TargetKind(kind), target, LinkSign(sign) if sign else None)
        for kind, target, sign in rows.values_list("kind", "target", "sign")
    ]
    found = findings(
        content_of(check.checklist),
        is_relevant=check.is_relevant,
        given=given_answers(check),
        goals=confirmed_goals(check),
    )
    return links_of_check(confirmed, found=found, is_relevant=check.is_relevant)
