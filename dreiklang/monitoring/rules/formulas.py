"""Derived indicators: a formula over others, read without running it, checked for its units, reckoned exactly.

What may be written, and worked examples: docs/rules/derived-indicators.md.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from dreiklang.core.values import Unknown

from .formula_text import (
    Call,
    CannotParse,
    Function,
    InputRef,
    Negative,
    Node,
    Number,
    Product,
    Sum,
    node_of,
    text_of,
)
from .formula_units import unit_of_node
from .units import Unit, fits

__all__ = [
    "CannotParse",
    "Derivation",
    "Formula",
    "InputRef",
    "Wanted",
    "checked",
    "cycle",
    "evaluate",
    "inputs",
    "parse",
    "unit_of_formula",
    "wanted",
]

# Reckoned in fractions, so that nothing is lost on the way; written with so many digits at the end.
_WRITTEN = Context(prec=28, rounding=ROUND_HALF_EVEN)

Earlier = Callable[[InputRef, int], Decimal | Unknown]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read. `str()` writes it in one way, however it was typed."""

    root: Node

    def __str__(self) -> str:
        return text_of(self.root)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value a formula needs: of which input, and how many years before the period that is reckoned."""

    ref: InputRef
    years_back: int = 0

    def __str__(self) -> str:
        return f"{self.ref} (-{self.years_back})" if self.years_back else str(self.ref)


def parse(text: str) -> Formula:
    """The formula. Raises: CannotParse with a code and the place (counted from 0)."""
    return Formula(node_of(text))


@dataclass(frozen=True, slots=True)
class Derivation:
    """A formula whose units were checked. What it gives, times `factor`, is in the declared unit."""

    formula: Formula
    unit: Unit
    factor: Decimal


def unit_of_formula(formula: Formula, *, units: Mapping[str, Unit]) -> Unit | Unknown:
    """The unit of what a formula gives; `units` are those of its inputs, by key.

    unknown: `unit_unknown` for an input without one, `unit_mismatch` where units are added that do not measure the
    same in the same size; the words name what does not fit.
    """
    return unit_of_node(formula.root, units)


def checked(text: str, *, units: Mapping[str, Unit], declared: Unit) -> Derivation:
    """A formula as it may be saved: read, and its unit the declared one. Raises: CannotParse."""
    formula = parse(text)
    unit = unit_of_formula(formula, units=units)
    if isinstance(unit, Unknown):
        raise CannotParse(unit.reason, 0, unit.words)
    factor = fits(unit, declared)
    if factor is None:
        raise CannotParse("unit_mismatch", 0, f"{unit.name} ≠ {declared.name}")
    return Derivation(formula, unit, factor)


def inputs(formula: Formula) -> tuple[InputRef, ...]:
    """The inputs a formula names, each once, in the order of the text."""
    return tuple(dict.fromkeys(wish.ref for wish in _wishes(formula.root, 0)))


def wanted(formula: Formula) -> tuple[Wanted, ...]:
    """The values a formula needs, each once, in the order of the text."""
    return tuple(dict.fromkeys(_wishes(formula.root, 0)))


def dependents(formulas: Mapping[str, Formula], *, of: Collection[str]) -> set[str]:
    """The keys of indicators that are reckoned from these, or from one that is; these themselves are not among them."""
    found: set[str] = set()
    reached = set(of)
    while reached:
        reached = {
            key
            for key, one in formulas.items()
            if key not in found and reached & {ref.key for ref in inputs(one)}
        }
        found |= reached
    return found - set(of)


def cycle(formulas: Mapping[str, Formula]) -> tuple[str, ...]:
    """The keys of indicators that are reckoned from each other in a circle, from the first by name; () if there is none.

    Inputs without a formula of their own are measured and end the walk.
    """
    needs = {
        key: sorted({ref.key for ref in inputs(formulas[key])} & formulas.keys()) for key in sorted(formulas)
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as found:
        around = list(reversed(found.args[1][1:]))
        first = around.index(min(around))
        return tuple(around[first:] + around[:first])
    return ()


def evaluate(
    formula: Formula, *, values: Mapping[InputRef, Decimal | Unknown], earlier: Earlier | None = None
) -> Decimal | Unknown:
    """What the formula gives, exact to 28 digits; rounding is for whoever shows it.

    earlier  gives an input so many years before; needed for `change` and `pct_change` only
    unknown  `suppressed` when an input is: a rate would give the count away; else `input_unknown`; the words name
             every such input with its own reason ("einwohner: not_delivered"), parted by "; ".
             `division_by_zero`, and `not_applicable` for a percentage of change from below 0, both with that part
             of the formula as words. An input that is not there at all is `not_delivered`.
    """
    there: dict[Wanted, Fraction] = {}
    missing: list[tuple[Wanted, Unknown]] = []
    for wish in wanted(formula):
        value = _value(wish, values, earlier)
        if isinstance(value, Unknown):
            missing.append((wish, value))
        else:
            there[wish] = value
    if missing:
        return _why(missing)
    try:
        exact = _reckoned(formula.root, there, 0)
    except _HasNoResult as found:
        return found.why
    return _WRITTEN.divide(Decimal(exact.numerator), Decimal(exact.denominator))


class _HasNoResult(ArithmeticError):
    def __init__(self, reason: str, what: Node) -> None:
        super().__init__(reason)
        self.why = Unknown(reason, text_of(what))


def _value(
    wish: Wanted, values: Mapping[InputRef, Decimal | Unknown], earlier: Earlier | None
) -> Fraction | Unknown:
    value: Decimal | Unknown
    if wish.years_back:
        value = earlier(wish.ref, wish.years_back) if earlier else Unknown("not_delivered")
    else:
        value = values.get(wish.ref, Unknown("not_delivered"))
    if isinstance(value, Unknown):
        return value
    # A number nobody can have measured is refused before a fraction of it would fill the memory.
    if not value.is_finite() or abs(value.adjusted()) > 60:
        return Unknown("not_a_number")
    return Fraction(value)


def _why(missing: list[tuple[Wanted, Unknown]]) -> Unknown:
    secret = [(wish, why) for wish, why in missing if why.reason == "suppressed"]
    words = "; ".join(f"{wish}: {why.reason}" for wish, why in secret or missing)
    return Unknown("suppressed" if secret else "input_unknown", words)


def _wishes(node: Node, back: int) -> Iterator[Wanted]:
    match node:
        case InputRef():
            yield Wanted(node, back)
        case Negative(inner):
            yield from _wishes(inner, back)
        case Sum(parts) | Product(parts):
            for _sign, part in parts:
                yield from _wishes(part, back)
        case Call(function, arguments, years):
            for argument in arguments:
                yield from _wishes(argument, back)
                if function in {Function.CHANGE, Function.PCT_CHANGE}:
                    yield from _wishes(argument, back + years)


def _reckoned(node: Node, there: Mapping[Wanted, Fraction], back: int) -> Fraction:
    match node:
        case Number(number):
            return Fraction(number)
        case InputRef():
            return there[Wanted(node, back)]
        case Negative(inner):
            return -_reckoned(inner, there, back)
        case Sum(parts):
            return sum((sign * _reckoned(part, there, back) for sign, part in parts), Fraction(0))
        case Product(parts):
            result = Fraction(1)
            for sign, part in parts:
                value = _reckoned(part, there, back)
                result = result * value if sign > 0 else _over(result, value, part)
            return result
        case Call():
            return _called(node, there, back)


def _called(call: Call, there: Mapping[Wanted, Fraction], back: int) -> Fraction:
    values = [_reckoned(argument, there, back) for argument in call.arguments]
    match call.function:
        case Function.PER:
            return _over(values[0], values[1], call.arguments[1]) * values[2]
        case Function.SHARE:
            return _over(values[0], values[1], call.arguments[1]) * 100
        case Function.SUM_OF:
            return sum(values, Fraction(0))
    before = _reckoned(call.arguments[0], there, back + call.years)
    difference = values[0] - before
    if call.function is Function.CHANGE:
        return difference
    if before < 0:
        raise _HasNoResult("not_applicable", call.arguments[0])
    return _over(difference, before, call.arguments[0]) * 100


def _over(above: Fraction, below: Fraction, what: Node) -> Fraction:
    if below == 0:
        raise _HasNoResult("division_by_zero", what)
    return above / below
