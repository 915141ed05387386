"""Words and numbers that lists of papers and meetings share."""

from collections.abc import Collection
from typing import Any

from dreiklang.core.enums import Visibility

VISIBILITY_WORDS = {
    "intern": Visibility.INTERNAL.value,
    "öffentlich": Visibility.PUBLIC.value,
    "nicht öffentlich": Visibility.INTERNAL.value,
    "nichtöffentlich": Visibility.INTERNAL.value,
    **{one.value: one.value for one in Visibility},
}


def numbered(model: Any, numbers: Collection[str]) -> tuple[dict[str, int], frozenset[str]]:
    """Number → id of the records with these numbers, and the numbers that occur more than once."""
    found: dict[str, int] = {}
    doubled: set[str] = set()
    for number, pk in model.objects.filter(number__in=set(numbers)).values_list("number", "pk"):
        if number in found:
            doubled.add(number)
        found[number] = pk
    return found, frozenset(doubled)
