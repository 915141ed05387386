"""A map of values before it has words: which area shows what, in which shade, and the legend that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.forms.choropleth import MapWish
from dreiklang.monitoring.queries.maps import IndicatorMap, MapArea, Years
from dreiklang.monitoring.rules.classes import breaks
from dreiklang.monitoring.rules.comparison import balance
from dreiklang.monitoring.rules.shading import Scale, Shade, pattern_of, scale_of
from dreiklang.monitoring.rules.trend import Change
from dreiklang.monitoring.views.value_words import Measure, measure_of

Value = Decimal | Unknown
_NOTHING = Unknown("not_delivered")


@dataclass(frozen=True)
class MapLine:
    """An area as it is drawn: its value (of a balance the change), the name of its shade, the number of its class."""

    area: MapArea
    value: Value
    shade: str
    number: int | None
    is_faded: bool


@dataclass(frozen=True)
class MapDrawing:
    """A map of one year, or a balance; without a scale where no value is known. `changes` by the id of the area."""

    shown: IndicatorMap
    wish: MapWish
    measure: Measure
    areas: tuple[MapArea, ...]
    lines: tuple[MapLine, ...]
    scale: Scale | None
    changes: Mapping[int, Change | Unknown]

    @property
    def values(self) -> list[Value]:
        """The values of all areas, in their order."""
        return [one.value for one in self.lines]

    def shades_of(self, year: int) -> dict[int, str]:
        """Area id → shade in that year: for the slider, and for years side by side."""
        return {one.pk: _shade(self.scale, value_in(one.years, year)) for one in self.areas}


def drawing(shown: IndicatorMap, wish: MapWish) -> MapDrawing:
    """What is asked for, drawn. Classes are made of the values of all years, so that a colour always means the same."""
    measure = measure_of(shown.indicator.unit, shown.indicator.decimals)
    areas = tuple(one for one in shown.areas if not wish.part_of or one.part_of == wish.part_of)
    changes = _changes(shown, areas, wish, measure) if wish.is_balance else {}
    values = {pk: _absolute(change) for pk, change in changes.items()}
    if not wish.is_balance:
        values = {one.pk: value_in(one.years, wish.year) for one in areas}
    of_all_years = [point.value for one in areas for point in one.years.values()]
    scale = _scale(list(values.values()) if wish.is_balance else of_all_years, wish, measure)
    return MapDrawing(
        shown, wish, measure, areas, _lines(areas, values, scale, wish.only_class), scale, changes
    )


def city_change(drawn: MapDrawing) -> Change | Unknown:
    """The balance of the whole city. unknown: as `rules.comparison.balance` says."""
    return _balance(drawn.shown, drawn.wish, drawn.measure, {0: drawn.shown.city})[0]


def value_in(years: Years, year: int | None) -> Value:
    """The value of a year. unknown: `not_delivered`, or as it was delivered."""
    point = years.get(year) if year is not None else None
    return point.value if point else _NOTHING


def _lines(
    areas: Sequence[MapArea], values: Mapping[int, Value], scale: Scale | None, only: int | None
) -> tuple[MapLine, ...]:
    found = []
    for one in areas:
        value = values[one.pk]
        number = scale.number_of(value) if scale else None
        found.append(MapLine(one, value, _shade(scale, value), number, only is not None and number != only))
    return tuple(found)


def _shade(scale: Scale | None, value: Value) -> str:
    if scale:
        return scale.shade_of(value)
    return pattern_of(value) if isinstance(value, Unknown) else Shade.UNKNOWN


def _scale(values: Sequence[Value], wish: MapWish, measure: Measure) -> Scale | None:
    decimals = max(measure.decimals, 1) if wish.is_balance and measure.is_share else measure.decimals
    found = breaks(
        values,
        method=wish.method,
        count=wish.count,
        own=wish.own,
        decimals=decimals,
        around=Decimal(0) if wish.is_balance else None,
    )
    return None if isinstance(found, Unknown) else scale_of(found, is_balance=wish.is_balance)


def _changes(
    shown: IndicatorMap, areas: Sequence[MapArea], wish: MapWish, measure: Measure
) -> Mapping[int, Change | Unknown]:
    return _balance(shown, wish, measure, {one.pk: one.years for one in areas})


def _balance(
    shown: IndicatorMap, wish: MapWish, measure: Measure, years: Mapping[int, Years]
) -> Mapping[int, Change | Unknown]:
    sides = [
        {pk: found[year] for pk, found in years.items() if year in found}
        for year in (wish.before, wish.after)
        if year is not None
    ]
    known = balance(*sides, is_share=measure.is_share, has_zero=measure.has_zero, breaks=shown.broken)
    return {pk: known.get(pk, _NOTHING) for pk in years}


def _absolute(change: Change | Unknown) -> Value:
    return change if isinstance(change, Unknown) else change.absolute
