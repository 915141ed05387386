"""Records of monitoring by the key in the address of their history. For the administration only."""

from dreiklang.core.errors import NotFound
from dreiklang.goals.queries import page_address
from dreiklang.monitoring.models import Criterion, Indicator
from dreiklang.monitoring.queries.labels import address
from dreiklang.people.rules import Viewer

# What the database takes for an id.
LONGEST_ID = 19


def kept_indicator(viewer: Viewer, key: str) -> tuple[Indicator, str]:
    """The indicator with that key and the address of its page. Raises: NotFound."""
    found = Indicator.objects.filter(key=key).defer("search").first() if viewer.is_internal else None
    if found is None:
        raise NotFound("indicator", key=key)
    return found, address(found.key)


def kept_criterion(viewer: Viewer, key: str) -> tuple[Criterion, str]:
    """The criterion with that id and the address of the criteria of its goal. Raises: NotFound."""
    rows = Criterion.objects.select_related("goal__framework").defer("search", "goal__search")
    is_id = key.isascii() and key.isdigit() and len(key) < LONGEST_ID
    found = rows.filter(pk=int(key)).first() if viewer.is_internal and is_id else None
    if found is None:
        raise NotFound("criterion", key=key)
    version = found.goal.framework
    page = page_address("monitoring:goal-criteria", found.goal.number, version.status, version.label)
    return found, f"{page}#kriterium-{found.pk}"
