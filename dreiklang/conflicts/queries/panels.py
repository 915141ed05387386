"""Candidates for the pages of those that meet, and what waits for one person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from dreiklang.conflicts.models import Candidate, Weighing
from dreiklang.conflicts.queries.lines import BY_STRENGTH, OPEN, lines_of, visible
from dreiklang.conflicts.queries.names import parties_of, with_unknown
from dreiklang.conflicts.queries.records import CandidateLine, DueCandidate
from dreiklang.conflicts.rules import State
from dreiklang.people.rules import Role, Viewer

SHOWN = 10
# So many candidates wait at most for one person on her focus page; the radar has them all.
WAITING = 3


def panel_of(viewer: Viewer, *, key: str) -> tuple[CandidateLine, ...]:
    """The candidates of one record ("measure:12", "concept:3", "check:7"): the open ones, strongest first, then those
    settled. Nothing for outsiders. Eight statements.
    """
    found = list(
        visible(viewer)
        .exclude(state=State.OUTDATED)
        .filter(parties__contains=[key])
        .order_by(*BY_STRENGTH)[:SHOWN]
    )
    return lines_of(viewer, sorted(found, key=lambda one: one.state not in OPEN))


def candidates_for(viewer: Viewer, *, most: int = WAITING) -> tuple[DueCandidate, ...]:
    """The strongest candidates that wait for the viewer: she leads one of the parties and nobody has looked yet, or
    a changed fact opened it again. For coordination, those opened again of the whole city. Four statements.
    """
    found = list(_waiting(viewer).order_by(*BY_STRENGTH)[:most])
    return tuple(
        DueCandidate(
            one.pk,
            "conflict_reopened" if one.reopened_at else "conflict_new",
            title,
            (one.reopened_at or one.found_at).date(),
        )
        for one, title in zip(found, _titles(viewer, found), strict=True)
    )


def reviews_due(viewer: Viewer, *, on: date) -> tuple[DueCandidate, ...]:
    """Weighings whose review day has come: for coordination all, for others those of what they lead, oldest first.

    Four statements.
    """
    if not viewer.is_internal:
        return ()
    found = list(_to_review(viewer, on).select_related("candidate").order_by("review_on", "pk"))
    titles = _titles(viewer, [one.candidate for one in found])
    return tuple(
        DueCandidate(one.candidate_id, "weighing_review", title, one.review_on)
        for one, title in zip(found, titles, strict=True)
    )


def waiting(viewer: Viewer, *, on: date) -> dict[str, QuerySet[Any]]:
    """What `candidates_for` and `reviews_due` look through, by name: to ask first whether anything is there."""
    return {"candidates": _waiting(viewer), "reviews": _to_review(viewer, on)} if viewer.is_internal else {}


def _waiting(viewer: Viewer) -> QuerySet[Candidate]:
    hers = Q(person_ids__overlap=[*filter(None, [viewer.account_id]), *viewer.deputises_for])
    if viewer.has(Role.COORDINATOR):
        hers |= Q(reopened_at__isnull=False)
    return visible(viewer).filter(hers, state=State.NEW)


def _to_review(viewer: Viewer, on: date) -> QuerySet[Weighing]:
    due = Weighing.objects.filter(is_closed=True, review_on__lte=on, candidate__state=State.WEIGHED)
    # An older weighing is answered by a newer one.
    newer = Weighing.objects.filter(candidate=OuterRef("candidate"), pk__gt=OuterRef("pk"))
    newest = due.exclude(Exists(newer))
    if viewer.has(Role.COORDINATOR):
        return newest
    people = [*filter(None, [viewer.account_id]), *viewer.deputises_for]
    return newest.filter(Q(candidate__person_ids__overlap=people) | Q(by_id__in=people))


def _titles(viewer: Viewer, found: Sequence[Candidate]) -> list[str]:
    parties = parties_of(viewer, {key for one in found for key in one.parties})
    return [" – ".join(party.title for party in with_unknown(one.parties, parties)) for one in found]
