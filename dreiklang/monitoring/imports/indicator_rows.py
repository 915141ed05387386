"""Rows of a list of indicators, understood and held against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreiklang.core.enums import Visibility, Weight
from dreiklang.core.imports.contract import Candidate, FoundProblem, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup, refused
from dreiklang.monitoring.imports import cells
from dreiklang.monitoring.imports.indicator_thresholds import with_thresholds
from dreiklang.monitoring.models import Indicator, Provider, Quantity
from dreiklang.monitoring.models.labels import (
    DIRECTION_LABELS,
    INDICATOR_KIND_LABELS,
    VISIBILITY_LABELS,
)
from dreiklang.monitoring.queries.naming import quantity_key
from dreiklang.monitoring.queries.wording_of_formulas import formula_sentence
from dreiklang.monitoring.rules.formulas import CannotParse, Formula, checked, cycle, inputs, parse
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import Direction, IndicatorKind
from dreiklang.monitoring.services.checking import is_plain_key
from dreiklang.people.queries import account_names, department_names
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import levels

LENGTHS = {
    "name": 200,
    "source_words": 500,
    "source_contact": 300,
    "licence": 300,
    "attribution": 300,
    "reference_words": 200,
}
_NEEDED = ("unit", "formula", "quantity", "department", "visibility")


@dataclass(frozen=True)
class _Known:
    departments: Lookup
    people: Lookup
    levels: Lookup
    providers: Lookup
    quantities: Lookup


def candidates(rows: Sequence[MappedRow], options: Options) -> list[Candidate]:
    """The rows as understood; one whose formula cannot be reckoned, alone or in a circle, is refused."""
    known = _Known(
        departments=Lookup.of(department_names()),
        people=Lookup.of(account_names()),
        levels=_levels(),
        providers=Lookup.of(Provider.objects.order_by("pk").values_list("key", "name")),
        quantities=Lookup.of((key, key) for key in _quantity_keys().values()),
    )
    found = [_candidate(Draft(row), known, options) for row in rows]
    found = _held_against(found, _facts_of_stored())
    return with_thresholds(found, quantity_keys=_quantity_keys())


def _quantity_keys() -> dict[int, str]:
    rows = Quantity.objects.order_by("pk").values_list(
        "dataset__provider__key", "dataset__code", "code", "pk"
    )
    return {pk: quantity_key(*key) for *key, pk in rows}


def _levels() -> Lookup:
    """A level is called by what one area of it is, or by what many are."""
    found = levels(SYSTEM)
    return Lookup.of([(one.key, one.name) for one in found] + [(one.key, one.plural) for one in found])


def _candidate(draft: Draft, known: _Known, options: Options) -> Candidate:
    key = draft.text("key", longest=80)
    if key and not is_plain_key(key):
        draft.note("key_not_plain", "key")
    for name, longest in LENGTHS.items():
        draft.text(name, longest=longest)
    for name in ("meaning", "limits_words", "formula", "change_reason"):
        draft.text(name)
    draft.choice("kind", cells.words_of(INDICATOR_KIND_LABELS), empty=IndicatorKind.QUANTITATIVE.value)
    draft.choice("direction", cells.words_of(DIRECTION_LABELS), empty=Direction.NONE.value)
    draft.choice("visibility", cells.words_of(VISIBILITY_LABELS), empty=Visibility.INTERNAL.value)
    cells.unit(draft, "unit")
    cells.rhythm(draft, "rhythm")
    _numbers(draft, options)
    if draft.cell("quantity"):
        # An empty cell leaves it: values of our own lists came to a quantity that no list names.
        draft.reference("quantity", known.quantities, code="unknown_quantity")
    draft.reference("provider", known.providers, code="unknown_provider")
    draft.reference("level", known.levels, code="unknown_level")
    draft.reference("department", known.departments, code="unknown_department")
    draft.reference("responsible", known.people, code="unknown_person", weight=Weight.WARNING)
    draft.flag("is_headline")
    if draft.cell("is_comparable"):
        draft.flag("is_comparable")
    draft.keep_rest("meaning")
    return draft.candidate(key=key, label=draft.cell("name") or key)


def _numbers(draft: Draft, options: Options) -> None:
    if draft.cell("decimals"):
        cells.whole(draft, "decimals", least=0, most=6)
    cells.whole(draft, "lag_days", least=0, most=9999)
    cells.whole(draft, "suppress_below", least=2, most=1000)
    cells.number(draft, "steady_below", options, before_comma=12)
    draft.day("next_due_on", options)
    if draft.cell("valid_from"):
        draft.day("valid_from", options)


def _facts_of_stored() -> dict[str, dict[str, Any]]:
    rows = Indicator.objects.values_list(
        "key", "unit", "formula", "quantity_id", "department_id", "visibility"
    )
    return {key: dict(zip(_NEEDED, facts, strict=True)) for key, *facts in rows}


def _held_against(found: Sequence[Candidate], stored: Mapping[str, dict[str, Any]]) -> list[Candidate]:
    facts: dict[str, dict[str, Any]] = {key: dict(of) for key, of in stored.items()}
    for one in found:
        if one.key and not one.is_refused:
            given = {name: one.values[name] for name in _NEEDED if name in one.values}
            facts[one.key] = facts.get(one.key, {}) | given
    around = set(cycle(_formulas(facts)))
    return [
        refused(one, problem) if (problem := _contradiction(one, facts, around)) else one for one in found
    ]


def _formulas(facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Formula]:
    read: dict[str, Formula] = {}
    for key, of in facts.items():
        try:
            if of.get("formula"):
                read[key] = parse(of["formula"])
        except CannotParse:
            continue
    return read


def _contradiction(
    one: Candidate, facts: Mapping[str, Mapping[str, Any]], around: set[str]
) -> FoundProblem | None:
    """What is wrong with the row beside what is there, or None."""
    if one.is_refused or one.key not in facts:
        return None
    mine = facts[one.key]
    if mine.get("visibility") == Visibility.PUBLIC and not mine.get("department"):
        return FoundProblem("needs_department", one.row, "department")
    if not mine.get("formula"):
        return None
    if mine.get("quantity"):
        return FoundProblem("values_and_formula", one.row, "formula", mine["formula"])
    why = _why_not_reckoned(mine, facts)
    if not why and one.key in around:
        why = formula_sentence("formula_in_circle", words=" → ".join(sorted(around)))
    return FoundProblem("formula", one.row, "formula", why) if why else None


def _why_not_reckoned(mine: Mapping[str, Any], facts: Mapping[str, Mapping[str, Any]]) -> str:
    units = shipped_units().by_code
    declared = units.get(mine.get("unit") or "")
    if declared is None:
        return formula_sentence("formula_needs_unit")
    try:
        needed = [ref.key for ref in inputs(parse(mine["formula"]))]
        missing = next((key for key in needed if key not in facts), "")
        if missing:
            return formula_sentence("unknown_input", words=missing)
        named = {key: str(facts[key].get("unit") or "") for key in needed}
        known = {key: units[unit] for key, unit in named.items() if unit in units}
        checked(mine["formula"], units=known, declared=declared)
    except CannotParse as wrong:
        return formula_sentence(wrong.code, words=wrong.words, at=wrong.at)
    return ""
