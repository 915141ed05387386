"""Decisions of the council become resolutions that are followed, each once, however often this runs."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import acting
from dreiklang.papers.models import AgendaItem, Resolution
from dreiklang.papers.permissions.resolutions import FOLLOW
from dreiklang.papers.queries.decisions import OpenDecision, decisive_steps, untracked
from dreiklang.papers.rules.kinds import Result, TrackedKind
from dreiklang.papers.rules.resolutions import Topic, first_standing, free_number, is_reserved, tracked_kind
from dreiklang.papers.services.resolutions.hiding import renew_copies, take_back_hidden
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# Named after a run of a council system; config/tasks.py calls `follow_all`.
FOLLOW_JOB = "papers_follow_decisions"
_WHO = _("Ratsinformationssystem")


def follow_decisions(*, by: Viewer, keys: Collection[str] | None = None) -> int:
    """Take over what `open_decisions` lists (all, or those keys); gives how many were made.

    What stands open in the council system becomes public here too, everything else stays internal.
    Motions already followed learn their result. A second run makes nothing more. Raises: NotAllowed.
    """
    require(by, FOLLOW)
    return _follow(by.account_id, by.name, keys)


def follow_all() -> int:
    """The same for everything there is, by the worker after a council system was read."""
    return _follow(None, _WHO, None)


def _follow(by_id: int | None, by_name: str, keys: Collection[str] | None) -> int:
    with acting(by_id=by_id, by_name=by_name, reason=_("Aus dem Ratsinformationssystem übernommen")):
        # The lock keeps two runs from following the same decision twice.
        taken = set(Resolution.objects.select_for_update().order_by("pk").values_list("number", flat=True))
        found = [one for one in untracked() if keys is None or one.key in keys]
        made = []
        for one in found:
            made.append(_followed(one, taken))
            taken.add(made[-1].number)
        Resolution.objects.bulk_create(made)
        _learn_results()
        _correct_results()
        take_back_hidden()
        renew_copies()
    return len(made)


def _followed(one: OpenDecision, taken: Collection[str]) -> Resolution:
    step, item = one.step, one.step.item if one.step else None
    wanted = one.paper.number or one.paper.key
    wanted = f"B {wanted}" if is_reserved(wanted) else wanted
    state, state_on = first_standing(one.result, decided_on=one.decided_on)
    return Resolution(
        number=free_number(wanted, taken=taken),
        kind=tracked_kind(one.topic),
        title=one.paper.title,
        text=item.resolution_text if item else "",
        paper=one.paper,
        consultation=step,
        committee_id=step.committee_id if step else None,
        decided_on=one.decided_on,
        result=one.result,
        state=state,
        state_on=state_on,
        department_id=one.paper.lead_department_id,
        visibility=Visibility.PUBLIC if one.is_public else Visibility.INTERNAL,
        is_public_by_source=one.is_public,
    )


def _learn_results() -> None:
    """Motions and inquiries that were followed without a result get the one the minutes brought since."""
    waiting = list(
        Resolution.objects.select_for_update(of=("self",))
        .filter(result=Result.OPEN, consultation=None, paper__isnull=False, paper__withdrawn_at=None)
        .exclude(kind=TrackedKind.PROMISE)
        .select_related("paper")
        .defer("search", "paper__search", "paper__text")
    )
    steps = decisive_steps([one.paper_id for one in waiting if one.paper_id is not None])
    for one in waiting:
        step = steps.get(one.paper_id or 0)
        if step is not None and one.paper is not None:
            _learn(one, OpenDecision(one.paper, Topic.DECIDED, step))


def _correct_results() -> None:
    """A result that was taken over follows the minutes when they are corrected; what people entered stays.

    It was taken over if the minutes once said exactly that.
    """
    said_before = AgendaItem.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # made by pghistory
        pgh_obj=OuterRef("consultation__item_id"), result=OuterRef("result")
    )
    corrected = (
        Resolution.objects.select_for_update(of=("self",))
        .filter(Exists(said_before), paper__withdrawn_at=None, consultation__withdrawn_at=None)
        .exclude(consultation__item=None)
        .exclude(consultation__item__result__in=[F("result"), Result.OPEN])
        .select_related("paper", "consultation__item", "consultation__meeting")
        .defer("search", "paper__search", "paper__text")
    )
    for one in list(corrected.order_by("pk")):
        if one.paper is not None:
            _learn(one, OpenDecision(one.paper, Topic.DECIDED, one.consultation))


def _learn(one: Resolution, said: OpenDecision) -> None:
    step = said.step
    one.consultation, one.result, one.decided_on = step, said.result, said.decided_on
    if step is not None:
        one.committee_id = one.committee_id or step.committee_id
        one.text = one.text or (step.item.resolution_text if step.item else "")
    # Made known by itself: a decision behind closed doors must not become known through its motion.
    if not said.is_public:
        one.visibility, one.is_public_by_source = Visibility.INTERNAL, False
    if not one.reports.filter(withdrawn_at=None).exists():
        one.state, one.state_on = first_standing(said.result, decided_on=said.decided_on)
    one.version += 1
    one.save()
