"""How indicators stand in the whole city today: values, targets, trend. For panels, ratings and what is due."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q

from dreiklang.monitoring.models import Break, Indicator, Target
from dreiklang.monitoring.queries.regions import city_region
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.rules.standing import Standing, standing
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import Comparison, Direction, Goalpost
from dreiklang.people.rules import Viewer

Posts = Mapping[int, tuple[Goalpost | None, tuple[Goalpost, ...]]]


def standings(viewer: Viewer, *, indicators: Iterable[Indicator], today: date) -> Mapping[int, Standing]:
    """How each indicator stands in the whole city, by its id; only what the viewer may see.

    Give indicators with their breakdown loaded. Statements: those of `lines`, one for targets, one for breaks.
    """
    found = standings_on(viewer, indicators=indicators, days=(today,))
    return {pk: one for (pk, _day), one in found.items()}


def standings_on(
    viewer: Viewer, *, indicators: Iterable[Indicator], days: Collection[date]
) -> Mapping[tuple[int, date], Standing]:
    """The same for several days, by indicator and day: as values known today tell of that day. Statements as above."""
    asked = {one.pk: one for one in indicators}
    if not asked:
        return {}
    city = city_region()
    regions = (city.pk,) if city else ()
    found = lines(viewer, indicators=asked.values(), region_ids=regions) if city else {}
    posts = posts_of(asked, region_ids=city.ids if city else ())
    breaks = breaks_of(asked, region_ids=city.ids if city else ())
    units = shipped_units().by_code
    return {
        (pk, day): standing(
            found.get((pk, regions[0]), ()) if regions else (),
            baseline=posts.get(pk, (None, ()))[0],
            targets=posts.get(pk, (None, ()))[1],
            breaks=breaks.get(pk, ()),
            direction=Direction(one.direction),
            today=day,
            steady_below=one.steady_below,
            is_share=(unit := units.get(one.unit)) is not None and unit.is_share,
        )
        for pk, one in asked.items()
        for day in days
    }


def posts_of(indicator_ids: Collection[int], *, region_ids: Collection[int]) -> Posts:
    """The newest baseline and the targets of the whole city, by indicator. One statement."""
    found: dict[int, list[Target]] = {}
    rows = Target.objects.filter(Q(region=None) | Q(region__in=region_ids), indicator__in=indicator_ids)
    for row in rows.order_by("on", "pk"):
        found.setdefault(row.indicator_id, []).append(row)
    return {
        pk: (
            next((_post(row) for row in reversed(many) if row.is_baseline), None),
            tuple(_post(row) for row in many if not row.is_baseline),
        )
        for pk, many in found.items()
    }


def breaks_of(
    indicator_ids: Collection[int], *, region_ids: Collection[int]
) -> Mapping[int, tuple[date, ...]]:
    """The days from which values of the whole city cannot be compared with earlier ones. One statement."""
    found: dict[int, list[date]] = {}
    rows = Break.objects.filter(Q(region=None) | Q(region__in=region_ids), indicator__in=indicator_ids)
    for indicator, on in rows.order_by("on", "pk").values_list("indicator_id", "on"):
        found.setdefault(indicator, []).append(on)
    return {pk: tuple(days) for pk, days in found.items()}


def _post(row: Target) -> Goalpost:
    return Goalpost(row.on, row.value, Comparison(row.comparison), row.upper)
