"""The values of indicators as lines, delivered or derived: the one door to them for pages, maps, ratings, sheets."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from graphlib import CycleError, TopologicalSorter
from operator import or_
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from dreiklang.core.enums import Visibility
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Indicator, Observation
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.regions import CityRegion, city_region
from dreiklang.monitoring.queries.visibility import SHOWN
from dreiklang.monitoring.rules.formulas import CannotParse, Derivation, InputRef, checked, inputs, parse
from dreiklang.monitoring.rules.marks import ReadValue, unknown_of
from dreiklang.monitoring.rules.series import TOTAL_KEY, derived, factor_of, scaled
from dreiklang.monitoring.rules.units import Unit, shipped_units
from dreiklang.monitoring.rules.values import MarkMeaning, Point, ReleaseState, ValueKind
from dreiklang.people.rules import Viewer

_TOTAL = re.compile(TOTAL_KEY)

Lines = Mapping[tuple[int, int], tuple[Point, ...]]

# Of a value what a line is made of, in this order.
FIELDS = (
    "quantity_id",
    "breakdown__key",
    "region_id",
    "ends_on",
    "starts_on",
    "kind",
    "scenario",
    "made_on",
    "value",
    "mark",
    "meaning",
    "state",
    "quantity__unit",
    "quantity__unit_words",
)


def lines(
    viewer: Viewer,
    *,
    indicators: Iterable[Indicator],
    region_ids: Collection[int],
    since: date | None = None,
    city: CityRegion | None = None,
    known: Mapping[str, Indicator] | None = None,
    others: Iterable[CityRegion] = (),
) -> Lines:
    """The points of these indicators in these regions, by (indicator id, region id), oldest first.

    Released ones only, also inside: everybody reads the same numbers. In the unit of the indicator; hidden ones are
    Unknown(`suppressed`), signs by their meaning. A region that is this city takes what was delivered for the city
    under its other keys, and so do `others`, cities beside it. Statements: two for the city, one for values, one more for each depth of formulas; `city`
    and `known` (as `with_inputs` gives it) save asking for them again.
    """
    shown = [one for one in indicators if viewer.is_internal or one.visibility == Visibility.PUBLIC]
    known = with_inputs(shown) if known is None else known
    city = city or city_region()
    cities = [one for one in (city, *others) if one and one.pk in region_ids]
    aliases = {region: one.pk for one in cities for region in one.ids}
    rows = _rows(known.values(), {*region_ids, *aliases}, since).order_by("ends_on", "starts_on")
    former = {one.pk: one.until for place in cities for one in place.former}
    read = rows.values_list(*FIELDS)
    return lines_of(shown, read, known=known, region_ids=region_ids, aliases=aliases, former=former)


def under_former_keys(indicator: Indicator, *, city: CityRegion | None, since: date) -> Mapping[str, date]:
    """The former keys of the city whose values stand in its line, with the newest day of each.

    No statement for a city that never had another key, else one, and those of formulas.
    """
    if city is None or not city.former:
        return {}
    former = {one.pk: one for one in city.former}
    same = ("quantity", "breakdown", "starts_on", "ends_on", "kind", "scenario")
    own = Observation.objects.filter(
        Q(value__isnull=False) | Q(state__in=HIDDEN),
        region__in=[pk for pk in city.ids if pk not in former],
        state__in=SHOWN,
        **{name: OuterRef(name) for name in same},
    )
    in_use = [Q(region=one.pk, ends_on__lt=one.until) for one in city.former]
    rows = _rows(with_inputs([indicator]).values(), set(former), since).filter(reduce(or_, in_use))
    taken = rows.filter(~Exists(own), value__isnull=False).order_by()
    newest = taken.values_list("region").annotate(Max("ends_on"))
    return {former[region].key: day for region, day in newest}


def lines_of(
    shown: Iterable[Indicator],
    rows: Iterable[Sequence[Any]],
    *,
    known: Mapping[str, Indicator],
    region_ids: Collection[int],
    aliases: Mapping[int, int],
    former: Mapping[int, date] | None = None,
) -> Lines:
    """The same of rows that were read already: `FIELDS` of each value, by days.

    known    the indicators and all that their formulas need, by key
    aliases  regions that are the same one → that one
    former   those under a key from before a rename → the day it ended
    """
    read = _Reading(known, _delivered(rows, aliases, former or {}))
    return {
        (one.pk, region): points
        for one in shown
        for region in region_ids
        if (points := read.line(InputRef(one.key, _split(one)), region))
    }


def _split(indicator: Indicator) -> str:
    """The breakdown an indicator shows; nothing is the total."""
    return indicator.breakdown.key if indicator.breakdown else ""


def with_inputs(shown: Sequence[Indicator]) -> dict[str, Indicator]:
    """The indicators and all that their formulas need, by key. A statement for each depth of inputs not among them."""
    known = {one.key: one for one in shown}
    wanted = _inputs_of(shown) - known.keys()
    while wanted:
        found = list(Indicator.objects.filter(key__in=wanted).select_related("breakdown").defer("search"))
        known |= {one.key: one for one in found}
        wanted = _inputs_of(found) - known.keys()
    return known


def _inputs_of(indicators: Iterable[Indicator]) -> set[str]:
    return {ref.key for one in indicators for ref in refs_of(one)}


def refs_of(indicator: Indicator) -> tuple[InputRef, ...]:
    """What the formula of an indicator names; nothing where it cannot be read."""
    try:
        return inputs(parse(indicator.formula)) if indicator.formula else ()
    except CannotParse:
        return ()


def _rows(indicators: Iterable[Indicator], regions: set[int], since: date | None) -> QuerySet[Observation]:
    quantities = {one.quantity_id for one in indicators if one.quantity_id}
    splits = {_split(one) for one in indicators} | {
        ref.breakdown for one in indicators for ref in refs_of(one)
    }
    rows = Observation.objects.filter(
        reduce(or_, [Q(breakdown__key__regex=TOTAL_KEY), Q(breakdown__key__in=splits - {""})]),
        quantity__in=quantities,
        region__in=regions,
        state__in=SHOWN,
    )
    return rows.filter(ends_on__gte=since) if since else rows


_Key = tuple[int, str, int]


_IN_FRONT = (False, 0)


def _delivered(
    rows: Iterable[Sequence[Any]], aliases: Mapping[int, int], former: Mapping[int, date]
) -> Mapping[_Key, tuple[tuple[Point, ...], str]]:
    """Points and unit by quantity, breakdown ("" for every total) and region."""
    found: dict[_Key, dict[tuple[date, date, str, str], Point]] = defaultdict(dict)
    behind: dict[tuple[_Key, Any], tuple[bool, int]] = {}
    units: dict[int, str] = {}
    for quantity, split, region, ends_on, starts_on, kind, scenario, made_on, *value, unit, words in rows:
        if region in former and ends_on >= former[region]:
            continue  # Tables go on naming a dissolved key, with a sign.
        key = (quantity, "" if _TOTAL.match(split) else split, aliases.get(region, region))
        period = (ends_on, starts_on, kind, scenario)
        point = Point(ends_on, _value(*value), starts_on, ValueKind(kind), value[1], scenario, made_on)
        place = _behind(point, region, aliases, former)
        # What was delivered under the city's own key goes before what came under another.
        if place == _IN_FRONT or period not in found[key] or place < behind[key, period]:
            found[key][period], behind[key, period] = point, place
        units[quantity] = unit or words
    return {key: (tuple(sorted(points.values(), key=_order)), units[key[0]]) for key, points in found.items()}


def _behind(
    point: Point, region: int, aliases: Mapping[int, int], former: Mapping[int, date]
) -> tuple[bool, int]:
    """How far a value stands behind others of its period: under the own key not at all, under a former one most.

    Before a rename a sign under the new key says only that there was no such key: any number goes before it.
    """
    rank = 2 if region in former else int(aliases.get(region, region) != region)
    is_early = bool(former) and region in aliases and point.ends_on < max(former.values())
    is_sign = is_early and isinstance(point.value, Unknown) and point.value.reason != "suppressed"
    return is_sign, rank


def _order(point: Point) -> tuple[date, date]:
    return point.ends_on, point.starts_on


def _value(value: Decimal | None, mark: str, meaning: str, state: str) -> Decimal | Unknown:
    if state in (ReleaseState.SUPPRESSED, ReleaseState.SUPPRESSED_SECONDARY):
        return Unknown("suppressed")
    return unknown_of(ReadValue(value, mark, "", "", MarkMeaning(meaning) if meaning else None))


class _Reading:
    """Lines as they are asked for; a derived one asks for those of its inputs."""

    def __init__(
        self, known: Mapping[str, Indicator], delivered: Mapping[_Key, tuple[tuple[Point, ...], str]]
    ) -> None:
        self._known = known
        self._delivered = delivered
        self._derivations = _derivations(known)
        self._made: dict[tuple[InputRef, int], tuple[Point, ...]] = {}

    def line(self, ref: InputRef, region: int) -> tuple[Point, ...]:
        if (ref, region) not in self._made:
            self._made[ref, region] = self._line(ref, region)
        return self._made[ref, region]

    def _line(self, ref: InputRef, region: int) -> tuple[Point, ...]:
        indicator = self._known.get(ref.key)
        if indicator is None:
            return ()
        if derivation := self._derivations.get(ref.key):
            return derived(derivation, {one: self.line(one, region) for one in inputs(derivation.formula)})
        if indicator.quantity_id is None:
            return ()
        split = ref.breakdown or _split(indicator)
        points, unit = self._delivered.get((indicator.quantity_id, split, region), ((), ""))
        return scaled(points, factor_of(unit, _unit(indicator)))


def _derivations(known: Mapping[str, Indicator]) -> dict[str, Derivation]:
    """The formulas that can be reckoned. One in a circle, or whose units do not fit any longer, gives no values."""
    units = {key: unit for key, one in known.items() if (unit := _unit(one))}
    found: dict[str, Derivation] = {}
    for key, one in known.items():
        unit = _unit(one)
        if one.formula and unit:
            try:
                found[key] = checked(one.formula, units=units, declared=unit)
            except CannotParse:
                continue
    around = _in_circles(found)
    return {key: one for key, one in found.items() if key not in around}


def _in_circles(found: Mapping[str, Derivation]) -> set[str]:
    needs = {key: {ref.key for ref in inputs(one.formula)} & found.keys() for key, one in found.items()}
    around: set[str] = set()
    while True:
        try:
            TopologicalSorter({key: needs[key] - around for key in needs.keys() - around}).prepare()
        except CycleError as error:
            around |= set(error.args[1])
        else:
            return around


def _unit(indicator: Indicator) -> Unit | None:
    return shipped_units().by_code.get(indicator.unit)
