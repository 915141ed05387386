"""Deliveries of values: which wait and for whom, what one of them brought, what seemed wrong with it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dreiklang.core.errors import NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import (
    Confirmation,
    DataRequest,
    Delivery,
    HeldValue,
    Indicator,
    Observation,
)
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.confidential import guarded
from dreiklang.monitoring.rules.deliveries import DeliveryState, delivery_state
from dreiklang.people.queries import may, staff_of
from dreiklang.people.rules import Viewer

SHOWN_VALUES = 20
# A list to choose from: an answer is about what came lately.
RECENT = 12
# Where stands what a delivery says.
_PLACES = (Observation, Confirmation, HeldValue)


@dataclass(frozen=True)
class DeliveryLine:
    """One delivery in a list."""

    pk: int
    title: str
    indicators: tuple[str, ...]
    made_at: datetime
    by_name: str
    state: DeliveryState
    new_count: int
    changed_count: int
    doubt_count: int


@dataclass(frozen=True)
class DeliveredValue:
    """A value of a delivery. `is_hidden`: small counts are among such values, and this viewer sees none of them."""

    what: str
    where: str
    split: str
    starts_on: date
    ends_on: date
    kind: str
    value: Decimal | None
    mark: str
    decimals: int
    row: int | None
    is_hidden: bool = False


@dataclass(frozen=True)
class WaitingDelivery:
    """A delivery that somebody may release."""

    pk: int
    title: str
    since: date
    by_name: str
    doubt_count: int


def state_of(delivery: Delivery) -> DeliveryState:
    """Where the delivery stands."""
    return delivery_state(
        released_at=delivery.released_at,
        sent_back_at=delivery.sent_back_at,
        withdrawn_at=delivery.withdrawn_at,
    )


def delivery_of(viewer: Viewer, pk: int) -> Delivery:
    """A delivery, for the administration. Raises: NotFound."""
    rows = Delivery.objects.select_related("dataset", "run", "file").defer("file__content")
    found = rows.filter(pk=pk).first() if may(viewer, permissions.SEE_INSIDE) else None
    if found is None:
        raise NotFound("delivery", key=pk)
    return found


def deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    """All deliveries, latest first, for the administration."""
    if not may(viewer, permissions.SEE_INSIDE):
        return Delivery.objects.none()
    return Delivery.objects.select_related("dataset").order_by("-made_at", "-pk")


def recent_of(viewer: Viewer, *, asked: DataRequest) -> list[Delivery]:
    """What people of the department asked brought last, or what came into a dataset of theirs; not what was sent or taken back."""
    people = [one.id for one in staff_of(viewer, department=asked.department)]
    rows = deliveries(viewer).filter(sent_back_at=None, withdrawn_at=None)
    return list(rows.filter(Q(by_id__in=people) | Q(dataset__department=asked.department_id))[:RECENT])


def waiting(viewer: Viewer) -> list[Delivery]:
    """The deliveries that wait and that the viewer may release, oldest first. Three statements."""
    found = list(deliveries_waiting(viewer).select_related("dataset").order_by("made_at", "pk"))
    if not found:
        return []
    touched = _touched([one.pk for one in found])
    return [one for one in found if _may_release(viewer, touched[one.pk])]


def deliveries_waiting(viewer: Viewer) -> QuerySet[Delivery]:
    """What `waiting_for` looks through: to ask first whether anything is there."""
    rows = Delivery.objects.filter(released_at=None, sent_back_at=None, withdrawn_at=None)
    return rows if may(viewer, permissions.SEE_INSIDE) else rows.none()


def waiting_for(viewer: Viewer) -> list[WaitingDelivery]:
    """The deliveries that the viewer may release, as lines for the focus page."""
    found = waiting(viewer)
    return [
        WaitingDelivery(one.pk, title_of(one), one.made_at.date(), one.by_name, len(one.doubts))
        for one in found
    ]


def lines(found: Sequence[Delivery]) -> list[DeliveryLine]:
    """Deliveries with what they are about. Three statements whatever the number."""
    touched = _touched([one.pk for one in found])
    return [
        DeliveryLine(
            pk=one.pk,
            title=title_of(one),
            indicators=tuple(sorted(each.name for each in touched[one.pk].indicators)),
            made_at=one.made_at,
            by_name=one.by_name,
            state=state_of(one),
            new_count=one.new_count,
            changed_count=one.changed_count,
            doubt_count=len(one.doubts),
        )
        for one in found
    ]


def title_of(delivery: Delivery) -> str:
    """What came: the list or table."""
    return delivery.dataset.title if delivery.dataset else ""


def may_release(viewer: Viewer, delivery: Delivery) -> bool:
    """Whether the viewer may put all values of a delivery into force, and take them out again."""
    return _may_release(viewer, _touched([delivery.pk])[delivery.pk])


def indicators_of(viewer: Viewer, delivery: Delivery) -> list[Indicator]:
    """The indicators a delivery has values of."""
    return sorted(_touched([delivery.pk])[delivery.pk].indicators, key=lambda one: (one.name, one.pk))


def values_of(viewer: Viewer, delivery: Delivery) -> tuple[list[DeliveredValue], int]:
    """The first values of a delivery, and how many there are; small counts only for the statistics office.

    Of one in force those that count, of any other all it brought anew. Who sees no small counts sees none of the cells
    they are hidden in: whether such a cell stands with this delivery or one before tells whether its count changed.
    """
    is_held = state_of(delivery) is not DeliveryState.RELEASED
    rows: QuerySet[Any] = (HeldValue if is_held else Observation).objects.filter(delivery=delivery)
    # What is in force is hidden already; what is held is not, and the parts around a small count give it away.
    secret: Collection[int] = ()
    if not is_held and not may(viewer, permissions.SEE_CONFIDENTIAL):
        rows = rows.exclude(state__in=HIDDEN)
    if is_held and not may(viewer, permissions.SEE_CONFIDENTIAL):
        secret = guarded(quantity_ids=rows.order_by().values_list("quantity_id", flat=True).distinct())
    count = rows.count()
    listed = rows.select_related("quantity", "region", "breakdown").order_by(
        "row", "quantity_id", "region_id", "-ends_on", "pk"
    )[:SHOWN_VALUES]
    return [_value(one, is_hidden=one.quantity_id in secret) for one in listed], count


def leaves_out_counts(viewer: Viewer, delivery: Delivery) -> bool:
    """Whether cells with small counts may be missing in `values_of`, whichever there are."""
    if state_of(delivery) is not DeliveryState.RELEASED or may(viewer, permissions.SEE_CONFIDENTIAL):
        return False
    return bool(guarded(quantity_ids=delivery.quantities.values_list("pk", flat=True)))


@dataclass(frozen=True)
class Deed:
    """Something that happened to a delivery."""

    at: datetime
    by_name: str
    said: str


def course_of(viewer: Viewer, delivery: Delivery) -> list[Deed]:
    """What happened to a delivery, oldest first; what one deed wrote in several steps is told once."""
    events = Delivery.pgh_event_model.objects.filter(pgh_obj=delivery.pk)  # type: ignore[attr-defined]
    found: dict[object, Deed] = {}
    for one in events.select_related("pgh_context").order_by("pgh_id"):
        said = one.pgh_context.metadata if one.pgh_context else {}
        reason = str(said.get("reason") or "")
        found.setdefault(
            one.pgh_context_id,
            Deed(one.pgh_created_at, str(said.get("name") or ""), _(reason) if reason else ""),
        )
    return list(found.values())


@dataclass(frozen=True)
class _Touched:
    """What a delivery has values of; `has_series`: also some that no indicator shows."""

    indicators: tuple[Indicator, ...] = ()
    has_series: bool = False


def _touched(ids: Collection[int]) -> Mapping[int, _Touched]:
    quantities: dict[int, set[int]] = defaultdict(set)
    for model in _PLACES:
        pairs = model.objects.filter(delivery__in=ids).order_by().values_list("delivery_id", "quantity_id")
        for delivery, quantity in pairs.distinct():
            quantities[delivery].add(quantity)
    by_quantity: dict[int, list[Indicator]] = defaultdict(list)
    wanted = set().union(*quantities.values()) if quantities else set()
    for one in Indicator.objects.filter(quantity__in=wanted).defer("search").order_by("name", "pk"):
        by_quantity[one.quantity_id or 0].append(one)
    return {
        pk: _Touched(
            tuple(one for quantity in quantities[pk] for one in by_quantity[quantity]),
            any(not by_quantity[quantity] for quantity in quantities[pk]),
        )
        for pk in ids
    }


def quantities_of(delivery_id: int) -> set[int]:
    """The ids of what a delivery counts, whether it is in force or waits."""
    found: set[int] = set()
    for model in _PLACES:
        rows = model.objects.filter(delivery=delivery_id).order_by()
        found.update(rows.values_list("quantity_id", flat=True).distinct())
    return found


def _may_release(viewer: Viewer, touched: _Touched) -> bool:
    if touched.has_series and not may(viewer, permissions.DELIVER):
        return False
    # As in services.bringing: who may not see small counts puts none into force.
    if any(one.suppress_below is not None for one in touched.indicators) and not may(
        viewer, permissions.SEE_CONFIDENTIAL
    ):
        return False
    if not touched.indicators and not touched.has_series:
        return may(viewer, permissions.DELIVER)
    return all(may(viewer, permissions.RELEASE, one) for one in touched.indicators)


def _value(one: Any, *, is_hidden: bool) -> DeliveredValue:
    return DeliveredValue(
        what=one.quantity.name,
        where=one.region.name,
        split=" · ".join(labels[-1] for labels in one.breakdown.labels),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        kind=one.kind,
        value=None if is_hidden else one.value,
        mark=one.mark,
        decimals=one.quantity.decimals,
        row=one.row,
        is_hidden=is_hidden,
    )
