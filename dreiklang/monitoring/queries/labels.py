"""Indicators by name and address, for links and forms of others."""

from collections.abc import Collection

from django.urls import reverse

from dreiklang.core.records import Ref
from dreiklang.core.search import SortKey
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.people.rules import SYSTEM, Viewer


def address(key: str) -> str:
    """The page of the indicator with that key."""
    return reverse("monitoring:indicator", args=[key])


def indicator_labels(viewer: Viewer, *, ids: Collection[int]) -> dict[int, Ref]:
    """Id → key, name and address; indicators the viewer may not know of are left out. One statement."""
    rows = visible_indicators(viewer).filter(pk__in=ids).values_list("pk", "key", "name")
    return {pk: Ref(key, name, address(key)) for pk, key, name in rows}


def indicator_choices(viewer: Viewer) -> list[tuple[int, str]]:
    """Indicators for a form: id → name, in order of the names."""
    return list(visible_indicators(viewer).order_by(SortKey("name"), "pk").values_list("pk", "name"))


def indicator_names() -> list[tuple[str, str]]:
    """Key and name of every indicator, in order of the keys: by these a list calls them."""
    return list(visible_indicators(SYSTEM).order_by("key").values_list("key", "name"))


def indicator_ids() -> dict[str, int]:
    """Key → id of every indicator, for links that a list names."""
    return dict(visible_indicators(SYSTEM).values_list("key", "pk"))
