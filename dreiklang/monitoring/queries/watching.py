"""The watch list: topics by department, what is due for whom, what came of looking. For the administration only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.core.search import SortKey
from dreiklang.monitoring.models import WatchItem, WatchReview
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.people.queries import may
from dreiklang.people.rules import Role, Viewer

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


def reviews_due_for(viewer: Viewer, *, today: date) -> Sequence[DueReview]:
    """The topics the viewer should look at now: hers, or her department's where nobody is named. One statement."""
    if not may(viewer, SEE_INSIDE):
        return ()
    rows = visible_items(viewer).filter(ended_on=None, review_on__lte=today + AHEAD)
    return [
        DueReview(one.pk, one.topic, item_address(one.pk), one.review_on, one.review_on < today)
        for one in rows.order_by("review_on", "pk")
        if _is_for(viewer, one)
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


def _is_for(viewer: Viewer, one: WatchItem) -> bool:
    if one.responsible_id is not None:
        return viewer.stands_for(one.responsible_id)
    # Who may because of a role for the whole city is not reminded of every department's topics.
    return any(
        held.role is Role.DEPARTMENT_EDITOR
        and held.department_ids is not None
        and one.department_id in held.department_ids
        for held in viewer.held
    )
