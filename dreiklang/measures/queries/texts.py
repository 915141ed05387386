"""What measures say of themselves, for comparing a draft with them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from dreiklang.measures.models import Measure
from dreiklang.people.rules import Viewer

MeasureTexts = tuple[int, str, int | None, tuple[str, ...]]


def measure_texts(viewer: Viewer) -> Iterator[MeasureTexts]:
    """(id, number, lead office, title and texts) of the measures not merged away; nothing for outsiders."""
    if not viewer.is_internal:
        return
    for pk, number, lead, *texts in (
        _compared()
        .order_by("pk")
        .values_list("pk", "number", "lead_department_id", "title", "teaser", "description")
    ):
        yield pk, number, lead, tuple(texts)


def measure_text_count() -> int:
    """How many `measure_texts` gives to the administration."""
    return _compared().count()


def _compared() -> QuerySet[Measure]:
    return Measure.objects.filter(merged_into=None)
