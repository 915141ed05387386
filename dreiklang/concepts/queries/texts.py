"""What concepts say of themselves, for comparing a draft with them."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from dreiklang.concepts.models import Concept
from dreiklang.concepts.rules import ConceptStatus
from dreiklang.people.rules import Viewer

ConceptTexts = tuple[int, str, int | None, tuple[str, ...]]


def concept_texts(viewer: Viewer, *, ids: Collection[int] | None = None) -> Iterator[ConceptTexts]:
    """(id, number, lead office, title and texts) of the concepts not superseded; nothing for outsiders."""
    if not viewer.is_internal:
        return
    found = _compared() if ids is None else _compared().filter(pk__in=ids)
    for pk, number, lead, *texts in found.order_by("pk").values_list(
        "pk", "number", "lead_department_id", "title", "summary", "framework_reference"
    ):
        yield pk, number, lead, tuple(texts)


def concept_text_count() -> int:
    """How many `concept_texts` gives to the administration."""
    return _compared().count()


def _compared() -> QuerySet[Concept]:
    return Concept.objects.exclude(status=ConceptStatus.SUPERSEDED)
