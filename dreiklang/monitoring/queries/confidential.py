"""The small counts behind hidden values: read here and nowhere else."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, Max, Q

from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import ConfidentialValue, Indicator, Observation, Quantity
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.region_sums import OurRegions
from dreiklang.monitoring.rules.small_counts import Count, Hiding, hiding
from dreiklang.monitoring.rules.values import ReleaseState, ValueKind
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# What was counted. Forecasts and targets are nobody's count.
_COUNTED = (ValueKind.ACTUAL, ValueKind.ESTIMATE)


class Day(NamedTuple):
    """The period of a table: counts of different periods are looked at by themselves."""

    ends_on: date
    starts_on: date
    kind: str = ValueKind.ACTUAL


@dataclass(frozen=True, slots=True)
class CountedDay:
    """The counts of one day as they are, hidden or not; `states` as they are shown now. Keys are observation ids."""

    day: Day
    counts: tuple[Count, ...]
    states: Mapping[str, ReleaseState]

    @property
    def hidden(self) -> frozenset[str]:
        """What nobody reads now."""
        return frozenset(key for key, state in self.states.items() if state in HIDDEN)

    def hiding(self, *, below: int | None, ours: OurRegions, is_fresh: bool) -> Hiding | None:
        """What is to be hidden below this threshold; None: nothing is hidden any more.

        Unless looked at afresh, what is hidden stays so: who kept an earlier edition could set both side by side.
        """
        if below is None:
            return None
        return hiding(self.counts, ours.sums, below=below, also=() if is_fresh else self.hidden)


def confidential_values(viewer: Viewer, *, observation_ids: Collection[int]) -> dict[int, Decimal]:
    """The counts by the ids of their observations. Raises NotAllowed for everybody but the statistics office."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    rows = ConfidentialValue.objects.filter(observation_id__in=list(observation_ids))
    return dict(rows.values_list("observation_id", "value"))


def thresholds(*, quantity_ids: Iterable[int], without: int = 0) -> dict[int, int]:
    """Below which number counts of these quantities are hidden: the strictest of their indicators. No secret.

    without  the id of an indicator that is not asked
    """
    rows = Indicator.objects.filter(quantity__in=list(quantity_ids), suppress_below__isnull=False)
    return dict(
        rows.exclude(pk=without).values_list("quantity_id").annotate(Max("suppress_below")).order_by()
    )


def counted_days(
    *, quantity_id: int, ours: OurRegions, days: Collection[Day] | None = None
) -> list[CountedDay]:
    """The counts of a quantity in this city, true ones also where they are hidden, by day. One statement.

    For `services.suppression`, and for queries that ask for `SEE_CONFIDENTIAL` first: nobody else may hold them.
    """
    rows = Observation.objects.filter(
        quantity=quantity_id,
        region__in=ours.ids,
        kind__in=_COUNTED,
        state__in=(ReleaseState.RELEASED, *HIDDEN),
    )
    if days is not None:
        rows = rows.filter(ends_on__in={day.ends_on for day in days})
    found: dict[Day, list[tuple[Count, ReleaseState]]] = defaultdict(list)
    for pk, region, split, ends_on, starts_on, kind, value, behind, state in rows.order_by("pk").values_list(
        "pk",
        "region_id",
        "breakdown__key",
        "ends_on",
        "starts_on",
        "kind",
        "value",
        "confidential__value",
        "state",
    ):
        number = value if behind is None else behind
        count = Count(str(pk), region, split, Unknown("not_delivered") if number is None else number)
        found[Day(ends_on, starts_on, kind)].append((count, ReleaseState(state)))
    return [
        CountedDay(day, tuple(count for count, _state in there), {count.key: state for count, state in there})
        for day, there in sorted(found.items())
        if days is None or day in days
    ]


def guarded(*, quantity_ids: Iterable[int]) -> frozenset[int]:
    """The quantities among these whose numbers may be small counts: they have a threshold, or hidden values."""
    ids = list(quantity_ids)
    hidden = ConfidentialValue.objects.filter(observation__quantity__in=ids).order_by()
    return frozenset(thresholds(quantity_ids=ids)) | set(
        hidden.values_list("observation__quantity", flat=True).distinct()
    )


def is_anything_guarded() -> bool:
    """Whether there is any such quantity at all. One statement."""
    hidden = Exists(ConfidentialValue.objects.all())
    return Indicator.objects.filter(Q(suppress_below__isnull=False) | hidden).exists()


def has_small_counts(*, file_id: int) -> bool:
    """Whether a delivered file may hold counts that are hidden: something it was read for is guarded, now or since.

    Also an earlier file of the same table: what it said of a cell that is hidden now is as secret. And one of which
    nothing was taken over: what was refused, or was in force already, stands in it all the same.
    """
    counted = Quantity.objects.filter(Q(deliveries__file=file_id) | Q(dataset__deliveries__file=file_id))
    return bool(guarded(quantity_ids=counted.order_by().values_list("pk", flat=True).distinct()))
