"""Quantities that datasets brought and no indicator uses yet."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dreiklang.monitoring.models import Quantity
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class FreeQuantity:
    """What a dataset counts, with where it comes from."""

    id: int
    name: str
    code: str
    unit: str
    dataset_id: int
    dataset: str
    provider: str


def free_quantity_count(viewer: Viewer, *, text: str = "") -> int:
    """How many there are. Inside only: the raw material of the city is nobody else's business."""
    return _found(viewer, text).count()


def free_quantities(viewer: Viewer, *, text: str = "", start: int = 0, limit: int) -> list[FreeQuantity]:
    """Some of them in the order of their datasets. One statement."""
    rows = (
        _found(viewer, text)
        .order_by("dataset__title", "dataset_id", "code", "pk")
        .values_list(
            "pk", "name", "code", "unit_words", "dataset_id", "dataset__title", "dataset__provider__name"
        )
    )
    return [FreeQuantity(*row) for row in rows[start : start + limit]]


def _found(viewer: Viewer, text: str) -> QuerySet[Quantity]:
    if not viewer.is_internal:
        return Quantity.objects.none()
    found = Quantity.objects.filter(indicators=None)
    if text:
        found = found.filter(
            Q(name__icontains=text) | Q(code__icontains=text) | Q(dataset__title__icontains=text)
        )
    return found
