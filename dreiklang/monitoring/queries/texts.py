"""What indicators say of themselves, for comparing a draft with them."""

from collections.abc import Iterator

from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.people.rules import SYSTEM, Viewer

IndicatorTexts = tuple[int, tuple[str, ...]]


def indicator_texts(viewer: Viewer) -> Iterator[IndicatorTexts]:
    """(id, name and texts) of all indicators; nothing for outsiders."""
    if not viewer.is_internal:
        return
    found = visible_indicators(viewer).order_by("pk")
    for pk, *texts in found.values_list("pk", "name", "meaning"):
        yield pk, tuple(texts)


def indicator_text_count() -> int:
    """How many `indicator_texts` gives to the administration."""
    return visible_indicators(SYSTEM).count()
