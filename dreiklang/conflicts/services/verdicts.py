"""People say what a candidate is worth: looked at, no conflict, open again. Each word can be taken back."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.permissions import LOOK, WEIGH
from dreiklang.conflicts.queries.lines import visible
from dreiklang.conflicts.queries.thresholds import limits
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.rules.standing import SETTLED
from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

LONGEST = 5000


class CannotSay(Refused):
    """What was to be said does not fit: `needs_reason`, `too_long`, `outdated` (nothing is found any more),
    `not_settled`, `nothing_to_take_back`.
    """


def look_at(*, by: Viewer, now: datetime, pk: int) -> Candidate:
    """The candidate, looked at. Whoever said more already is not overruled. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Hinweis angesehen")):
        candidate = locked(by, pk, LOOK)
        if candidate.state != State.NEW:
            return candidate
        return say(candidate, State.SEEN, by=by, now=now)


def no_conflict(*, by: Viewer, now: datetime, pk: int, reason: str) -> Candidate:
    """The candidate, found to be none. Raises: NotFound; NotAllowed; CannotSay (needs_reason, too_long, outdated)."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kein Konflikt")):
        candidate = locked(by, pk, WEIGH)
        if not reason.strip():
            raise CannotSay("needs_reason")
        if len(reason) > LONGEST:
            raise CannotSay("too_long")
        if candidate.state == State.OUTDATED:
            raise CannotSay("outdated")
        return say(candidate, State.NO_CONFLICT, by=by, now=now, reason=reason)


def reopen(*, by: Viewer, now: datetime, pk: int) -> Candidate:
    """A settled candidate, to be looked at again; what was said of it stays in its history and its weighings.

    Raises: NotFound; NotAllowed; CannotSay (not_settled).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Wieder geöffnet")):
        candidate = locked(by, pk, WEIGH)
        if candidate.state not in SETTLED:
            raise CannotSay("not_settled")
        return say(candidate, State.SEEN, by=by, now=now)


def take_back(*, by: Viewer, now: datetime, pk: int) -> Candidate:
    """The candidate without what was said last ("looked at", "no conflict", a talk); a weighing is reopened instead.

    By whoever said it, by the parties' leads and offices, and by coordination.

    Raises: NotFound; NotAllowed; CannotSay (nothing_to_take_back).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zurückgenommen")):
        candidate = locked(by, pk, LOOK)
        if candidate.said_state in {State.NEW, State.WEIGHED} or candidate.state == State.OUTDATED:
            raise CannotSay("nothing_to_take_back")
        if candidate.said_state == State.NO_CONFLICT or not by.stands_for(candidate.said_by_id):
            require(by, WEIGH, candidate)
        return say(candidate, State.NEW, by=by, now=now)


def say(
    candidate: Candidate, state: State, *, by: Viewer, now: datetime, reason: str = "", facts: Any = None
) -> Candidate:
    """Write down what was said of which facts, in the caller's transaction."""
    is_silence = state == State.NEW
    candidate.state = candidate.said_state = state
    candidate.said_reason = reason.strip()
    candidate.said_facts = [] if is_silence else facts_now(candidate) if facts is None else facts
    # Others may be in force since: what was said answers what was found.
    candidate.said_limits = {} if is_silence else candidate.found_limits or asdict(limits())
    candidate.said_fingerprint = "" if is_silence else candidate.fingerprint
    candidate.said_by_id = None if is_silence else by.account_id
    candidate.said_by_name = "" if is_silence else by.name
    candidate.said_at = None if is_silence else now
    candidate.reopened_at, candidate.reopened_by = None, []
    candidate.version += 1
    candidate.save()
    return candidate


def facts_now(candidate: Candidate) -> list[dict[str, Any]]:
    """The findings as JSON, as rules.what_changed compares them later."""
    rows = candidate.findings.order_by("-strength", "kind", "pk").values("kind", "sense", "strength", "facts")
    return [dict(row) for row in rows]


def locked(by: Viewer, pk: int, permission: str) -> Candidate:
    """The candidate, locked for this transaction. Raises: NotFound; NotAllowed."""
    candidate = visible(by).select_for_update().filter(pk=pk).first()
    if candidate is None:
        raise NotFound("candidate", key=str(pk))
    require(by, permission, candidate)
    return candidate
