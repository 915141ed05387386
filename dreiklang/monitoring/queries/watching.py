"""The watch list: topics by department, what is due for whom, what came of looking. For the administration only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.core.search import SortKey
from dreiklang.monitoring.models import WatchItem, WatchReview
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.monitoring.queries.requests import edited_departments
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

# So many days before, somebody is told.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class DueReview:
    """A topic somebody should look at again."""

    pk: int
    title: str
    url: str
    due_on: date
    is_overdue: bool


def visible_items(viewer: Viewer) -> QuerySet[WatchItem]:
    """All topics inside, none outside."""
    rows = WatchItem.objects.select_related("department", "responsible")
    return rows if may(viewer, SEE_INSIDE) else rows.none()


def watch_list(viewer: Viewer, *, department_id: int | None = None) -> list[WatchItem]:
    """The topics that are watched, by the day of the next review, each with its latest reviews first."""
    rows = visible_items(viewer).filter(ended_on=None)
    if department_id is not None:
        rows = rows.filter(department_id=department_id)
    return list(rows.order_by("review_on", SortKey("topic"), "pk"))


def item_page(viewer: Viewer, *, pk: int) -> WatchItem:
    """One topic with its reviews, newest first, and what they found. Raises: NotFound."""
    reviews = WatchReview.objects.select_related("change").defer("change__search")
    newest = Prefetch("reviews", queryset=reviews.order_by("-seen_on", "-pk"))
    found = visible_items(viewer).prefetch_related(newest).filter(pk=pk).first()
    if found is None:
        raise NotFound("watch_item", key=str(pk))
    return found


def reviews_waiting(viewer: Viewer, *, today: date) -> QuerySet[WatchItem]:
    """The topics the viewer should look at now: hers, or her department's where nobody is named."""
    people = [pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None]
    mine = Q(responsible__in=people) | Q(responsible=None, department__in=edited_departments(viewer))
    rows = WatchItem.objects.filter(mine, ended_on=None, review_on__lte=today + AHEAD)
    return rows if may(viewer, SEE_INSIDE) else rows.none()


def reviews_due_for(viewer: Viewer, *, today: date) -> Sequence[DueReview]:
    """The same as things to do, by the day of the review. One statement."""
    return [
        DueReview(one.pk, one.topic, item_address(one.pk), one.review_on, one.review_on < today)
        for one in reviews_waiting(viewer, today=today).order_by("review_on", "pk")
    ]


def kept_item(viewer: Viewer, key: str) -> tuple[WatchItem, str]:
    """The topic with its address, for the history page. Raises: NotFound."""
    found = visible_items(viewer).filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise NotFound("watch_item", key=key)
    return found, item_address(found.pk)


def item_address(pk: int) -> str:
    """The page of a topic."""
    return reverse("monitoring:watch-item", args=[pk])
