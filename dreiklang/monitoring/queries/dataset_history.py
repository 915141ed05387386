"""The record behind the page of a dataset, for its history."""

from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.monitoring.models import Dataset
from dreiklang.monitoring.queries.catalogue import visible_datasets
from dreiklang.people.rules import Viewer

LONGEST_ID = 18


def kept_dataset(viewer: Viewer, key: str) -> tuple[Dataset, str]:
    """The dataset and the address of its page. Raises: NotFound."""
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < LONGEST_ID else 0
    found = visible_datasets(viewer).defer("search").filter(pk=number).first()
    if found is None:
        raise NotFound("dataset", key=key)
    return found, reverse("monitoring:dataset", args=[found.pk])
