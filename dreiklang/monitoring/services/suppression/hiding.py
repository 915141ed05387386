"""Small counts of a quantity are hidden as soon as they are there, in the transaction that brought them."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from dreiklang.monitoring.models import Dataset, Quantity
from dreiklang.monitoring.queries.confidential import CountedDay, Day, counted_days, thresholds
from dreiklang.monitoring.queries.region_sums import OurRegions, our_regions
from dreiklang.monitoring.rules.small_counts import Hiding
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.services.suppression.behind import hide, show


def hide_small_counts(
    *, quantity_ids: Collection[int], days: Collection[Day] | None = None, is_fresh: bool = False
) -> int:
    """Hide what has to be hidden of these quantities on these days (all); how many values are hidden there.

    Whatever writes values ends with this. Deliveries of one table, and whoever sets its threshold, wait for each
    other here. With `is_fresh`, when the statistics office changed a threshold, what needs no hiding is shown again;
    else what is hidden stays hidden.
    """
    wait_for_others(quantity_ids)
    below = thresholds(quantity_ids=quantity_ids)
    looked_at = set(quantity_ids) if is_fresh else below.keys()
    if not looked_at:
        return 0
    ours = our_regions()
    hidden = 0
    for quantity in sorted(looked_at):
        for day in counted_days(quantity_id=quantity, ours=ours, days=days):
            hidden += _put_through(day, below.get(quantity), ours, is_fresh=is_fresh)
    return hidden


def wait_for_others(quantity_ids: Iterable[int]) -> None:
    """Hold the tables of these quantities until the end of the transaction, in one order for all who ask.

    Whoever writes values begins with this. What only refers to a table need not wait.
    """
    datasets = Quantity.objects.filter(pk__in=list(quantity_ids)).values("dataset")
    list(
        Dataset.objects.select_for_update(no_key=True)
        .filter(pk__in=datasets)
        .order_by("pk")
        .values_list("pk")
    )


def _put_through(day: CountedDay, below: int | None, ours: OurRegions, *, is_fresh: bool) -> int:
    """Make of the states there are those there must be; how many are hidden then."""
    wanted = day.hiding(below=below, ours=ours, is_fresh=is_fresh)
    hidden: dict[ReleaseState, list[int]] = defaultdict(list)
    shown: list[int] = []
    for key, there in day.states.items():
        state = _wanted(wanted, key)
        if state is there:
            continue
        if state is ReleaseState.RELEASED:
            shown.append(int(key))
        else:
            hidden[state].append(int(key))
    hide(hidden)
    show(shown)
    return sum(_wanted(wanted, key) is not ReleaseState.RELEASED for key in day.states)


def _wanted(found: Hiding | None, key: str) -> ReleaseState:
    return found.states[key] if found else ReleaseState.RELEASED
