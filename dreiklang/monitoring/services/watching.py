"""The watch list of a department: what is looked at again and again, and what came of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import FrameChange, WatchItem, WatchReview
from dreiklang.monitoring.rules.frame import ReviewOutcome, next_review
from dreiklang.monitoring.services.frame import observe
from dreiklang.monitoring.services.kept_records import fill, locked, save
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "department_id",
    "responsible_id",
    "topic",
    "field",
    "side",
    "look_where",
    "every_months",
    "review_on",
)


class CannotWatch(Refused):
    """The topic as given cannot be watched: `topic_taken`, `in_the_future` for a day of review, `ended`."""


def watch(*, by: Viewer, values: Mapping[str, Any]) -> WatchItem:
    """A new topic on the watch list. Raises: NotAllowed; CannotWatch (topic_taken)."""
    made = WatchItem(version=0)
    fill(made, values, fields=FIELDS)
    require(by, permissions.EDIT_FRAME, made)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Thema auf die Beobachtungsliste gesetzt")):
        _refuse_twice(made)
        save(made)
    return made


def change_watch(*, by: Viewer, pk: int, version: int, values: Mapping[str, Any]) -> WatchItem:
    """Change what `values` names.

    Raises: NotFound; NotAllowed, also when it would leave the editor's department; ChangedMeanwhile; CannotWatch.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beobachtetes Thema geändert")):
        found = _locked(by, pk, version)
        fill(found, values, fields=FIELDS)
        require(by, permissions.EDIT_FRAME, found)
        _refuse_twice(found)
        save(found)
    return found


def end_watch(*, by: Viewer, pk: int, version: int, on: date) -> WatchItem:
    """Nobody needs to look any more. Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotWatch (ended)."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Thema nicht mehr beobachtet")):
        found = _locked(by, pk, version)
        if found.ended_on is not None:
            raise CannotWatch("ended")
        found.ended_on = on
        save(found)
    return found


def review_topic(
    *,
    by: Viewer,
    pk: int,
    version: int | None,
    seen_on: date,
    today: date,
    note: str = "",
    observed: Mapping[str, Any] | None = None,
) -> WatchReview:
    """Somebody looked: nothing new, or (`observed`, the values of an observation) something happened.

    The next review is due so many months after the day somebody looked. Raises: NotFound; NotAllowed;
    ChangedMeanwhile; CannotWatch (in_the_future, ended); CannotObserve.
    """
    if seen_on > today:
        raise CannotWatch("in_the_future")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beobachtetes Thema durchgesehen")):
        found = _locked(by, pk, version)
        if found.ended_on is not None:
            raise CannotWatch("ended")
        change: FrameChange | None = None
        if observed is not None:
            own = {"department_id": found.department_id, "field": found.field, "side": found.side}
            change = observe(by=by, today=today, values={**own, **observed}, item_id=found.pk)
        review = WatchReview.objects.create(
            item=found,
            seen_on=seen_on,
            outcome=ReviewOutcome.OBSERVED if change else ReviewOutcome.NOTHING_NEW,
            change=change,
            note=note.strip(),
            by_id=by.account_id,
            by_name=by.name,
        )
        found.last_seen_on = max(seen_on, found.last_seen_on or seen_on)
        found.review_on = next_review(found.last_seen_on, every_months=found.every_months)
        save(found)
    return review


def _locked(by: Viewer, pk: int, version: int | None) -> WatchItem:
    return locked(WatchItem, by=by, permission=permissions.EDIT_FRAME, pk=pk, version=version)


def _refuse_twice(one: WatchItem) -> None:
    others = WatchItem.objects.filter(department_id=one.department_id, topic=one.topic)
    if others.exclude(pk=one.pk).exists():
        raise CannotWatch("topic_taken")
