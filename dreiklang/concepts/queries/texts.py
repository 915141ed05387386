"""What concepts say of themselves, for comparing a draft with them."""

from collections.abc import Iterator

from dreiklang.concepts.models import Concept
from dreiklang.concepts.rules import ConceptStatus
from dreiklang.people.rules import Viewer

ConceptTexts = tuple[int, str, int | None, tuple[str, ...]]


def concept_texts(viewer: Viewer) -> Iterator[ConceptTexts]:
    """(id, number, lead office, title and texts) of the concepts not superseded; nothing for outsiders."""
    if not viewer.is_internal:
        return
    found = Concept.objects.exclude(status=ConceptStatus.SUPERSEDED).order_by("pk")
    for pk, number, lead, *texts in found.values_list(
        "pk", "number", "lead_department_id", "title", "summary", "framework_reference"
    ):
        yield pk, number, lead, tuple(texts)
