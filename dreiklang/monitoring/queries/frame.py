"""Observations of the frame: the list, one of them, what is known of a goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.records import Hit
from dreiklang.core.search import SortKey, found_by
from dreiklang.goals.queries import GoalName, PriorityChangeRow, goal_labels, priority_changes
from dreiklang.monitoring.models import FrameChange, FrameMeaning
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.monitoring.rules.frame import FrameSide
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

SORTS: dict[str, tuple[str | SortKey, ...]] = {
    "datum": ("noticed_on",),
    "titel": (SortKey("title"),),
    "feld": ("field",),
    "woher": ("side",),
}


@dataclass(frozen=True)
class FrameFilter:
    """What the list of observations is narrowed to."""

    text: str = ""
    field: str = ""
    side: str = ""
    year: int | None = None
    goal: str = ""


@dataclass(frozen=True)
class Meaning:
    """What an observation means for a goal the viewer may see."""

    goal: GoalName
    sign: str
    text: str


@dataclass(frozen=True)
class FramePage:
    """One observation with what it means, and the change of priority it led to."""

    record: FrameChange
    meanings: Sequence[Meaning]
    led_to: PriorityChangeRow | None
    is_public: bool


@dataclass(frozen=True)
class Occasion:
    """An observation that leads to a change of priority, as its form begins."""

    key: str
    title: str
    text: str
    is_inner: bool
    url: str


def occasion_of(viewer: Viewer, *, said: str) -> Occasion | None:
    """The observation that the address names ("rahmen:bauzinsen"); None for anything else, or one that led to one already."""
    kind, _colon, key = said.partition(":")
    found = visible_changes(viewer).filter(key=key, leads_to=None).first() if kind == "rahmen" else None
    if found is None:
        return None
    return Occasion(found.key, found.title, found.text, found.side == FrameSide.INNER, address(found.key))


def visible_changes(viewer: Viewer) -> QuerySet[FrameChange]:
    """The administration sees all observations, everybody the public ones."""
    rows = FrameChange.objects.select_related("department", "area").defer("search")
    return rows if may(viewer, SEE_INSIDE) else rows.filter(visibility=Visibility.PUBLIC)


def change_list(
    viewer: Viewer, *, wanted: FrameFilter, sort: str = "datum", is_descending: bool = True
) -> QuerySet[FrameChange]:
    """The observations that fit, with their meanings, in this order."""
    rows = visible_changes(viewer)
    if wanted.text:
        rows = rows.filter(Q(title__icontains=wanted.text) | Q(text__icontains=wanted.text))
    if wanted.field:
        rows = rows.filter(field=wanted.field)
    if wanted.side:
        rows = rows.filter(side=wanted.side)
    if wanted.year is not None:
        rows = rows.filter(noticed_on__year=wanted.year)
    if wanted.goal:
        found = FrameMeaning.objects.filter(goal__number=wanted.goal, goal__framework__status="valid")
        rows = rows.filter(pk__in=found.values("change_id"))
    ordered = rows.order_by(*SORTS.get(sort, SORTS["datum"]), "pk")
    ordered = ordered.reverse() if is_descending else ordered
    return ordered.prefetch_related("meanings__goal")


def change_counts(viewer: Viewer, *, since: date) -> dict[str, int]:
    """How many there are, and how many since a day came from outside and from inside: one statement."""
    rows = visible_changes(viewer).aggregate(
        total=Count("pk"),
        outer=Count("pk", filter=Q(side="outer", noticed_on__gte=since)),
        inner=Count("pk", filter=Q(side="inner", noticed_on__gte=since)),
    )
    return {name: int(count) for name, count in rows.items()}


def change_years(viewer: Viewer) -> list[int]:
    """The years with observations, newest first."""
    days = visible_changes(viewer).dates("noticed_on", "year", order="DESC")
    return [day.year for day in days]


def change_page(viewer: Viewer, *, key: str) -> FramePage:
    """One observation. Raises: NotFound."""
    found = visible_changes(viewer).select_related("item").filter(key=key).first()
    if found is None:
        raise NotFound("frame_change", key=key)
    rows = list(found.meanings.order_by("pk").values_list("goal_id", "sign", "text"))
    names = goal_labels(viewer, ids=[goal for goal, _sign, _text in rows])
    led_to = priority_changes(viewer) if found.leads_to_id else ()
    return FramePage(
        record=found,
        meanings=[Meaning(names[goal], sign, text) for goal, sign, text in rows if goal in names],
        led_to=next((one for one in led_to if one.pk == found.leads_to_id), None),
        is_public=found.visibility == Visibility.PUBLIC,
    )


def frame_of_goal(viewer: Viewer, *, goal_id: int, limit: int = 3) -> list[FrameMeaning]:
    """The latest observations that mean something for a goal, each with its `change`. One statement."""
    rows = FrameMeaning.objects.filter(goal_id=goal_id).select_related("change").defer("change__search")
    if not may(viewer, SEE_INSIDE):
        rows = rows.filter(change__visibility=Visibility.PUBLIC)
    return list(rows.order_by("-change__noticed_on", "-change_id")[:limit])


def change_hits(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Observations that hold the text, for the search over everything."""
    rows = found_by(visible_changes(viewer).select_related(None), text=text)
    fields = ("key", "title", "text", "hit_rank")
    return [
        Hit("frame_change", key, title, snippet[:160], address(key), rank)
        for key, title, snippet, rank in rows.values_list(*fields)[:limit]
    ]


def kept_change(viewer: Viewer, key: str) -> tuple[FrameChange, str]:
    """The observation with its address, for the history page. Raises: NotFound."""
    found = visible_changes(viewer).filter(key=key).first()
    if found is None:
        raise NotFound("frame_change", key=key)
    return found, address(key)


def address(key: str) -> str:
    """The page of an observation."""
    return reverse("monitoring:frame-change", args=[key])
