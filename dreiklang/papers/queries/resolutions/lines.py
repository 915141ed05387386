"""Resolutions as lines of lists, and how many there are of each fate."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.order import NaturalKey
from dreiklang.core.search import SortKey, found_by
from dreiklang.measures.queries import visible as visible_measures
from dreiklang.papers.models import PaperLink, Resolution, ResolutionMeasure
from dreiklang.papers.queries.visibility import sees_inside, visible_papers, visible_resolutions
from dreiklang.papers.rules.kinds import ResolutionState, Result, TargetKind, TrackedKind
from dreiklang.papers.rules.resolutions import (
    UNFINISHED,
    Fate,
    FateCounts,
    ResolutionFilter,
    ResolutionLine,
    fate,
    funding,
    money,
)
from dreiklang.people.rules import Viewer

LINE_FIELDS = (
    "pk",
    "number",
    "title",
    "kind",
    "decided_on",
    "committee__key",
    "committee__name",
    "department__key",
    "department__name",
    "result",
    "state",
    "state_on",
    "due_on",
    "money_eur",
    "money_words",
    "needs_money",
    "visibility",
)
SORTS: Mapping[str, Any] = {
    "nummer": NaturalKey("number"),
    "titel": SortKey("title"),
    "beschlossen": F("decided_on"),
    "frist": F("due_on"),
    "stand": F("fate"),
    "amt": F("department__key"),
    "gremium": SortKey("committee__name"),
    "mittel": F("money_eur"),
}
LATEST = "beschlossen"


def resolution_lines(
    viewer: Viewer,
    *,
    wanted: ResolutionFilter,
    today: date,
    sort: str = LATEST,
    is_descending: bool = True,
    start: int = 0,
    limit: int | None = 50,
) -> list[ResolutionLine]:
    """One page of what a filter leaves, in the order asked for; what has no value there comes last."""
    key = SORTS.get(sort, SORTS[LATEST])
    first = key.desc(nulls_last=True) if is_descending else key.asc(nulls_last=True)
    found = narrowed(viewer, wanted, today=today).alias(fate=_fate_case(today)).order_by(first, "-pk")
    if limit is not None:
        # Sorted by narrow rows; names of offices and committees are looked up for this page alone.
        page = Resolution.objects.filter(pk__in=found[start : start + limit].values("pk"))
        found = page.alias(fate=_fate_case(today)).order_by(first, "-pk")
    return lines_of(found, today=today)


def resolution_counts(viewer: Viewer, *, wanted: ResolutionFilter, today: date) -> FateCounts:
    """How many of each fate a filter leaves, whatever fate it asks for. One statement."""
    rows = (
        narrowed(viewer, wanted, today=today)
        .order_by()
        .annotate(fate=_fate_case(today))
        .values("fate")
        .annotate(number=Count("pk"), unfunded=Count("pk", filter=without_money()))
    )
    found = list(rows)
    return FateCounts(
        {Fate(row["fate"]): row["number"] for row in found}, sum(row["unfunded"] for row in found)
    )


def resolutions_of_measure(viewer: Viewer, *, measure: int, today: date) -> list[ResolutionLine]:
    """What the council decided that this measure carries out, newest first."""
    found = visible_resolutions(viewer).filter(measure_links__measure=measure)
    return lines_of(_newest(found), today=today)


def resolutions_of_goal(
    viewer: Viewer, *, goals: Collection[int], today: date, limit: int | None = None
) -> list[ResolutionLine]:
    """What the council decided that acts on one of the goals, newest first: by its paper, or by a measure serving it."""
    ids = list(goals)
    papers = visible_papers(viewer).filter(
        Exists(PaperLink.objects.filter(paper=OuterRef("pk"), kind=TargetKind.GOAL, target__in=ids))
    )
    measures = visible_measures(viewer).filter(goal_links__goal__in=ids)
    links = ResolutionMeasure.objects.filter(resolution=OuterRef("pk"), measure__in=measures)
    found = visible_resolutions(viewer).filter(Q(paper__in=papers) | Q(Exists(links)))
    return lines_of(_newest(found)[:limit], today=today)


def resolutions_of_target(
    viewer: Viewer, *, kind: TargetKind, target: int, today: date, limit: int | None = None
) -> list[ResolutionLine]:
    """What the council decided on papers that touch a task, concept or area, newest first.

    Of a concept also what was decided on papers that present it.
    """
    there = Q(Exists(PaperLink.objects.filter(paper=OuterRef("pk"), kind=kind, target=target)))
    if kind is TargetKind.CONCEPT:
        there |= Q(concept=target)
    found = visible_resolutions(viewer).filter(paper__in=visible_papers(viewer).filter(there))
    return lines_of(_newest(found)[:limit], today=today)


def narrowed(viewer: Viewer, wanted: ResolutionFilter, *, today: date) -> QuerySet[Resolution]:
    """The resolutions the viewer may know of that fit."""
    found = visible_resolutions(viewer)
    exact = {"kind": wanted.kind, "committee": wanted.committee, "department": wanted.department}
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.text.strip():
        named = Q(number__istartswith=wanted.text.strip())
        texts = found_by(visible_resolutions(viewer), text=wanted.text).order_by().values("pk")
        found = found.filter(named | Q(pk__in=texts))
    if wanted.year is not None:
        found = found.filter(
            decided_on__gte=date(wanted.year, 1, 1), decided_on__lte=date(wanted.year, 12, 31)
        )
    if wanted.measure is not None:
        found = found.filter(measure_links__measure=wanted.measure)
    if wanted.fate is not None:
        found = found.alias(fate=_fate_case(today)).filter(fate=wanted.fate)
    if wanted.only_unfunded:
        found = found.filter(without_money())
    if wanted.only_internal and sees_inside(viewer):
        found = found.filter(visibility=Visibility.INTERNAL)
    return found


def found_resolution_ids(viewer: Viewer, *, wanted: ResolutionFilter, today: date, limit: int) -> list[int]:
    """The newest resolutions that a filter leaves, by id: what a saved search looks at."""
    return list(_newest(narrowed(viewer, wanted, today=today)).values_list("pk", flat=True)[:limit])


def resolutions_by_id(viewer: Viewer, *, ids: Collection[int], today: date) -> dict[int, ResolutionLine]:
    """The resolutions of those ids that the viewer may know of."""
    found = visible_resolutions(viewer).filter(pk__in=ids).order_by("pk")
    return {line.id: line for line in lines_of(found, today=today)}


def lines_of(found: QuerySet[Resolution], *, today: date) -> list[ResolutionLine]:
    """The resolutions as lines, in their order. One statement."""
    return [_line(row, today) for row in found.values(*LINE_FIELDS)]


def address(number: str) -> str:
    """The address of a resolution's page."""
    return reverse("papers:resolution", kwargs={"number": number})


def without_money() -> Q:
    """Needs money, and nobody named any: as `rules.resolutions.funding` says, for the database."""
    none = Q(money_eur=None) | Q(money_eur__lte=0)
    return Q(needs_money=True, money_words="", state__in=UNFINISHED) & none


def _fate_case(today: date) -> Case:
    late = Q(state__in=UNFINISHED, due_on__lt=today)
    return Case(
        When(late, then=Value(Fate.OVERDUE.value)), default=F("state"), output_field=CharField(max_length=8)
    )


def _newest(found: QuerySet[Resolution]) -> QuerySet[Resolution]:
    return found.order_by(F("decided_on").desc(nulls_last=True), "-pk")


def _line(row: Mapping[str, Any], today: date) -> ResolutionLine:
    state = ResolutionState(row["state"])
    named: dict[str, Any] = {"words": row["money_words"], "needs_money": row["needs_money"]}
    return ResolutionLine(
        id=row["pk"],
        number=row["number"],
        title=row["title"],
        url=address(row["number"]),
        kind=TrackedKind(row["kind"]),
        decided_on=row["decided_on"],
        committee_key=row["committee__key"] or "",
        committee=row["committee__name"] or "",
        department_key=row["department__key"] or "",
        department=row["department__name"] or "",
        result=Result(row["result"]),
        fate=fate(state, due_on=row["due_on"], today=today),
        state_on=row["state_on"],
        due_on=row["due_on"],
        money=money(row["money_eur"], **named),
        funding=funding(row["money_eur"], **named, state=state),
        is_internal=row["visibility"] == Visibility.INTERNAL,
    )
