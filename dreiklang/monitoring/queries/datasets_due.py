"""Datasets whose day has passed, for the one who answers for them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Dataset
from dreiklang.monitoring.queries.catalogue import delivered_at, latest
from dreiklang.monitoring.rules.dataset_due import dataset_due
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class DueDataset:
    """A dataset that should have been renewed by that day."""

    id: int
    title: str
    url: str
    due_on: date


def datasets_waiting(viewer: Viewer) -> QuerySet[Dataset]:
    """What `datasets_due_for` looks through: to ask first whether anything is there."""
    people = [pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None]
    dated = Dataset.objects.filter(~Q(rhythm="") | Q(next_due_on__isnull=False), responsible__in=people)
    return dated.filter(Q(entry=None) | Q(entry__missing_since=None))


def datasets_due_for(viewer: Viewer, *, today: date) -> list[DueDataset]:
    """Late datasets of the viewer and of those she deputises for now, the latest first. One statement."""
    if not viewer.is_internal:
        return []
    rows = delivered_at(datasets_waiting(viewer)).values_list(
        "pk", "title", "rhythm", "next_due_on", "modified_on", "last_delivered_at"
    )
    found = []
    for pk, title, rhythm, by_hand, modified, delivered in rows:
        due = dataset_due(rhythm=rhythm, last=latest(modified, delivered), by_hand=by_hand)
        if not isinstance(due, Unknown) and due < today:
            found.append(DueDataset(pk, title, reverse("monitoring:dataset", args=[pk]), due))
    return sorted(found, key=lambda one: (one.due_on, one.id))
