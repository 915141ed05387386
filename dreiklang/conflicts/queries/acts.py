"""On which goals and indicators the parties of a candidate act, and how."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dreiklang.conflicts.models import StoredClaim
from dreiklang.conflicts.queries.stored import goal_of, indicator_of
from dreiklang.goals.queries import goal_labels
from dreiklang.monitoring.queries import indicator_labels
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class Act:
    """One goal or indicator a party acts on."""

    label: str
    url: str
    supports: bool
    weight: int
    is_indicator: bool = False


def acts_of(viewer: Viewer, keys: Collection[str]) -> dict[str, tuple[Act, ...]]:
    """Key of a party → the goals it acts on, by their number, then the indicators, by their names.

    Two statements, one more where there are indicators; nothing for outsiders.
    """
    if not viewer.is_internal:
        return {}
    rows = dict(StoredClaim.objects.filter(key__in=keys).values_list("key", "content"))
    called = _called(viewer, {one[0] for content in rows.values() for one in content["effects"]})
    order = {name: at for at, name in enumerate(called)}
    return {
        key: tuple(
            Act(*called[on], is_good, weight, is_indicator=indicator_of(on) is not None)
            for on, is_good, weight in sorted(_effects(content), key=lambda one: order.get(one[0], 0))
            if on in called
        )
        for key, content in rows.items()
    }


def _effects(content: Mapping[str, Any]) -> list[tuple[str, bool, int]]:
    return [(str(one[0]), bool(one[1]), int(one[2])) for one in content["effects"]]


def _called(viewer: Viewer, on: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What is acted on → label and address, in the order they are shown."""
    names = list(on)
    goals = {pk for name in names if (pk := goal_of(name)) is not None}
    indicators = {pk for name in names if (pk := indicator_of(name)) is not None}
    found = {
        f"goal:{pk}": (f"{one.number} {one.title}".strip(), one.url)
        for pk, one in goal_labels(viewer, ids=goals).items()
    }
    if indicators:
        labels = sorted(indicator_labels(viewer, ids=indicators).items(), key=lambda pair: pair[1].title)
        found |= {f"indicator:{pk}": (one.title, one.url) for pk, one in labels}
    return found
