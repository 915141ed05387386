"""The page of an indicator: how the city stands, beside its districts and other cities. Few statements, however many values.

Read are the values of the city over `YEARS_SHOWN`, and of other places those of two reference dates; the rest lies in
the downloads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery
from django.utils.timezone import localdate

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Delivery, Indicator, Observation
from dreiklang.monitoring.queries.indicator_lines import IndicatorRecord
from dreiklang.monitoring.queries.indicator_places import Place, has_zero, is_share, places_beside
from dreiklang.monitoring.queries.indicator_record import city_posts, indicator_record
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.queries.regions import CityRegion, city_region
from dreiklang.monitoring.queries.series import lines, under_former_keys
from dreiklang.monitoring.queries.visibility import SHOWN, visible_indicators
from dreiklang.monitoring.rules.due import values_due
from dreiklang.monitoring.rules.formulas import CannotParse, inputs, parse
from dreiklang.monitoring.rules.standing import Standing, standing
from dreiklang.monitoring.rules.trend import MEASURED, Change, change
from dreiklang.monitoring.rules.units import Unit, shipped_units
from dreiklang.monitoring.rules.values import Direction, Point
from dreiklang.people.rules import Viewer

YEARS_SHOWN = 30


@dataclass(frozen=True)
class YearLine:
    """A value of the city with the change from the one before."""

    point: Point
    change: Change | Unknown


@dataclass(frozen=True)
class IndicatorPage:
    """All that the page of an indicator shows.

    values     of the city, newest first, forecasts and delivered targets among them
    inputs     name and address of what a derived one is reckoned from, as far as the viewer may know of it
    delivered  the delivery that brought the newest value
    due        when the next values should be there
    former     keys the city had before, with the newest day of the values it takes from each
    """

    record: IndicatorRecord
    city: CityRegion | None
    standing: Standing
    values: tuple[YearLine, ...]
    districts: tuple[Place, ...]
    cities: tuple[Place, ...]
    inputs: tuple[tuple[str, str], ...]
    delivered: Delivery | None
    due: date | Unknown
    former: Mapping[str, date]


def indicator_page(viewer: Viewer, *, key: str, today: date) -> IndicatorPage | None:
    """The page; None if there is no such indicator or the viewer may not know of it."""
    record = indicator_record(viewer, key=key)
    if record is None:
        return None
    indicator, city = record.indicator, city_region()
    points = _of_city(viewer, indicator, city, today)
    now = stands(record, points, today=today)
    places = places_beside(viewer, indicator, city, now, today)
    delivered = _delivered(indicator, city)
    return IndicatorPage(
        record=record,
        city=city,
        standing=now,
        values=_years(now, unit_of_indicator(indicator)),
        districts=places[0],
        cities=places[1],
        inputs=_inputs(viewer, indicator),
        delivered=delivered,
        due=_due(indicator, now, delivered),
        former=under_former_keys(indicator, city=city, since=_since(today)),
    )


def city_points(viewer: Viewer, *, indicator: Indicator, today: date) -> tuple[Point, ...]:
    """The city's values as the page shows them, oldest first."""
    return _of_city(viewer, indicator, city_region(), today)


def stands(record: IndicatorRecord, points: Sequence[Point], *, today: date) -> Standing:
    """How the city stands by these values."""
    baseline, targets = city_posts(record)
    unit = unit_of_indicator(record.indicator)
    return standing(
        points,
        baseline=baseline,
        targets=targets,
        breaks=[one.on for one in record.breaks if one.is_ours],
        direction=Direction(record.indicator.direction),
        today=today,
        steady_below=record.indicator.steady_below,
        is_share=unit is not None and unit.is_share,
    )


def unit_of_indicator(indicator: Indicator) -> Unit | None:
    """Its unit, if it has one we know."""
    return shipped_units().by_code.get(indicator.unit)


def _of_city(viewer: Viewer, indicator: Indicator, city: CityRegion | None, today: date) -> tuple[Point, ...]:
    if city is None:
        return ()
    found = lines(viewer, indicators=[indicator], region_ids=[city.pk], since=_since(today), city=city)
    return found.get((indicator.pk, city.pk), ())


def _since(today: date) -> date:
    return date(today.year - YEARS_SHOWN, 1, 1)


def _years(now: Standing, unit: Unit | None) -> tuple[YearLine, ...]:
    found: list[YearLine] = []
    before: Point | None = None
    for point in now.points:
        is_measured = point.kind in MEASURED
        step = _change(before, point, now, unit) if is_measured else Unknown("not_applicable")
        found.append(YearLine(point, step))
        if is_measured and not isinstance(point.value, Unknown):
            before = point
    return tuple(reversed(found))


def _change(before: Point | None, point: Point, now: Standing, unit: Unit | None) -> Change | Unknown:
    if before is None or isinstance(point.value, Unknown):
        return Unknown("not_delivered")
    return change(before, point, breaks=now.breaks, is_share=is_share(unit), has_zero=has_zero(unit))


def _inputs(viewer: Viewer, indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """Asked only where there is a formula: one statement."""
    if not indicator.formula:
        return ()
    try:
        keys = [ref.key for ref in inputs(parse(indicator.formula))]
    except CannotParse:
        return ()
    names = dict(visible_indicators(viewer).filter(key__in=keys).values_list("key", "name"))
    return tuple((names[key], address(key)) for key in dict.fromkeys(keys) if key in names)


def _delivered(indicator: Indicator, city: CityRegion | None) -> Delivery | None:
    """The delivery of the city's newest value; of a derived one none. One statement."""
    if indicator.quantity_id is None or city is None:
        return None
    newest = (
        Observation.objects.filter(quantity=indicator.quantity_id, region__in=city.ids, state__in=SHOWN)
        .order_by("-ends_on", "-pk")
        .values("delivery_id")[:1]
    )
    return Delivery.objects.filter(pk=Subquery(newest)).first()


def _due(indicator: Indicator, now: Standing, delivered: Delivery | None) -> date | Unknown:
    if indicator.retired_on is not None:
        return Unknown("retired")
    last = now.last.ends_on if not isinstance(now.last, Unknown) else None
    return values_due(
        rhythm=indicator.rhythm,
        last=last,
        lag_days=indicator.lag_days or 0,
        by_hand=indicator.next_due_on,
        delivered_on=localdate(delivered.made_at) if delivered else None,
    )
