"""Figures as they were kept with ratings, for whoever reads them now.

They are frozen on the day of a rating, and a threshold may be set or tightened later. Of what is guarded a kept number
is a former value like any other: others than the statistics office read it as long as the values say the same of that
day that everybody reads today.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.guarded import guarded_keys
from dreiklang.monitoring.queries.standing import standings_on
from dreiklang.monitoring.rules.standing import frozen
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

Figures = Sequence[Mapping[str, Any]]
# What was read off values. The target and the way to it the city says itself.
_OF_VALUES = ("value", "on", "per_year", "since")
_OF_INDICATOR = ("key", "name", "unit", "decimals")


def figures_told(viewer: Viewer, ratings: Iterable[Mapping[str, Any]]) -> Mapping[int, Figures]:
    """The figures of these ratings (`pk`, `rated_on`, `figures`) by their ids, as this viewer may read them.

    What she may not read is told as if it had been hidden on that day: unknown, `suppressed`. No statement where nothing
    was kept, one where nothing is guarded.
    """
    found = {one["pk"]: one for one in ratings if one["figures"]}
    told = {pk: one["figures"] for pk, one in found.items()}
    keys = {each.get("key", "") for figures in told.values() for each in figures}
    secret = frozenset() if may(viewer, permissions.SEE_CONFIDENTIAL) else guarded_keys(keys)
    if not secret:
        return told
    days = {pk: date.fromisoformat(one["rated_on"]) for pk, one in found.items()}
    now = _today_of(viewer, secret, set(days.values()))
    return {
        pk: [
            one
            if one.get("key", "") not in secret
            else _told(one, now.get((one.get("key", ""), days[pk]), ()))
            for one in figures
        ]
        for pk, figures in told.items()
    }


def _today_of(
    viewer: Viewer, keys: Collection[str], days: Collection[date]
) -> Mapping[tuple[str, date], Figures]:
    """What the values that everybody reads today say of these days, by key of the indicator and day."""
    rows = Indicator.objects.filter(key__in=keys).select_related("breakdown").defer("search")
    known = {one.pk: one for one in rows}
    found = standings_on(viewer, indicators=known.values(), days=days)
    return {
        (known[pk].key, day): frozen(standing, key=known[pk].key, name="", unit="", decimals=0)
        for (pk, day), standing in found.items()
    }


def _told(kept: Mapping[str, Any], now: Figures) -> Mapping[str, Any]:
    """The figure as it was kept where its numbers are no secret, else without any."""
    if not any(name in kept for name in _OF_VALUES):
        return kept
    sort = str(kept.get("code", "")).split("_", 1)[0]
    today = next((one for one in now if one["code"].startswith(f"{sort}_")), {})
    if all(kept.get(name) == today.get(name) for name in _OF_VALUES):
        return kept
    about = {name: kept[name] for name in _OF_INDICATOR if name in kept}
    return {"code": f"{sort}_unknown", "side": "neither", **about, "reason": "suppressed"}
