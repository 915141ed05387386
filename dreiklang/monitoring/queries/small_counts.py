"""What the statistics office sees of small counts, and nobody else: thresholds, what is hidden, what would be."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q

from dreiklang.core.errors import NotFound
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Breakdown, Indicator, Observation, Region, SuppressionChange
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.confidential import CountedDay, Day, counted_days, thresholds
from dreiklang.monitoring.queries.region_sums import our_regions
from dreiklang.monitoring.rules.small_counts import Proof, are_counts
from dreiklang.monitoring.rules.units import Unit, shipped_units, unit_of
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


@dataclass(frozen=True, slots=True)
class GuardedIndicator:
    """An indicator whose counts are looked at for small ones. `below` None: not yet, but it could be."""

    pk: int
    key: str
    name: str
    below: int | None
    small: int = 0
    beside: int = 0


@dataclass(frozen=True, slots=True)
class HiddenDay:
    """How much of one day is hidden: small counts, and what protects them. `proof` only where it was reckoned anew."""

    day: Day
    shown: int
    small: int
    beside: int
    proof: Proof | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class RawCount:
    """A count as it is, with how it is shown to all others."""

    region: str
    split: str
    value: Decimal | Unknown
    state: ReleaseState


@dataclass(frozen=True, slots=True)
class ThresholdChange:
    """Who set which threshold when, and why."""

    at: datetime
    by_name: str
    below: int | None
    reason: str


def guarded(viewer: Viewer) -> tuple[tuple[GuardedIndicator, ...], tuple[GuardedIndicator, ...]]:
    """Indicators with a threshold, and those of counts without one, by name. Two statements. Raises: NotAllowed."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    found = list(
        Indicator.objects.filter(Q(suppress_below__isnull=False) | Q(quantity__isnull=False))
        .select_related("quantity")
        .defer("search")
        .order_by("name", "pk")
    )
    hidden = _hidden_counts(one.quantity_id for one in found if one.quantity_id)
    lines = [
        GuardedIndicator(
            one.pk, one.key, one.name, one.suppress_below, *hidden.get(one.quantity_id or 0, (0, 0))
        )
        for one in found
        if one.suppress_below is not None or are_counts(unit_counted(one))
    ]
    return (
        tuple(one for one in lines if one.below is not None),
        tuple(one for one in lines if one.below is None),
    )


def unit_counted(indicator: Indicator) -> Unit | None:
    """In which unit its values were counted: what the source says goes before what we call it."""
    named: Unit | Unknown = Unknown("unit_unknown")
    if indicator.quantity is not None:
        named = unit_of(indicator.quantity.unit or indicator.quantity.unit_words)
    return shipped_units().by_code.get(indicator.unit) if isinstance(named, Unknown) else named


def guarded_indicator(viewer: Viewer, *, key: str) -> Indicator:
    """The indicator. Raises: NotAllowed; NotFound, also for a derived one."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    found = Indicator.objects.select_related("quantity").defer("search").filter(key=key, formula="").first()
    if found is None:
        raise NotFound("indicator", key=key)
    return found


def hidden_days(viewer: Viewer, *, indicator: Indicator) -> list[HiddenDay]:
    """What is hidden now, latest day first. Raises: NotAllowed."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    return [_counted(one.day, one.states) for one in reversed(_days(indicator))]


def preview(viewer: Viewer, *, indicator: Indicator, below: int) -> list[HiddenDay]:
    """What would be hidden below this threshold, latest day first; nothing is changed. Raises: NotAllowed."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    ours = our_regions()
    others = thresholds(quantity_ids=[indicator.quantity_id or 0], without=indicator.pk)
    strictest = max([below, *others.values()])
    found = []
    for one in reversed(_days(indicator)):
        wanted = one.hiding(below=strictest, ours=ours, is_fresh=True)
        if wanted is not None:
            found.append(_counted(one.day, wanted.states, wanted.proof, wanted.why))
    return found


def raw_counts(viewer: Viewer, *, indicator: Indicator, ends_on: date) -> list[RawCount]:
    """All counts of the days that end then, as they are, by region and split. Raises: NotAllowed."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    days = [one for one in _days(indicator) if one.day.ends_on == ends_on]
    names = dict(Region.objects.filter(pk__in=our_regions().ids).values_list("pk", "name"))
    splits = _split_words({count.split for one in days for count in one.counts})
    rows = [
        RawCount(names[count.region], splits[count.split], count.value, one.states[count.key])
        for one in days
        for count in one.counts
    ]
    return sorted(rows, key=lambda row: (row.region, row.split))


def threshold_changes(viewer: Viewer, *, indicator: Indicator) -> list[ThresholdChange]:
    """The course of its threshold, newest first. Raises: NotAllowed."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    rows = SuppressionChange.objects.filter(indicator=indicator).order_by("-changed_at", "-pk")
    return [ThresholdChange(one.changed_at, one.by_name, one.below, one.reason) for one in rows]


def _days(indicator: Indicator) -> list[CountedDay]:
    if indicator.quantity_id is None:
        return []
    return counted_days(quantity_id=indicator.quantity_id, ours=our_regions())


def _counted(
    day: Day, states: Mapping[str, ReleaseState], proof: Proof | None = None, why: str = ""
) -> HiddenDay:
    found = Counter(states.values())
    small, beside = found[ReleaseState.SUPPRESSED], found[ReleaseState.SUPPRESSED_SECONDARY]
    return HiddenDay(day, len(states) - small - beside, small, beside, proof, why)


def _hidden_counts(quantities: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Small counts, and what protects them, by quantity."""
    rows = (
        Observation.objects.filter(quantity__in=list(quantities), state__in=HIDDEN)
        .values_list("quantity_id")
        .annotate(
            small=Count("pk", filter=Q(state=ReleaseState.SUPPRESSED)),
            beside=Count("pk", filter=Q(state=ReleaseState.SUPPRESSED_SECONDARY)),
        )
        .order_by()
    )
    return {quantity: (small, beside) for quantity, small, beside in rows}


def _split_words(keys: set[str]) -> dict[str, str]:
    """Breakdowns by their names as delivered; a total has none."""
    rows = Breakdown.objects.filter(key__in=keys).values_list("key", "labels")
    return {key: " · ".join(axis[-1] for axis in labels if axis[-2]) for key, labels in rows}
