"""The record itself: for a change, and for its history."""

from dreiklang.core.errors import NotFound
from dreiklang.measures.models import Measure
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.visibility import visible
from dreiklang.people.rules import Viewer


def kept(viewer: Viewer, key: str) -> tuple[Measure, str]:
    """The measure of that number and the address of its page, for its history. Raises: NotFound."""
    found = visible(viewer).filter(number=key).first()
    if found is None:
        raise NotFound("measure", key=key)
    return found, address(found.number)


def measure_of(viewer: Viewer, *, number: str) -> Measure:
    """The record of that number with its leading office, for a change. Raises: NotFound."""
    found = visible(viewer).select_related("lead_department", "current_report").filter(number=number).first()
    if found is None:
        raise NotFound("measure", key=number)
    return found
