"""Two measures became one: what people said of the one that is gone goes on with the one that was kept."""

from django.utils.translation import gettext_noop as _

from dreiklang.conflicts.models import Candidate, Position, Talk
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.rules.findings import candidate_key
from dreiklang.conflicts.rules.renaming import renamed_facts, renamed_parties
from dreiklang.core.history import acting
from dreiklang.people.rules import SYSTEM


def follow_merger(*, kept: str, gone: str) -> None:
    """Let candidates of the claim `gone` be candidates of the claim `kept`, with all that people said of them.

    The next comparison says whether it still holds for the kept one. Where people spoke of both, both stay as they
    are; what the two were to each other stays, too.
    """
    with acting(by_id=None, by_name=SYSTEM.name, reason=_("Zusammengelegt")):
        found = Candidate.objects.select_for_update().filter(parties__contains=[gone])
        for candidate in found.exclude(parties__contains=[kept]).order_by("pk"):
            if _is_spoken_of(candidate):
                _move(candidate, kept, gone)
        Talk.objects.filter(candidate=None, about_key=gone).update(about_key=kept)


def _move(candidate: Candidate, kept: str, gone: str) -> None:
    before = tuple(candidate.parties)
    parties = renamed_parties(before, gone=gone, kept=kept)
    key = candidate_key(parties)
    there = Candidate.objects.select_for_update().filter(key=key).first()
    if there is not None and _is_spoken_of(there):
        return
    if there is not None:
        there.delete()
    candidate.key, candidate.parties = key, list(parties)
    candidate.said_facts = renamed_facts(candidate.said_facts, parties=before, gone=gone, kept=kept)
    candidate.version += 1
    candidate.save()
    for weighing in candidate.weighings.order_by("pk"):
        weighing.weighed_facts = renamed_facts(weighing.weighed_facts, parties=before, gone=gone, kept=kept)
        weighing.save(update_fields=["weighed_facts"])
    Position.objects.filter(weighing__candidate=candidate, claim_key=gone).update(claim_key=kept)


def _is_spoken_of(candidate: Candidate) -> bool:
    return candidate.said_state != State.NEW or candidate.talks.exists() or candidate.weighings.exists()
