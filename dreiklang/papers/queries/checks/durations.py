"""The days papers reached on their way, gathered for rules.durations."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.timezone import localdate

from dreiklang.measures.rules import Phase
from dreiklang.papers.models import Check, CheckStep, Consultation, Paper, Resolution
from dreiklang.papers.permissions.checks import SEE
from dreiklang.papers.rules.durations import (
    LegWait,
    Stay,
    Waiting,
    Way,
    YearTimes,
    stays,
    times_by_year,
    waiting,
    where_papers_lie,
)
from dreiklang.papers.rules.kinds import CheckState, ConsultationRole, MeetingState, ResolutionState, Result
from dreiklang.papers.rules.papers import DECIDED
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

STARTED = (Phase.IMPLEMENTATION, Phase.IN_USE)


def durations(viewer: Viewer) -> tuple[YearTimes, ...]:
    """Median days from draft to check, committee, resolution and start, by the year of the draft. Five statements.

    A paper's first check counts; checks that were given up do not. Nothing for outsiders.
    """
    return times_by_year(_ways()) if may(viewer, SEE) else ()


def papers_on_their_way(viewer: Viewer, *, today: date) -> tuple[LegWait, ...]:
    """On which leg papers lie now and how long, beside what it takes otherwise. Five statements.

    Nothing for outsiders, or without any check.
    """
    ways = _ways() if may(viewer, SEE) else []
    return where_papers_lie(ways, today=today) if ways else ()


def _ways() -> list[Way]:
    found = Check.objects.exclude(state=CheckState.GIVEN_UP).annotate(begun_at=Min("steps__entered_at"))
    rows = list(found.order_by("begun_at", "pk").values_list("paper_id", "begun_at", "released_at"))
    papers = {paper for paper, *_days in rows if paper is not None}
    committee, resolved, started = _committee(papers), _resolved(papers), _started(papers)
    over = _over(papers)
    seen: set[int] = set()
    ways = []
    for paper, begun_at, released_at in rows:
        if paper in seen:
            continue
        if paper is not None:
            seen.add(paper)
        ways.append(
            Way(
                drafted_on=localdate(begun_at) if begun_at else None,
                released_on=localdate(released_at) if released_at else None,
                committee_on=committee.get(paper) if paper else None,
                resolved_on=resolved.get(paper) if paper else None,
                started_on=started.get(paper) if paper else None,
                is_over=paper in over,
            )
        )
    return ways


def where_checks_wait(viewer: Viewer, *, now: datetime) -> tuple[Waiting, ...]:
    """How long checks stay in each state, and how many are there now. One statement."""
    if not may(viewer, SEE):
        return ()
    rows = CheckStep.objects.order_by("of_id", "entered_at", "pk").values_list("of_id", "state", "entered_at")
    by_check: dict[int, list[tuple[CheckState, datetime]]] = {}
    for check, state, entered_at in rows:
        by_check.setdefault(check, []).append((CheckState(state), entered_at))
    found: list[Stay] = [stay for steps in by_check.values() for stay in stays(steps)]
    return waiting(found, now=now)


def _committee(papers: Iterable[int]) -> Mapping[int, date]:
    """The first meeting that dealt with the paper."""
    held = Consultation.objects.filter(
        paper__in=papers, withdrawn_at=None, meeting__state=MeetingState.HELD
    ).exclude(meeting__starts_at=None)
    rows = held.values_list("paper_id").annotate(first=Min("meeting__starts_at"))
    return {paper: localdate(first) for paper, first in rows}


def _resolved(papers: Iterable[int]) -> Mapping[int, date]:
    found = Resolution.objects.filter(paper__in=papers).exclude(decided_on=None)
    return dict(found.values_list("paper_id").annotate(first=Min("decided_on")))


def _over(papers: Iterable[int]) -> frozenset[int]:
    """Papers that go no further: withdrawn; every resolution ended or rejected; decided without one to follow."""
    ended = Q(state__in=(ResolutionState.DONE, ResolutionState.DROPPED)) | Q(result=Result.REJECTED)
    followed = Resolution.objects.filter(paper=OuterRef("pk"))
    deciding = Q(is_deciding=True) | Q(role__in=(ConsultationRole.DECISION, ConsultationRole.NOTE))
    decided = Consultation.objects.filter(
        deciding, paper=OuterRef("pk"), withdrawn_at=None, item__result__in=DECIDED
    )
    is_over = (
        Q(withdrawn_at__isnull=False)
        | (Q(Exists(followed)) & ~Q(Exists(followed.exclude(ended))))
        | (~Q(Exists(followed)) & Q(Exists(decided)))
    )
    return frozenset(Paper.objects.filter(is_over, pk__in=papers).values_list("pk", flat=True))


def _started(papers: Iterable[int]) -> Mapping[int, date]:
    """The first report, since the resolution, that a measure carrying it out is under way."""
    found = Resolution.objects.filter(
        paper__in=papers,
        measures__reports__phase__in=STARTED,
        measures__reports__withdrawn_at=None,
    )
    return dict(found.values_list("paper_id").annotate(first=Min("measures__reports__reported_on")))
