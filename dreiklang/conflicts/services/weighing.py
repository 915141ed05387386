"""A candidate is weighed: what each needs, options with their effects, the decision and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.conflicts.models import Candidate, Option, Position, Weighing
from dreiklang.conflicts.permissions import WEIGH
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services.verdicts import facts_now, locked, say
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.queries import visible_papers
from dreiklang.people.rules import Viewer

MOST_ROWS = 30
# One alone needs no settlement.
LEAST_PARTIES = 2


class CannotWeigh(Refused):
    """The weighing cannot be kept so: `needs_question`, `two_chosen`, `decided_in_the_future`,
    `review_before_decision`, `no_such_paper`, `too_many`, `outdated`, `not_open`; `incomplete`: to be closed it needs
    what both sides need, an option, decision, reason, who and when (`fields` names what lacks).
    """


@dataclass(frozen=True)
class PositionDraft:
    """What one party needs. `claim_key` where the party is one of the candidate's."""

    party: str
    need: str = ""
    claim_key: str = ""


@dataclass(frozen=True)
class OptionDraft:
    """One way to settle it."""

    title: str
    effects: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class WeighingDraft:
    """A weighing as written; a draft may lack anything but the question."""

    question: str
    positions: Sequence[PositionDraft] = ()
    options: Sequence[OptionDraft] = ()
    decision: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    review_on: date | None = None
    paper_ids: Collection[int] = ()


def save_weighing(*, by: Viewer, now: datetime, pk: int, version: int, said: WeighingDraft) -> Weighing:
    """The candidate's open weighing with this content; `version` 0 for a new one.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotWeigh.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Klärung geschrieben")):
        candidate = locked(by, pk, WEIGH)
        weighing = _written(by, candidate, version, said, now)
        if candidate.state in {State.NEW, State.SEEN}:
            say(candidate, State.IN_TALKS, by=by, now=now)
        return weighing


def close_weighing(*, by: Viewer, now: datetime, pk: int, version: int, said: WeighingDraft) -> Weighing:
    """The weighing, decided: the candidate is weighed, and opens again by itself when a fact of today changes.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotWeigh.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Klärung abgeschlossen")):
        candidate = locked(by, pk, WEIGH)
        if lacking := _lacking(said):
            raise CannotWeigh("incomplete", fields=lacking)
        if candidate.state == State.OUTDATED:
            raise CannotWeigh("outdated")
        weighing = _written(by, candidate, version, said, now)
        weighing.is_closed = True
        weighing.save(update_fields=["is_closed", "changed_at"])
        say(candidate, State.WEIGHED, by=by, now=now, reason=said.reason, facts=weighing.weighed_facts)
        return weighing


def _lacking(said: WeighingDraft) -> list[str]:
    parties = [one for one in said.positions if one.party.strip()]
    is_said = {
        "positions": len(parties) >= LEAST_PARTIES and all(one.need.strip() for one in parties),
        "options": any(one.title.strip() for one in said.options),
        "decision": said.decision.strip(),
        "reason": said.reason.strip(),
        "decided_by": said.decided_by.strip(),
        "decided_on": said.decided_on,
    }
    return [name for name, there in is_said.items() if not there]


def discard_weighing(*, by: Viewer, pk: int, version: int) -> None:
    """Throw the candidate's draft away as it was seen; the history keeps it.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotWeigh (not_open).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Entwurf der Klärung verworfen")):
        candidate = locked(by, pk, WEIGH)
        draft = candidate.weighings.filter(is_closed=False).first()
        if draft is None:
            raise CannotWeigh("not_open")
        if draft.version != version:
            raise ChangedMeanwhile(draft, version=draft.version)
        draft.delete()


def set_review(*, by: Viewer, pk: int, weighing_id: int, review_on: date | None) -> Weighing:
    """A closed weighing with another day to look at it again. Raises: NotFound; NotAllowed; CannotWeigh."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Wiedervorlage geändert")):
        candidate = locked(by, pk, WEIGH)
        weighing = candidate.weighings.select_for_update().filter(pk=weighing_id, is_closed=True).first()
        if weighing is None:
            raise NotFound("weighing", key=str(weighing_id))
        _check_days(weighing.decided_on, review_on)
        weighing.review_on = review_on
        weighing.version += 1
        weighing.save(update_fields=["review_on", "version", "changed_at"])
        return weighing


def _written(by: Viewer, candidate: Candidate, version: int, said: WeighingDraft, now: datetime) -> Weighing:
    _check(by, said, now)
    found = candidate.weighings.select_for_update().filter(is_closed=False).first()
    if (found.version if found else 0) != version:
        if found is None:
            raise CannotWeigh("not_open")
        raise ChangedMeanwhile(found, version=found.version)
    weighing = found or Weighing(candidate=candidate, version=0)
    for name in ("question", "decision", "reason", "decided_by"):
        setattr(weighing, name, getattr(said, name).strip())
    weighing.decided_on, weighing.review_on = said.decided_on, said.review_on
    weighing.paper_ids = list(dict.fromkeys(said.paper_ids))
    weighing.weighed_facts, weighing.fingerprint = facts_now(candidate), candidate.fingerprint
    weighing.by_id, weighing.by_name = by.account_id, by.name
    weighing.version += 1
    weighing.save()
    _write_rows(weighing, said)
    return weighing


def _write_rows(weighing: Weighing, said: WeighingDraft) -> None:
    positions = [
        Position(
            weighing=weighing,
            order=n,
            party=one.party.strip(),
            claim_key=one.claim_key,
            need=one.need.strip(),
        )
        for n, one in enumerate(said.positions)
        if one.party.strip()
    ]
    options = [
        Option(
            weighing=weighing,
            order=n,
            title=one.title.strip(),
            effects=one.effects.strip(),
            is_chosen=one.is_chosen,
        )
        for n, one in enumerate(said.options)
        if one.title.strip()
    ]
    # Rows that stay as they are are not touched: the history tells only of what changed.
    _keep(
        list(weighing.positions.order_by("order", "pk")), positions, ("order", "party", "claim_key", "need")
    )
    _keep(list(weighing.options.order_by("order", "pk")), options, ("order", "title", "effects", "is_chosen"))


def _keep(
    there: Sequence[Position] | Sequence[Option],
    wanted: Sequence[Position] | Sequence[Option],
    fields: Sequence[str],
) -> None:
    if [[getattr(row, name) for name in fields] for row in there] == [
        [getattr(row, name) for name in fields] for row in wanted
    ]:
        return
    for row in there:
        row.delete()
    for row in wanted:
        row.save()


def _check(by: Viewer, said: WeighingDraft, now: datetime) -> None:
    if not said.question.strip():
        raise CannotWeigh("needs_question")
    if sum(one.is_chosen for one in said.options) > 1:
        raise CannotWeigh("two_chosen")
    if max(len(said.positions), len(said.options), len(said.paper_ids)) > MOST_ROWS:
        raise CannotWeigh("too_many")
    if said.decided_on is not None and said.decided_on > timezone.localdate(now):
        raise CannotWeigh("decided_in_the_future")
    _check_days(said.decided_on, said.review_on)
    known = set(visible_papers(by).filter(pk__in=said.paper_ids).values_list("pk", flat=True))
    if set(said.paper_ids) - known:
        raise CannotWeigh("no_such_paper")


def _check_days(decided_on: date | None, review_on: date | None) -> None:
    if decided_on is not None and review_on is not None and review_on < decided_on:
        raise CannotWeigh("review_before_decision")
