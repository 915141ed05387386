"""Names and ids for lists that name concepts. Not for pages: no viewer is asked."""

from collections.abc import Collection

from dreiklang.concepts.models import Concept
from dreiklang.core.imports.draft import Lookup


def concept_lookup() -> Lookup:
    """All concepts by number and title."""
    return Lookup.of(Concept.objects.order_by("pk").values_list("number", "title"))


def concept_ids(numbers: Collection[str]) -> dict[str, int]:
    """Number → id of those concepts that there are."""
    return dict(Concept.objects.filter(number__in=numbers).values_list("number", "pk"))
