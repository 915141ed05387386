"""Data requests: the list, one of them, what is due for whom. All of it for the administration only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.core.records import Hit
from dreiklang.core.search import SortKey
from dreiklang.monitoring.models import DataRequest, Indicator
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.monitoring.rules.requests import RequestState, is_late
from dreiklang.people.queries import may
from dreiklang.people.rules import Role, Viewer

ANSWERED = "data_request_answered"
SORTS: dict[str, tuple[str | SortKey, ...]] = {
    "frist": ("due_on",),
    "frage": (SortKey("question"),),
    "amt": (SortKey("department__name"),),
    "stand": ("place",),
}


@dataclass(frozen=True)
class RequestFilter:
    """What a list of requests is narrowed to."""

    text: str = ""
    state: str = ""
    department_id: int | None = None
    only_mine: bool = False


@dataclass(frozen=True)
class DueRequest:
    """A request somebody should answer, or whose answer somebody should look at."""

    pk: int
    reason: str
    title: str
    url: str
    due_on: date
    is_overdue: bool


def visible_requests(viewer: Viewer) -> QuerySet[DataRequest]:
    """All of them inside, none outside."""
    rows = DataRequest.objects.select_related("department", "responsible", "asker", "level", "indicator")
    rows = rows.defer("indicator__search")
    return rows if may(viewer, SEE_INSIDE) else rows.none()


def request_list(
    viewer: Viewer, *, wanted: RequestFilter, sort: str = "frist", is_descending: bool = False
) -> QuerySet[DataRequest]:
    """The requests that fit, in this order; by deadline what is open comes first."""
    rows = visible_requests(viewer)
    if wanted.text:
        rows = rows.filter(Q(question__icontains=wanted.text) | Q(values_words__icontains=wanted.text))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.department_id is not None:
        rows = rows.filter(department_id=wanted.department_id)
    if wanted.only_mine:
        rows = rows.filter(Q(responsible_id=viewer.account_id) | Q(asker_id=viewer.account_id))
    order = [When(state=state, then=Value(n)) for n, state in enumerate(RequestState)]
    rows = rows.annotate(place=Case(*order, default=Value(9), output_field=IntegerField()))
    keys = SORTS.get(sort, SORTS["frist"])
    ordered = rows.order_by(*keys, "pk") if sort != "frist" else rows.order_by("place", *keys, "pk")
    return ordered.reverse() if is_descending else ordered


def request_counts(viewer: Viewer, *, today: date) -> dict[str, int]:
    """How many are open, late, answered, became a series: one statement."""
    rows = visible_requests(viewer).values_list("state", "due_on")
    counts = {"total": 0, "late": 0, **{state.value: 0 for state in RequestState}}
    for state, due_on in rows:
        counts["total"] += 1
        counts[state] += 1
        counts["late"] += is_late(RequestState(state), due_on=due_on, today=today)
    return counts


def request_page(viewer: Viewer, *, pk: int) -> DataRequest:
    """One request. Raises: NotFound."""
    found = (
        visible_requests(viewer)
        .select_related("delivery__dataset", "indicator__provider")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound("data_request", key=str(pk))
    return found


def requests_waiting(viewer: Viewer) -> QuerySet[DataRequest]:
    """What waits for the viewer: open ones she brings, and answered ones she asked for.

    The person named, or her deputy; where nobody is named, the editors of the department.
    """
    people = [pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None]
    hers = Q(responsible__in=people) | Q(responsible=None, department__in=edited_departments(viewer))
    rows = DataRequest.objects.filter(
        Q(hers, state=RequestState.OPEN) | Q(state=RequestState.ANSWERED, asker__in=people)
    )
    return rows if may(viewer, SEE_INSIDE) else rows.none()


def requests_due_for(viewer: Viewer, *, today: date) -> Sequence[DueRequest]:
    """The same as things to do, by deadline. One statement."""
    rows = requests_waiting(viewer).order_by("due_on", "pk")
    return [_due(one, today) for one in rows]


def edited_departments(viewer: Viewer) -> list[int]:
    """The departments the viewer edits for; who edits for the whole city is not reminded of every department's."""
    reach = [one.department_ids for one in viewer.held if one.role is Role.DEPARTMENT_EDITOR]
    return sorted({pk for ids in reach if ids is not None for pk in ids})


def request_hits(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Requests that hold the text, for the search over everything."""
    rows = visible_requests(viewer).filter(Q(question__icontains=text) | Q(values_words__icontains=text))
    return [
        Hit("data_request", str(one.pk), one.question, one.department.name, address(one.pk), 0.5)
        for one in rows.order_by("-due_on", "pk")[:limit]
    ]


def indicator_choices() -> list[tuple[int, str]]:
    """All indicators for a form, by name."""
    rows = Indicator.objects.order_by(SortKey("name"), "pk").values_list("pk", "name")
    return list(rows)


def kept_request(viewer: Viewer, key: str) -> tuple[DataRequest, str]:
    """The request with its address, for the history page. Raises: NotFound."""
    found = visible_requests(viewer).filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise NotFound("data_request", key=key)
    return found, address(found.pk)


def address(pk: int) -> str:
    """The page of a request."""
    return reverse("monitoring:request", args=[pk])


def _due(one: DataRequest, today: date) -> DueRequest:
    is_open = one.state == RequestState.OPEN
    return DueRequest(
        one.pk,
        "data_request" if is_open else ANSWERED,
        one.question,
        address(one.pk),
        one.due_on if is_open else one.answered_on or one.due_on,
        is_open and one.due_on < today,
    )
