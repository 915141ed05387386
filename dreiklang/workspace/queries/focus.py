"""What is due for one person, over all subjects, most urgent first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from dreiklang.conflicts import queries as conflicts
from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.monitoring.queries.criteria_due import criteria_due_for, criteria_waiting
from dreiklang.monitoring.queries.datasets_due import datasets_due_for, datasets_waiting
from dreiklang.monitoring.queries.deliveries import deliveries_waiting, waiting_for
from dreiklang.monitoring.queries.due import EFFECT, effects_due_for, indicators_waiting, values_due_for
from dreiklang.monitoring.queries.requests import ANSWERED, requests_due_for, requests_waiting
from dreiklang.monitoring.queries.watching import reviews_due_for, reviews_waiting
from dreiklang.papers import queries as papers
from dreiklang.papers.queries.checks import checks_due_for
from dreiklang.people.rules import Viewer
from dreiklang.workspace.queries.waiting import kinds_waiting

MOST = 7
# A note waits for its release; nobody set a deadline for that.
WAITING = "release"
ALL_WAITING = frozenset(
    {
        WAITING,
        "resolution_note",
        "conflict_new",
        "conflict_reopened",
        EFFECT,
        "criterion_off_way",
        "rating_contradicted",
        "rating_never_rated",
        "rating_new_values",
        "rating_release",
        "values_release",
        ANSWERED,
    }
)
# Of what concerns criteria the one thing with a deadline.
RATING_DUE = "rating_too_old"
REVIEW = "weighing_review"


@dataclass(frozen=True)
class FocusItem:
    """One thing to do.

    `reason` is a code that the page words with `facts`; `due_on` is None where nothing is dated.
    """

    kind: str
    reason: str
    key: str
    title: str
    url: str
    due_on: date | None
    facts: dict[str, object]
    is_overdue: bool = False

    @property
    def waits_since(self) -> bool:
        """Whether `due_on` is the day since which it waits, not a deadline."""
        return self.reason in ALL_WAITING


def focus_items(
    viewer: Viewer, *, today: date, asked: measures.Reporting | None = None
) -> Sequence[FocusItem]:
    """Everything that waits for the viewer: by deadline, then what waits without one."""
    waiting = kinds_waiting(_sources(viewer, today=today))
    items = [
        *_measures(viewer, today=today, asked=asked),
        *_evaluations(viewer, today=today),
        *_resolutions(viewer, today=today),
        *_checks(viewer, today=today),
        *_candidates(viewer, today=today, waiting=waiting),
        *(_criteria(viewer, today=today) if "criteria" in waiting else ()),
        *(_datasets(viewer, today=today) if "datasets" in waiting else ()),
        *_indicators(viewer, today=today, waiting=waiting),
        *(_deliveries(viewer) if "deliveries" in waiting else ()),
        *(_requests(viewer, today=today) if "requests" in waiting else ()),
        *(_topics(viewer, today=today) if "topics" in waiting else ()),
    ]
    # What is late comes first, then what has a deadline, then what merely waits.
    return sorted(items, key=lambda item: (item.waits_since, item.due_on or date.max, item.title))


def _measures(viewer: Viewer, *, today: date, asked: measures.Reporting | None) -> Iterator[FocusItem]:
    for due in measures.due_for(viewer, today=today, asked=asked):
        yield FocusItem(
            kind="measure",
            reason=due.reason,
            key=due.number,
            title=due.title,
            url=due.url,
            due_on=due.due_on,
            facts=dict(due.facts),
            is_overdue=due.due_on < today and due.reason != WAITING,
        )


def _evaluations(viewer: Viewer, *, today: date) -> Iterator[FocusItem]:
    for step in goals.evaluation_due(viewer, today=today):
        yield FocusItem(
            kind="evaluation",
            reason="evaluation_due",
            key=str(step.pk),
            title=step.name,
            url=step.url,
            due_on=step.due_on,
            facts={},
            is_overdue=step.due_on < today,
        )


def _resolutions(viewer: Viewer, *, today: date) -> Iterator[FocusItem]:
    for due in papers.resolutions_due_for(viewer, today=today):
        yield FocusItem(
            kind="resolution",
            reason=due.reason,
            key=due.number,
            title=due.title,
            url=due.url,
            due_on=due.on,
            facts={},
            is_overdue=due.reason == "resolution_overdue",
        )


def _checks(viewer: Viewer, *, today: date) -> Iterator[FocusItem]:
    for check in checks_due_for(viewer, today=today):
        yield FocusItem(
            kind="check",
            reason=check.reason,
            key=check.number,
            title=check.title,
            url=check.url,
            due_on=check.on,
            facts={"offices": check.offices},
            is_overdue=check.on is not None and check.on < today,
        )


def _candidates(viewer: Viewer, *, today: date, waiting: Collection[str]) -> Iterator[FocusItem]:
    for due in (
        *(conflicts.reviews_due(viewer, on=today) if "reviews" in waiting else ()),
        *(conflicts.candidates_for(viewer) if "candidates" in waiting else ()),
    ):
        yield FocusItem(
            kind="candidate",
            reason=due.reason,
            key="",
            title=due.title,
            url=reverse("conflicts:candidate", args=[due.pk]),
            due_on=due.on,
            facts={},
            is_overdue=due.on is not None and due.on < today and due.reason == REVIEW,
        )


def _criteria(viewer: Viewer, *, today: date) -> Iterator[FocusItem]:
    for due in criteria_due_for(viewer, today=today):
        yield FocusItem(
            kind="criterion",
            reason=due.reason,
            key=due.name,
            title=due.title,
            url=due.url,
            due_on=due.on,
            facts={"because": due.because, "form": due.form},
            is_overdue=due.reason == RATING_DUE and due.on < today,
        )


def _datasets(viewer: Viewer, *, today: date) -> Iterator[FocusItem]:
    for due in datasets_due_for(viewer, today=today):
        yield FocusItem(
            kind="dataset",
            reason="dataset_overdue",
            key="",
            title=due.title,
            url=due.url,
            due_on=due.due_on,
            facts={},
            is_overdue=True,
        )


def _indicators(viewer: Viewer, *, today: date, waiting: Collection[str]) -> Iterator[FocusItem]:
    for due in (
        *(values_due_for(viewer, today=today) if "values" in waiting else ()),
        *(effects_due_for(viewer, today=today) if "effects" in waiting else ()),
    ):
        yield FocusItem(
            kind="indicator",
            reason=due.reason,
            key=due.key,
            title=due.title,
            url=due.url,
            due_on=due.on,
            facts={"about": due.about},
            is_overdue=due.on < today and due.reason != EFFECT,
        )


def _deliveries(viewer: Viewer) -> Iterator[FocusItem]:
    for due in waiting_for(viewer):
        yield FocusItem(
            kind="delivery",
            reason="values_release",
            key=str(due.pk),
            title=due.title,
            url=reverse("monitoring:value-delivery", args=[due.pk]),
            due_on=due.since,
            facts={"by": due.by_name, "doubts": due.doubt_count},
        )


def _requests(viewer: Viewer, *, today: date) -> Iterator[FocusItem]:
    for due in requests_due_for(viewer, today=today):
        yield FocusItem(
            kind="data_request",
            reason=due.reason,
            key=str(due.pk),
            title=due.title,
            url=due.url,
            due_on=due.due_on,
            facts={},
            is_overdue=due.is_overdue,
        )


def _topics(viewer: Viewer, *, today: date) -> Iterator[FocusItem]:
    for due in reviews_due_for(viewer, today=today):
        yield FocusItem(
            kind="watch_item",
            reason="watch_review",
            key=str(due.pk),
            title=due.title,
            url=due.url,
            due_on=due.due_on,
            facts={},
            is_overdue=due.is_overdue,
        )


def _sources(viewer: Viewer, *, today: date) -> dict[str, QuerySet[Any]]:
    """What is looked through only where there is anything for the viewer at all, by name.

    Each later kind of thing joins here with the rows it looks through, so that whoever has none of it waits for none.
    """
    if not viewer.is_internal:
        return {}
    return {
        **conflicts.waiting(viewer, on=today),
        "criteria": criteria_waiting(viewer),
        "datasets": datasets_waiting(viewer),
        "deliveries": deliveries_waiting(viewer),
        **indicators_waiting(viewer, today=today),
        "requests": requests_waiting(viewer),
        "topics": reviews_waiting(viewer, today=today),
    }
