"""The districts of the city and other cities beside it, at two reference dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import ComparedCity, Indicator, Region
from dreiklang.monitoring.queries.regions import CityRegion, folded, is_city
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.rules.comparison import Difference, Rank, against, ranks
from dreiklang.monitoring.rules.profiles import is_additive
from dreiklang.monitoring.rules.standing import Standing
from dreiklang.monitoring.rules.targets import last_known
from dreiklang.monitoring.rules.trend import MEASURED, Change, change, same_length
from dreiklang.monitoring.rules.units import Unit, shipped_units
from dreiklang.monitoring.rules.values import Direction, Point
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import address as area_address

# Where nothing is known of the city, other places are looked for so far back.
_LOOK_BACK = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Place:
    """A district or another city beside ours.

    last        its newest known value that is not older than the city's one before last
    change      from its value at the day of the city's one before last
    difference  against the city at the same day; Unknown(`other_day`) where its newest value is of another one
    """

    name: str
    url: str
    last: Point | Unknown
    change: Change | Unknown
    difference: Difference | Unknown
    rank: Rank | None = None


def is_share(unit: Unit | None) -> bool:
    """Whether differences are percentage points."""
    return unit is not None and unit.is_share


def has_zero(unit: Unit | None) -> bool:
    """Whether "10 % more" makes sense."""
    return unit is None or unit.has_zero


@dataclass(frozen=True)
class _Asked:
    """A region to compare with; `city` only of another city."""

    pk: int
    name: str
    url: str
    city: CityRegion | None = None


def places_beside(
    viewer: Viewer, indicator: Indicator, city: CityRegion | None, now: Standing, today: date
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Districts of one level and other cities beside ours; only those with values. Three statements, and those of formulas."""
    asked = _regions(indicator, without=city.ids if city else ())
    before, last = _two_days(now)
    since = before.ends_on if before else last.ends_on if last else today - _LOOK_BACK
    found = lines(
        viewer,
        indicators=[indicator],
        region_ids=[one.pk for one in asked],
        since=since,
        city=city or CityRegion(0, "", ()),
        others=[one.city for one in asked if one.city],
    )
    unit = shipped_units().by_code.get(indicator.unit)
    made = []
    for one in asked:
        points = found.get((indicator.pk, one.pk), ())
        if points:
            made.append((one, _place(one, points, (before, last), now, unit, today)))
    districts = _ranked([place for one, place in made if one.city is None], last, indicator)
    return districts, tuple(place for one, place in made if one.city)


def _regions(indicator: Indicator, *, without: Sequence[int]) -> list[_Asked]:
    """Areas of ours on one level, the indicator's or the finest, and the chosen cities under all their keys."""
    # A county key is the beginning of the municipality's: "14511" and "14511000" are one city.
    chosen = [
        key.ljust(8, "0")
        for key in ComparedCity.objects.order_by("position").values_list("region__key", flat=True)
    ]
    rows = (
        Region.objects.filter(reduce(or_, map(is_city, chosen), Q(area__is_ours=True)))
        .exclude(pk__in=list(without))
        .select_related("area__level")
        # An area carries its outline with it, which nobody draws here.
        .only("level", "key", "name", "area__key", "area__name", "area__level__rank")
        .order_by("area__key", "name", "pk")
    )
    found = list(rows)
    levels = {one.area.level_id: one.area.level.rank for one in found if one.area}
    finest = max(levels, key=lambda level: (levels[level], level), default=None)
    wanted = indicator.level_id if indicator.level_id in levels else finest
    districts = [
        _Asked(one.pk, one.name, area_address(one.area.key, one.area.name))
        for one in found
        if one.area and one.area.level_id == wanted
    ]
    return districts + [
        _Asked(city.pk, city.name, "", city)
        for key in chosen
        if (city := folded(one for one in found if not one.area and one.key.ljust(8, "0") == key))
    ]


def _two_days(now: Standing) -> tuple[Point | None, Point | None]:
    """The city's newest known value and the one before it that can be compared."""
    if isinstance(now.last, Unknown):
        return None, None
    last = now.last
    earlier = [
        point
        for point in now.points
        if point.ends_on < last.ends_on
        and point.kind in MEASURED
        and not isinstance(point.value, Unknown)
        and same_length(point, last)
    ]
    return (earlier[-1] if earlier else None), last


def _place(
    one: _Asked,
    points: Sequence[Point],
    days: tuple[Point | None, Point | None],
    now: Standing,
    unit: Unit | None,
    today: date,
) -> Place:
    before, city_last = days
    last = last_known(points, today=today)
    if isinstance(last, Unknown):
        return Place(one.name, one.url, last, last, last)
    earlier = _at(points, before)
    step = (
        change(earlier, last, breaks=now.breaks, is_share=is_share(unit), has_zero=has_zero(unit))
        if earlier and earlier.ends_on < last.ends_on
        else Unknown("not_delivered")
    )
    return Place(one.name, one.url, last, step, _against(last, city_last, unit))


def _against(last: Point, city_last: Point | None, unit: Unit | None) -> Difference | Unknown:
    if city_last is None:
        return Unknown("not_delivered")
    # A count of a district beside that of the whole city says nothing.
    if is_additive(unit):
        return Unknown("not_applicable")
    if (last.starts_on, last.ends_on) != (city_last.starts_on, city_last.ends_on):
        return Unknown("other_day")
    return against(last.value, city=city_last.value, is_share=is_share(unit), has_zero=has_zero(unit))


def _at(points: Sequence[Point], day: Point | None) -> Point | None:
    if day is None:
        return None
    same = [point for point in points if (point.starts_on, point.ends_on) == (day.starts_on, day.ends_on)]
    return next((point for point in same if point.kind in MEASURED), None)


def _ranked(places: Sequence[Place], last: Point | None, indicator: Indicator) -> tuple[Place, ...]:
    """With their places in the order, among those whose value is of the city's newest day."""
    values = {
        at: place.last.value
        for at, place in enumerate(places)
        if last and not isinstance(place.last, Unknown) and place.last.ends_on == last.ends_on
    }
    order = ranks(values, direction=Direction(indicator.direction))
    return tuple(replace(one, rank=order.get(at)) for at, one in enumerate(places))
