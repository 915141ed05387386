"""Papers as lines of lists."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from dreiklang.core.enums import Visibility
from dreiklang.core.search import SortKey, found_by
from dreiklang.papers.models import Check, Paper, PaperLink, PaperSettings
from dreiklang.papers.queries.papers.rulings import rulings
from dreiklang.papers.queries.papers.steps import address_of_paper, route_column, route_of
from dreiklang.papers.queries.visibility import sees_inside, visible_consultations, visible_papers
from dreiklang.papers.rules.kinds import ConsultationRole, PaperKind, TargetKind
from dreiklang.papers.rules.papers import (
    DECIDED,
    MOST_COUNTED,
    Counted,
    PaperFilter,
    PaperLine,
    Whereabouts,
    is_strategic,
    standing,
)
from dreiklang.people.rules import Viewer

SORTS: Mapping[str, Any] = {
    "datum": F("dated_on"),
    "nummer": F("number"),
    "titel": SortKey("title"),
    "art": F("kind"),
    "amt": F("lead_department__name"),
}
_FIELDS = (
    "pk",
    "key",
    "number",
    "title",
    "kind",
    "dated_on",
    "lead_department__name",
    "lead_words",
    "is_strategic",
    "visibility",
    "withdrawn_at",
)


def paper_lines(
    viewer: Viewer,
    *,
    wanted: PaperFilter,
    today: date,
    sort: str = "datum",
    is_descending: bool = True,
    start: int = 0,
    limit: int | None = 50,
) -> list[PaperLine]:
    """One page of what a filter leaves, in the order asked for; papers without the value come last.

    One statement.
    """
    key = SORTS.get(sort, SORTS["datum"])
    first = key.desc(nulls_last=True) if is_descending else key.asc(nulls_last=True)
    last = "-pk" if is_descending else "pk"
    stop = None if limit is None else start + limit
    return _lines(viewer, narrowed(viewer, wanted).order_by(first, last)[start:stop], today=today)


def paper_total(viewer: Viewer, *, wanted: PaperFilter) -> Counted:
    """How many papers a filter leaves, counted up to 500. One statement."""
    return Counted.of(narrowed(viewer, wanted).order_by()[: MOST_COUNTED + 1].count())


def paper_count() -> int:
    """How many papers there are, whoever asks."""
    return Paper.objects.count()


def papers_of(
    viewer: Viewer, *, kind: TargetKind, target: int | Collection[int], today: date, limit: int | None = None
) -> list[PaperLine]:
    """The papers that touch a goal, task, concept, measure or area (by id, or several), newest first."""
    ids = [target] if isinstance(target, int) else list(target)
    links = PaperLink.objects.filter(paper=OuterRef("pk"), kind=kind, target__in=ids)
    there = Q(Exists(links))
    if kind is TargetKind.CONCEPT:
        there |= Q(concept__in=ids)
    found = visible_papers(viewer).filter(there).order_by(F("dated_on").desc(nulls_last=True), "-pk")
    return _lines(viewer, found[:limit], today=today)


def found_ids(viewer: Viewer, *, wanted: PaperFilter, limit: int) -> list[int]:
    """The newest papers that a filter leaves, by id: what a saved search looks at."""
    found = narrowed(viewer, wanted).order_by(F("dated_on").desc(nulls_last=True), "-pk")
    return list(found.values_list("pk", flat=True)[:limit])


def lines_by_id(viewer: Viewer, *, ids: Collection[int], today: date) -> dict[int, PaperLine]:
    """The papers of those ids that the viewer may know of."""
    found = visible_papers(viewer).filter(pk__in=ids).order_by("pk")
    return {line.id: line for line in _lines(viewer, found, today=today)}


def narrowed(viewer: Viewer, wanted: PaperFilter) -> QuerySet[Paper]:
    """The papers the viewer may know of that fit."""
    found = visible_papers(viewer).filter(**_plain(wanted))
    if wanted.text.strip():
        found = found.filter(worded(viewer, wanted.text))
    if wanted.year is not None:
        found = found.filter(dated_on__gte=date(wanted.year, 1, 1), dated_on__lte=date(wanted.year, 12, 31))
    if wanted.committee is not None:
        steps = visible_consultations(viewer).filter(paper=OuterRef("pk"), committee=wanted.committee)
        found = found.filter(Exists(steps))
    for kind, target in ((TargetKind.GOAL, wanted.goal), (TargetKind.AREA, wanted.area)):
        if target is not None:
            links = PaperLink.objects.filter(paper=OuterRef("pk"), kind=kind, target=target)
            found = found.filter(Exists(links))
    # Which papers the city takes for strategic is its own working word.
    if wanted.only_strategic and sees_inside(viewer):
        found = found.filter(strategic())
    if wanted.only_internal and sees_inside(viewer):
        found = found.filter(visibility=Visibility.INTERNAL)
    return _whereabouts(viewer, found, wanted.whereabouts)


def worded(viewer: Viewer, text: str) -> Q:
    """Papers that hold the text as words, as part of the title, or as beginning of the number.

    Outsiders do not find a withdrawn paper by the words that are kept back from them.
    """
    seen = visible_papers(viewer)
    if not sees_inside(viewer):
        seen = seen.filter(withdrawn_at=None)
    by_words = found_by(seen, text=text).order_by().values("pk")
    by_number = visible_papers(viewer).filter(number__startswith=text.strip()).order_by().values("pk")
    # Two short lists joined: an OR over both would walk through every paper.
    return Q(pk__in=by_words.union(by_number))


def strategic() -> Q:
    """Papers that are strategic, by themselves or by the city's rule. Reads the rule."""
    return Q(is_strategic=True) | Q(is_strategic=None, kind__in=rulings().strategic_kinds)


def _plain(wanted: PaperFilter) -> dict[str, Any]:
    given = {"kind": wanted.kind, "lead_department": wanted.department}
    return {name: value for name, value in given.items() if value is not None}


def _whereabouts(viewer: Viewer, found: QuerySet[Paper], where: Whereabouts | None) -> QuerySet[Paper]:
    if where is None:
        return found
    if where is Whereabouts.WITHDRAWN:
        return found.exclude(withdrawn_at=None)
    found = found.filter(withdrawn_at=None)
    steps = visible_consultations(viewer).filter(paper=OuterRef("pk"), withdrawn_at=None)
    if where is Whereabouts.NO_ROUTE:
        return found.filter(~Exists(steps))
    decides = Q(is_deciding=True) | Q(role__in=[ConsultationRole.DECISION, ConsultationRole.NOTE])
    decided = Exists(steps.filter(decides, item__result__in=list(DECIDED)))
    if where is Whereabouts.DECIDED:
        return found.filter(decided)
    begun = Exists(steps.filter(meeting__starts_at__date__lt=localdate()))
    open_ones = found.filter(~decided, Exists(steps))
    return open_ones.filter(begun) if where is Whereabouts.IN_CONSULTATION else open_ones.filter(~begun)


def _lines(viewer: Viewer, papers: QuerySet[Paper], *, today: date) -> list[PaperLine]:
    columns = {"route_": route_column(viewer)} | (_inside_columns() if sees_inside(viewer) else {})
    rows = papers.annotate(**columns).values(*_FIELDS, *columns)
    return [_line(row, is_inside=sees_inside(viewer), today=today) for row in rows]


def _inside_columns() -> dict[str, Any]:
    """What only the administration sees: the state of the newest check, and the city's rule on strategic kinds."""
    checks = Check.objects.filter(paper=OuterRef("pk")).order_by("-pk")
    return {
        "check_": Subquery(checks.values("state")[:1]),
        "ruled_": Subquery(PaperSettings.objects.order_by("pk").values("strategic_kinds")[:1]),
    }


def _line(row: dict[str, Any], *, is_inside: bool, today: date) -> PaperLine:
    route, is_withdrawn = route_of(row["route_"]), row["withdrawn_at"] is not None
    ruled = row.get("ruled_") or ()
    return PaperLine(
        id=row["pk"],
        key=row["key"],
        number=row["number"],
        title=row["title"],
        url=address_of_paper(row["key"]),
        kind=PaperKind(row["kind"]),
        dated_on=row["dated_on"],
        department=row["lead_department__name"] or row["lead_words"],
        standing=standing(route, is_withdrawn=is_withdrawn, today=today),
        is_strategic=is_inside and is_strategic(row["is_strategic"], kind=row["kind"], strategic_kinds=ruled),
        is_internal=row["visibility"] == Visibility.INTERNAL,
        check_state=row.get("check_") or "",
    )
