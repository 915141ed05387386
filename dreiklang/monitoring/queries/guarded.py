"""Which indicators tell numbers that may be small counts: their own, or those they are reckoned from, are guarded."""

from collections.abc import Collection, Mapping

from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.confidential import guarded, is_anything_guarded
from dreiklang.monitoring.queries.series import refs_of, with_inputs


def guarded_keys(keys: Collection[str]) -> frozenset[str]:
    """Those of these keys whose numbers are guarded, and those of no indicator: nobody knows what they told.

    One statement as long as no indicator has a threshold.
    """
    if not keys or not is_anything_guarded():
        return frozenset()
    found = list(Indicator.objects.filter(key__in=keys).select_related("breakdown").defer("search"))
    known = with_inputs(found)
    counted = {one.key: _quantities(one.key, known) for one in found}
    secret = guarded(quantity_ids=set().union(*counted.values()))
    return frozenset(key for key in keys if key not in counted or counted[key] & secret)


def _quantities(key: str, known: Mapping[str, Indicator]) -> set[int]:
    """What an indicator and all that its formula needs count."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        one = known.get(waiting.pop())
        if one is not None and one.key not in seen:
            seen.add(one.key)
            waiting += [ref.key for ref in refs_of(one)]
    return {quantity for one in seen if (quantity := known[one].quantity_id) is not None}
