"""The council member's next meetings: each item with its check, goals, money and earlier decisions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from dreiklang.core.records import Ref
from dreiklang.papers.models import Meeting, PaperLink, Resolution
from dreiklang.papers.queries.meetings import address, items_of, next_of_committees
from dreiklang.papers.queries.papers.choices import others
from dreiklang.papers.queries.papers.touched import Touched, touched_by
from dreiklang.papers.queries.released import ReleasedReference, released_references
from dreiklang.papers.queries.visibility import visible_papers, visible_resolutions
from dreiklang.papers.rules.kinds import ResolutionState, TargetKind
from dreiklang.papers.rules.meetings import ItemPaper, ItemRow
from dreiklang.people.rules import Viewer

# What makes an earlier decision one on the same matter; offices decide on everything.
RELATED = (TargetKind.GOAL, TargetKind.CONCEPT, TargetKind.MEASURE, TargetKind.AREA)
MOST_EARLIER = 4


@dataclass(frozen=True)
class Earlier:
    """A resolution on the same place or theme, and what became of it."""

    ref: Ref
    decided_on: date | None
    state: ResolutionState
    shared: Ref


@dataclass(frozen=True)
class MyPaper:
    """A paper of an item with all that helps to decide."""

    paper: ItemPaper
    check: ReleasedReference | None
    touched: tuple[Touched, ...]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True)
class MyItem:
    """One item of the agenda; several papers may stand under it."""

    item: ItemRow
    papers: tuple[MyPaper, ...]


@dataclass(frozen=True)
class MyMeeting:
    """The next meeting of one of her committees."""

    name: str
    committee: str
    url: str
    starts_at: datetime | None
    place: str
    items: tuple[MyItem, ...]


def my_meetings(viewer: Viewer, *, today: date) -> tuple[MyMeeting, ...]:
    """The next meeting of each committee the viewer sits in, soonest first; empty without a seat.

    Council members see what the public sees. Statements do not grow with the number of items.
    """
    if viewer.account_id is None:
        return ()
    meetings = next_of_committees(viewer, account_id=viewer.account_id, today=today)
    agendas = {one.pk: items_of(viewer, meeting=one.pk) for one in meetings}
    papers = {paper.id for items in agendas.values() for item in items for paper in item.papers}
    touched = touched_by(viewer, ids=papers)
    checks = released_references(viewer, ids=papers)
    earlier = earlier_decisions(viewer, touched=touched)

    def shown(paper: ItemPaper) -> MyPaper:
        return MyPaper(paper, checks.get(paper.id), touched.get(paper.id, ()), earlier.get(paper.id, ()))

    return tuple(
        MyMeeting(
            name=one.name,
            committee=one.committee.name if one.committee else "",
            url=address(one.key),
            starts_at=one.starts_at,
            place=one.place,
            items=tuple(
                MyItem(item, tuple(shown(paper) for paper in item.papers)) for item in agendas[one.pk]
            ),
        )
        for one in meetings
    )


def seats_of(viewer: Viewer) -> int:
    """In how many committees the viewer sits."""
    if viewer.account_id is None:
        return 0
    return others(Meeting, "committee").filter(seats__account=viewer.account_id).count()


def earlier_decisions(
    viewer: Viewer, *, touched: dict[int, tuple[Touched, ...]]
) -> dict[int, tuple[Earlier, ...]]:
    """Paper → resolutions on papers that touch the same goal, concept, measure or area, newest first."""
    wanted = {
        (one.kind, one.target): one.ref for ones in touched.values() for one in ones if one.kind in RELATED
    }
    if not wanted:
        return {}
    by_target = _decided_on(viewer, set(wanted))
    return {
        paper: tuple(
            {
                row.pk: _earlier(row, one.ref)
                for one in ones
                for row in by_target.get((one.kind, one.target), ())
                if row.paper_id != paper
            }.values()
        )[:MOST_EARLIER]
        for paper, ones in touched.items()
    }


def _decided_on(
    viewer: Viewer, wanted: set[tuple[TargetKind, int]]
) -> dict[tuple[TargetKind, int], list[Resolution]]:
    """Target → resolutions whose paper touches it and is known to the viewer, newest first. Two statements."""
    asked = Q()
    for kind in {kind for kind, _target in wanted}:
        asked |= Q(kind=kind, target__in=[target for one, target in wanted if one == kind])
    links = PaperLink.objects.filter(
        asked, paper__in=visible_papers(viewer), paper__resolutions__isnull=False
    )
    by_paper: dict[int, list[tuple[TargetKind, int]]] = {}
    for paper, kind_code, number in links.distinct().values_list("paper_id", "kind", "target"):
        by_paper.setdefault(paper, []).append((TargetKind(kind_code), number))
    rows = visible_resolutions(viewer).filter(paper__in=by_paper).defer("search", "text")
    found: dict[tuple[TargetKind, int], list[Resolution]] = {}
    for row in rows.order_by("-decided_on", "-pk"):
        for target in by_paper.get(row.paper_id or 0, ()):
            found.setdefault(target, []).append(row)
    return found


def _earlier(row: Resolution, shared: Ref) -> Earlier:
    ref = Ref(row.number, row.title, f"/beschluesse/{row.number}/")
    return Earlier(ref, row.decided_on, ResolutionState(row.state), shared)
