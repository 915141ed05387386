"""Talks that were asked for beside a form find the candidate that arose once the record was saved."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from dreiklang.conflicts.models import Candidate, Talk
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services.verdicts import say
from dreiklang.core.claims import Claim
from dreiklang.people.rules import Viewer

# Whoever saves later than this began anew.
MEANT_FOR = timedelta(days=60)


def attach_talks(made: Collection[int], *, claims: Mapping[str, Claim], now: datetime) -> None:
    """Give new candidates the talks that were asked for while one party was only being typed, in the caller's
    transaction. That party had no key then: its title tells it, beside the record the talk is about.
    """
    waiting: dict[str, list[Talk]] = {}
    asked = Talk.objects.select_for_update().filter(candidate=None, asked_at__gte=now - MEANT_FOR)
    for talk in asked.order_by("pk") if made else ():
        waiting.setdefault(talk.about_key, []).append(talk)
    if not waiting:
        return
    for candidate in Candidate.objects.filter(pk__in=made, parties__overlap=list(waiting)).order_by("pk"):
        for key in candidate.parties:
            titles = {_folded(claims[one].title) for one in candidate.parties if one != key and one in claims}
            for talk in waiting.get(key, ()):
                if _folded(talk.draft_title) in titles:
                    _attach(talk, candidate)


def _attach(talk: Talk, candidate: Candidate) -> None:
    talk.candidate = candidate
    talk.save(update_fields=["candidate"])
    if candidate.said_state == State.NEW:
        asker = Viewer(account_id=talk.asked_by_id, name=talk.asked_by_name)
        say(candidate, State.IN_TALKS, by=asker, now=talk.asked_at)


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
