"""Which unit a formula gives. Rules and examples: docs/rules/derived-indicators.md."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dreiklang.core.values import Unknown

from .formula_text import Call, Function, InputRef, Negative, Node, Number, Product, Sum, text_of
from .units import Unit, shipped_units

_PERCENT = Decimal("0.01")


def unit_of_node(node: Node, units: Mapping[str, Unit]) -> Unit | Unknown:
    """The unit of a part of a formula. unknown: `unit_unknown`, `unit_mismatch`, with what does not fit as words."""
    try:
        unit = _unit(node, units)
    except _DoesNotFit as wrong:
        return wrong.why
    return Unknown("unit_mismatch", text_of(node)) if isinstance(unit, Decimal) else unit


class _DoesNotFit(Exception):
    def __init__(self, reason: str, words: str) -> None:
        super().__init__(reason)
        self.why = Unknown(reason, words)


def _unit(node: Node, units: Mapping[str, Unit]) -> Unit | Decimal:
    """A unit, or a plain number as long as nothing measured is in it."""
    match node:
        case Number(value):
            return value
        case InputRef():
            if node.key not in units:
                raise _DoesNotFit("unit_unknown", str(node))
            return units[node.key]
        case Negative(inner):
            return _unit(inner, units)
        case Sum(parts):
            return _of_sum([(_sign(sign, part), part) for sign, part in parts], units)
        case Product(parts):
            return _of_product(parts, units, node)
        case Call():
            return _of_call(node, units)


def _sign(sign: int, part: Node) -> int:
    return -sign if isinstance(part, Negative) else sign


def _of_sum(parts: Sequence[tuple[int, Node]], units: Mapping[str, Unit]) -> Unit | Decimal:
    """Everything in one unit. Shares taken from each other give percentage points, points added to a share a share.

    A plain number may stand among ratios and index values ("100 - [anteil]"), as one of them.
    """
    found = [(sign, part, _unit(part, units)) for sign, part in parts]
    measured = [(part, unit) for _sign, part, unit in found if not isinstance(unit, Decimal)]
    if not measured:
        return Decimal(1)
    first_part, first = measured[0]
    for part, unit in measured:
        if dict(unit.dimension) != dict(first.dimension) or unit.factor != first.factor:
            raise _DoesNotFit("unit_mismatch", f"{_named(first_part, first)} + {_named(part, unit)}")
    if len(measured) < len(found) and first.dimension and "index" not in first.dimension:
        raise _DoesNotFit("unit_mismatch", f"{_named(first_part, first)} + 1")
    if not any(unit.is_share for _part, unit in measured):
        return first
    is_rest = any(sign > 0 for sign, _part, unit in found if isinstance(unit, Decimal))  # 100 - [anteil]
    shares_left = sum(sign for sign, _part, unit in found if not isinstance(unit, Decimal) and unit.is_share)
    share = next(unit for _part, unit in measured if unit.is_share)
    return share if is_rest or shares_left > 0 else _points_of(share)


def _of_product(
    parts: Sequence[tuple[int, Node]], units: Mapping[str, Unit], whole: Product
) -> Unit | Decimal:
    """A power of ten changes the unit (100 * ratio is percent), any other plain number only the value."""
    dimension: dict[str, int] = {}
    factor = Decimal(1)
    measured: list[tuple[int, Unit]] = []
    for sign, part in parts:
        unit = _unit(part, units)
        if isinstance(unit, Decimal):
            factor *= Decimal(10) ** (-sign * _power_of_ten(unit))
            continue
        if not unit.has_zero:
            raise _DoesNotFit("unit_mismatch", text_of(whole))
        measured.append((sign, unit))
        factor = factor * unit.factor if sign > 0 else factor / unit.factor
        for what, power in unit.dimension.items():
            dimension[what] = dimension.get(what, 0) + sign * power
    if not measured:
        return Decimal(1)
    if len(measured) == 1 and measured[0][0] > 0:
        only = measured[0][1]
        return only if only.factor == factor else _made(dimension, factor, alike=only)
    return _made(dimension, factor, alike=Unit("", text_of(whole), {}, is_share=True))


def _of_call(call: Call, units: Mapping[str, Unit]) -> Unit | Decimal:
    if call.function is Function.SUM_OF:
        return _of_sum([(_sign(1, part), part) for part in call.arguments], units)
    if call.function in {Function.CHANGE, Function.PCT_CHANGE}:
        unit = _measured(call.arguments[0], units)
        if call.function is Function.CHANGE:
            return _points_of(unit) if unit.is_share else unit
        _must(unit.has_zero, call.arguments[0], unit)
        return shipped_units().by_code["prozent"]
    above, below = (_measured(part, units) for part in call.arguments[:2])
    for part, unit in zip(call.arguments, (above, below), strict=False):
        _must(unit.has_zero, part, unit)
    if call.function is Function.SHARE:
        if dict(above.dimension) != dict(below.dimension) or above.factor != below.factor:
            first, second = call.arguments
            raise _DoesNotFit("unit_mismatch", f"{_named(first, above)} : {_named(second, below)}")
        return shipped_units().by_code["prozent"]
    return _rate(call, above, below)


def _rate(call: Call, above: Unit, below: Unit) -> Unit:
    so_many = call.arguments[2]
    per = so_many.value if isinstance(so_many, Number) else Decimal(1)
    dimension = dict(above.dimension)
    for what, power in below.dimension.items():
        dimension[what] = dimension.get(what, 0) - power
    name = f"{above.name} je {per:f} {below.name}"
    made = Unit("", name, {}, per=int(per) if per == per.to_integral_value() else 1)
    return _made(dimension, above.factor / below.factor / per, alike=made)


def _measured(node: Node, units: Mapping[str, Unit]) -> Unit:
    unit = _unit(node, units)
    if isinstance(unit, Decimal):
        raise _DoesNotFit("unit_mismatch", text_of(node))
    return unit


def _must(holds: bool, node: Node, unit: Unit) -> None:
    if not holds:
        raise _DoesNotFit("unit_mismatch", _named(node, unit))


def _points_of(share: Unit) -> Unit:
    return _made(share.dimension, share.factor, alike=replace(share, is_share=False, is_points=True))


def _made(dimension: Mapping[str, int], factor: Decimal, *, alike: Unit) -> Unit:
    """The unit of the list that is the same, else one of its own that says what it is made of."""
    left = {what: power for what, power in sorted(dimension.items()) if power}
    made = replace(
        alike,
        dimension=left,
        factor=factor,
        is_share=alike.is_share and not left,
        is_points=alike.is_points and not left,
    )
    for unit in shipped_units().by_code.values():
        if _same(unit, made):
            return unit
    kind = "points" if made.is_points else "share" if made.is_share else f"per {made.per}"
    powers = " ".join(f"{what}^{power}" for what, power in left.items())
    return replace(made, code=f"{kind} {factor.normalize()} {powers}".strip(), sign="")


def _same(unit: Unit, made: Unit) -> bool:
    return (
        dict(unit.dimension) == dict(made.dimension)
        and unit.factor == made.factor
        and unit.has_zero == made.has_zero
        and (unit.is_share, unit.is_points) == (made.is_share, made.is_points)
        and unit.per == made.per
    )


def _power_of_ten(number: Decimal) -> int:
    """2 for 100, -1 for 0.1; 0 for everything that is no power of ten."""
    digits = number.normalize().as_tuple()
    return int(digits.exponent) if digits.digits == (1,) else 0


def _named(node: Node, unit: Unit) -> str:
    return f"{text_of(node)} ({unit.name})"
