"""One value typed by hand, by the same way as a list: it takes effect, or waits until somebody has looked."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Breakdown, Delivery, Indicator, Region
from dreiklang.monitoring.rules.marks import ReadValue
from dreiklang.monitoring.rules.periods import TimeSpan
from dreiklang.monitoring.rules.storing import decimals_of, storable
from dreiklang.monitoring.rules.value_plans import ValuePlan
from dreiklang.monitoring.rules.values import Refused as Unreadable
from dreiklang.monitoring.rules.values import ValueKind
from dreiklang.monitoring.services.bringing import Brought, bring
from dreiklang.monitoring.services.bulk import Incoming
from dreiklang.monitoring.services.provenance import list_dataset
from dreiklang.monitoring.services.regions import region_for_city, regions_for_areas
from dreiklang.monitoring.services.suppression import wait_for_others
from dreiklang.monitoring.services.value_doubts import Beside, beside
from dreiklang.monitoring.services.value_targets import Target, Targets, in_kept_unit
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.places.queries import municipality

# The city's own list of values that came in no list.
TYPED, TYPED_CODE = _("Einzeln eingetragene Werte"), "einzeln-eingetragen"


class CannotEnter(Refused):
    """The value cannot be kept; `code` says why."""


class HasDoubts(Exception):
    """The value seems wrong: it is kept only when whoever types it says so again.

    `beside` has the doubts, its numbers by `factor` those of the indicator's unit.
    """

    def __init__(self, found: Beside, *, factor: Decimal) -> None:
        super().__init__()
        self.beside, self.factor = found, factor


@dataclass(frozen=True, kw_only=True)
class TypedValue:
    """A value as somebody typed it; `area_id` None is the whole city."""

    value: Decimal
    span: TimeSpan
    area_id: int | None = None
    kind: ValueKind = ValueKind.ACTUAL
    scenario: str = ""
    made_on: date | None = None
    reason: str = ""
    has_looked: bool = False


def enter_value(*, by: Viewer, key: str, typed: TypedValue, now: datetime, today: date) -> Delivery:
    """Keep a value of one indicator. Nothing is kept where it is in force already.

    Raises: NotFound; NotAllowed; CannotEnter (future_actual, forecast_needs_scenario, indicator_is_derived,
    city_without_key, too_large, unit_changed, same_value); HasDoubts until somebody says she has looked.
    """
    indicator = Indicator.objects.filter(key=key).defer("search").first()
    if indicator is None:
        raise NotFound("indicator")
    require(by, permissions.BRING, indicator)
    _check(typed, today)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Wert eingetragen")):
        dataset = list_dataset(city=municipality().name, code=TYPED_CODE, title=TYPED)
        target = Targets(by, ValuePlan(columns={key: key}), dataset).of(key, "")
        if not isinstance(target, Target):
            raise CannotEnter(target.code if target else "nothing_chosen")
        wait_for_others([target.quantity_id])
        value, name = _incoming(typed, target)
        found = beside([value], {target.quantity_id: target}, today=today)
        if found.same:
            raise CannotEnter("same_value")
        if found.doubts and not typed.has_looked:
            raise HasDoubts(found, factor=target.factor)
        brought = Brought(
            values=[value],
            quantity_ids=[target.quantity_id],
            beside=found,
            targets={target.quantity_id: target},
            regions={value.region_id: name},
            decimals={target.quantity_id: decimals_of(value.value)},
            dataset=dataset,
            reason=typed.reason,
            row_count=1,
            has_looked=typed.has_looked,
        )
        delivery, _written = bring(brought, by=by, now=now)
    return delivery


def _check(typed: TypedValue, today: date) -> None:
    if typed.kind is ValueKind.ACTUAL and typed.span.ends_on > today:
        raise CannotEnter("future_actual")
    if typed.kind is ValueKind.FORECAST and (not typed.scenario or typed.made_on is None):
        raise CannotEnter("forecast_needs_scenario")


def _region(typed: TypedValue) -> Region | None:
    if typed.area_id is None:
        return region_for_city()
    return Region.objects.get(pk=regions_for_areas({typed.area_id})[typed.area_id])


def _incoming(typed: TypedValue, target: Target) -> tuple[Incoming, str]:
    region = _region(typed)
    if region is None:
        raise CannotEnter("city_without_key")
    read = storable(ReadValue(typed.value))
    if not isinstance(read, Unreadable):
        read = in_kept_unit(read, target.factor)
    if isinstance(read, Unreadable):
        raise CannotEnter(read.code)
    breakdown = target.breakdown_id or Breakdown.objects.get_or_create(key="")[0].pk
    is_forecast = typed.kind is ValueKind.FORECAST
    incoming = Incoming(
        target.quantity_id,
        region.pk,
        breakdown,
        typed.span.starts_on,
        typed.span.ends_on,
        read.value,
        words=read.words,
        kind=str(typed.kind),
        scenario=typed.scenario[:80] if is_forecast else "",
        made_on=typed.made_on if is_forecast else None,
    )
    return incoming, region.name
