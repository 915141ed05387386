"""All values of one indicator to take away: every region and period, signs with their meaning, source and licence beside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from dreiklang.core.errors import NotFound
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Indicator, Observation, Region
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.indicator_lines import EffectLine, TargetLine
from dreiklang.monitoring.queries.indicator_record import indicator_record
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.queries.visibility import SHOWN, visible_indicators
from dreiklang.monitoring.rules.formulas import CannotParse, inputs, parse
from dreiklang.monitoring.rules.marks import ReadValue, unknown_of
from dreiklang.monitoring.rules.series import TOTAL_KEY, factor_of
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import MarkMeaning, ValueKind
from dreiklang.people.rules import PUBLIC, Viewer


@dataclass(frozen=True)
class ValueRow:
    """One value in the unit of its indicator; `at` is where it stands among all, for reading on after it."""

    at: int
    level: str
    region: str
    region_name: str
    starts_on: date
    ends_on: date
    kind: ValueKind
    scenario: str
    made_on: date | None
    value: Decimal | Unknown
    mark: str
    meaning: str


def indicator_for_data(viewer: Viewer, *, key: str) -> Indicator | None:
    """The indicator with what its data need beside the values; None if the viewer may not know of it."""
    rows = visible_indicators(viewer).select_related("breakdown", "provider", "department", "level")
    return rows.defer("search").filter(key=key).first()


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
        at, level, region, name, starts_on, ends_on, kind, scenario, made_on = facts
        yield ValueRow(
            at=at,
            level=level,
            region=region,
            region_name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            kind=ValueKind(kind),
            scenario=scenario,
            made_on=made_on,
            value=_value(value, mark, meaning, state, factors[said]),
            mark=mark,
            meaning=meaning,
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


def public_indicators(*, after: str, limit: int) -> list[Indicator]:
    """Public indicators with keys after that one, in their order, whoever asks."""
    rows = visible_indicators(PUBLIC).select_related("provider", "department", "level").defer("search")
    return list(rows.filter(key__gt=after).order_by("key")[:limit])


def public_record(*, key: str) -> dict[str, Any]:
    """Targets, breaks, versions and links of a public indicator for machines; numbers as text. Raises: NotFound."""
    record = indicator_record(PUBLIC, key=key)
    if record is None:
        raise NotFound("indicator")
    return {
        "targets": [_target(one) for one in record.targets],
        "breaks": [
            {"on": one.on.isoformat(), "kind": one.kind, "reason": one.reason, "region": one.region}
            for one in record.breaks
        ],
        "versions": [
            {
                "number": one.number,
                "valid_from": one.valid_from.isoformat(),
                "reason": one.reason,
                "is_comparable": one.is_comparable,
            }
            for one in record.versions
        ],
        "goals": [
            {"number": one.number, "is_main": one.is_main, "reason": one.reason} for one in record.goals
        ],
        "tasks": [{"number": one.number} for one in record.tasks],
        "measures": [_effect(one) for one in record.effects],
    }


def _target(one: TargetLine) -> dict[str, Any]:
    return {
        "role": "baseline" if one.is_baseline else "target",
        "on": one.post.on.isoformat(),
        "comparison": one.post.comparison,
        "value": _plain(one.post.value),
        "upper": _plain(one.post.upper),
        "region": one.region,
        "decision": one.decision,
        "reason": one.reason,
    }


def _effect(one: EffectLine) -> dict[str, Any]:
    return {
        "number": one.number,
        "sign": one.sign,
        "weight": one.weight,
        "expected_value": _plain(one.expected_value),
        "expected_year": one.expected_year,
        "expected_basis": one.expected_basis,
        "observed_value": _plain(one.observed_value),
        "observed_on": one.observed_on.isoformat() if one.observed_on else None,
        "observed_basis": one.observed_basis,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def source_words(indicator: Indicator) -> str:
    """Where the values come from, as it must be named: the given attribution, else publisher and source."""
    if indicator.attribution:
        return indicator.attribution
    provider = indicator.provider.name if indicator.provider else ""
    return ", ".join(part for part in (provider, indicator.source_words) if part)


def indicator_facts(indicator: Indicator) -> dict[str, Any]:
    """What a machine must know of an indicator before it reads its values."""
    return {
        "key": indicator.key,
        "name": indicator.name,
        "meaning": indicator.meaning,
        "does_not_say": indicator.limits_words,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "direction": indicator.direction,
        "formula": indicator.formula,
        "source": source_words(indicator),
        "licence": indicator.licence,
        "rhythm": indicator.rhythm,
        "reference": indicator.reference_words,
        "level": indicator.level.key if indicator.level else None,
        "department": indicator.department.key if indicator.department else None,
        "next_due_on": _day(indicator.next_due_on),
        "retired_on": _day(indicator.retired_on),
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def value_data(row: ValueRow) -> dict[str, Any]:
    """A value for machines: the number as text, so that it stays exact; without one `unknown` says why."""
    is_unknown = isinstance(row.value, Unknown)
    return {
        "level": row.level,
        "region": row.region,
        "region_name": row.region_name,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "kind": row.kind.value,
        "scenario": row.scenario,
        "value": None if isinstance(row.value, Unknown) else f"{row.value.normalize():f}",
        "unknown": row.value.reason if is_unknown and isinstance(row.value, Unknown) else None,
        "mark": row.mark,
        "meaning": row.meaning,
    }
