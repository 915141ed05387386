"""Whether an indicator as given contradicts itself, before it is saved."""

import re

from dreiklang.core.errors import Refused
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.rules.formulas import CannotParse, Formula, checked, cycle, inputs, parse
from dreiklang.monitoring.rules.units import Unit, shipped_units

_PLAIN_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class CannotSave(Refused):
    """The indicator as given contradicts itself; `code` says how."""


def is_plain_key(key: str) -> bool:
    """Whether it can be part of an address and of a formula: small letters, digits, single hyphens between."""
    return _PLAIN_KEY.fullmatch(key) is not None


def check_key(key: str) -> None:
    """Raises: CannotSave (key_not_plain: it is part of an address, and of formulas; key_taken)."""
    if not is_plain_key(key):
        raise CannotSave("key_not_plain", key=key)
    if Indicator.objects.filter(key=key).exists():
        raise CannotSave("key_taken", key=key)


def check_formula(indicator: Indicator) -> None:
    """Whether its formula can be read, gives its unit, and needs nothing that needs it in turn.

    Raises: CannotSave with `words` and `at` (counted from 0): formula_needs_unit; unknown_input; formula_in_circle
    with the keys around; the codes of `rules.formulas.CannotParse`, unit_mismatch among them.
    """
    if not indicator.formula:
        return
    declared = shipped_units().by_code.get(indicator.unit)
    if declared is None:
        raise CannotSave("formula_needs_unit", words=indicator.unit, at=0)
    try:
        formula = parse(indicator.formula)
        known = _units_of(formula)
        checked(indicator.formula, units=known, declared=declared)
    except CannotParse as refused:
        raise CannotSave(refused.code, words=refused.words, at=refused.at) from refused
    around = cycle({**_others(indicator.key), indicator.key: formula})
    if around:
        raise CannotSave("formula_in_circle", words=" → ".join((*around, around[0])), at=0)


def _units_of(formula: Formula) -> dict[str, Unit]:
    """The units of the indicators a formula names, by key."""
    keys = {ref.key for ref in inputs(formula)}
    stored = dict(Indicator.objects.filter(key__in=keys).values_list("key", "unit"))
    missing = sorted(keys - stored.keys())
    if missing:
        raise CannotSave("unknown_input", words=missing[0], at=0)
    units = shipped_units().by_code
    return {key: units[unit] for key, unit in stored.items() if unit in units}


def _others(key: str) -> dict[str, Formula]:
    """The formulas of all other indicators that can be read."""
    found: dict[str, Formula] = {}
    for other, text in Indicator.objects.exclude(key=key).exclude(formula="").values_list("key", "formula"):
        try:
            found[other] = parse(text)
        except CannotParse:
            # It gives no values, so nothing can run in a circle through it.
            continue
    return found
