"""The values of one indicator, each with all that is said of it: for downloads, machines and lists that come back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Indicator, Observation, Region
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.queries.visibility import SHOWN
from dreiklang.monitoring.rules.formulas import CannotParse, inputs, parse
from dreiklang.monitoring.rules.marks import ReadValue, unknown_of
from dreiklang.monitoring.rules.regions import known_ars
from dreiklang.monitoring.rules.series import TOTAL_KEY, factor_of
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import MarkMeaning, ValueKind
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class ValueRow:
    """One value in the unit of its indicator; `at` is where it stands among all, for reading on after it.

    ars        the twelve digits of a municipality, empty where nobody knows its association
    breakdown  key of the split, empty for none
    time_code, words  how the source wrote it: for the administration, not for the public
    """

    at: int
    level: str
    region: str
    region_name: str
    ars: str
    starts_on: date
    ends_on: date
    kind: ValueKind
    scenario: str
    made_on: date | None
    value: Decimal | Unknown
    mark: str
    meaning: str
    breakdown: str = ""
    time_code: str = ""
    words: str = ""


def value_rows(
    viewer: Viewer, *, indicator: Indicator, after: int = 0, limit: int | None = None
) -> Iterator[ValueRow]:
    """Its values in force after that place, as many as asked for. Released ones only, also inside.

    shape   of a delivered indicator in the order in which values came, of a derived one by region and day
    """
    if indicator.formula:
        return _derived(viewer, indicator, after, limit)
    return _delivered(indicator, after, limit)


_FIELDS = (
    "pk",
    "region__level",
    "region__key",
    "region__name",
    "region__ars",
    "breakdown__key",
    "time_code",
    "words",
    "starts_on",
    "ends_on",
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


def _delivered(indicator: Indicator, after: int, limit: int | None) -> Iterator[ValueRow]:
    if indicator.quantity_id is None:
        return
    declared = shipped_units().by_code.get(indicator.unit)
    factors: dict[str, Decimal | Unknown] = {}
    for row in _observations(indicator).filter(pk__gt=after).order_by("pk").values_list(*_FIELDS)[:limit]:
        *facts, value, mark, meaning, state, unit, words = row
        said = unit or words
        if said not in factors:
            factors[said] = factor_of(said, declared)
        at, level, region, name, ars, split, time_code, said_words, *when_and_what = facts
        starts_on, ends_on, kind, scenario, made_on = when_and_what
        is_hidden = state in HIDDEN
        yield ValueRow(
            at=at,
            level=level,
            region=region,
            region_name=name,
            ars=known_ars(level, region, ars),
            starts_on=starts_on,
            ends_on=ends_on,
            kind=ValueKind(kind),
            scenario=scenario,
            made_on=made_on,
            value=_value(value, mark, meaning, state, factors[said]),
            # A sign of what is hidden stood beside its number: alone it would stand for one.
            mark="" if is_hidden else mark,
            meaning="" if is_hidden else meaning,
            breakdown=split,
            time_code=time_code,
            words=said_words,
        )


def _observations(indicator: Indicator) -> QuerySet[Observation]:
    split = (
        Q(breakdown=indicator.breakdown_id) if indicator.breakdown_id else Q(breakdown__key__regex=TOTAL_KEY)
    )
    return Observation.objects.filter(split, quantity=indicator.quantity_id, state__in=SHOWN)


def _value(
    value: Decimal | None, mark: str, meaning: str, state: str, factor: Decimal | Unknown
) -> Decimal | Unknown:
    if state in HIDDEN:
        return Unknown("suppressed")
    read = unknown_of(ReadValue(value, mark, "", "", MarkMeaning(meaning) if meaning else None))
    if isinstance(read, Unknown):
        return read
    return factor if isinstance(factor, Unknown) else read * factor


def _derived(viewer: Viewer, indicator: Indicator, after: int, limit: int | None) -> Iterator[ValueRow]:
    """Reckoned whole each time: what a formula gives has no rows of its own to go on from."""
    regions = _regions_of_inputs(indicator)
    found = lines(viewer, indicators=[indicator], region_ids=list(regions))
    place = 0
    for region in sorted(regions, key=lambda pk: (regions[pk].level, regions[pk].key)):
        for point in found.get((indicator.pk, region), ()):
            place += 1
            if place <= after or (limit is not None and place > after + limit):
                continue
            yield ValueRow(
                at=place,
                level=regions[region].level,
                region=regions[region].key,
                region_name=regions[region].name,
                ars=known_ars(regions[region].level, regions[region].key, regions[region].ars),
                starts_on=point.starts_on,
                ends_on=point.ends_on,
                kind=point.kind,
                scenario=point.scenario,
                made_on=point.made_on,
                value=point.value,
                mark=point.mark,
                meaning="",
            )


def _regions_of_inputs(indicator: Indicator) -> Mapping[int, Region]:
    """The regions that any measured input has values of."""
    quantities = _quantities(indicator)
    ids = Observation.objects.filter(quantity__in=quantities, state__in=SHOWN).values("region").distinct()
    return {one.pk: one for one in Region.objects.filter(pk__in=ids)}


def _quantities(indicator: Indicator) -> set[int]:
    found: set[int] = set()
    seen: set[str] = {indicator.key}
    left = _keys(indicator.formula)
    while left:
        rows = list(Indicator.objects.filter(key__in=left).values_list("key", "quantity_id", "formula"))
        seen |= left
        found |= {quantity for _key, quantity, _formula in rows if quantity}
        left = {key for *_rest, formula in rows for key in _keys(formula)} - seen
    return found


def _keys(formula: str) -> set[str]:
    try:
        return {ref.key for ref in inputs(parse(formula))} if formula else set()
    except CannotParse:
        return set()


def value_data(row: ValueRow) -> dict[str, Any]:
    """A value for machines: the number as text, so that it stays exact; without one `unknown` says why."""
    is_unknown = isinstance(row.value, Unknown)
    return {
        "level": row.level,
        "region": row.region,
        "region_name": row.region_name,
        "ars": row.ars or None,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "kind": row.kind.value,
        "scenario": row.scenario,
        "made_on": row.made_on.isoformat() if row.made_on else None,
        "breakdown": row.breakdown,
        "value": None if isinstance(row.value, Unknown) else f"{row.value.normalize():f}",
        "unknown": row.value.reason if is_unknown and isinstance(row.value, Unknown) else None,
        "mark": row.mark,
        "meaning": row.meaning,
    }
