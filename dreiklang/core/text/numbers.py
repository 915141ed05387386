"""Numbers, money and shares in words."""

from decimal import ROUND_HALF_UP, Decimal

from dreiklang.core.values import Money, Share, Unknown

from .language import MINUS, wording
from .words import unknown

_WHOLE = Decimal(1)
_TENTH = Decimal("0.1")


def number(value: Decimal | int | Unknown, *, places: int | None = None) -> str:
    """A number with grouped digits: 1.234,5. With `places` it is rounded, half away from zero."""
    if isinstance(value, Unknown):
        return unknown(value)
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):,f}".partition(".")
    words = wording()
    digits = whole.replace(",", words.group) + (words.decimal + fraction if fraction else "")
    return (MINUS if exact < 0 else "") + digits


def money(value: Money | Unknown) -> str:
    """An amount to the cent: 1.234.567,00 €."""
    if isinstance(value, Unknown):
        return unknown(value)
    return _signed(value, wording().money.format(number(abs(value).amount, places=2)))


def money_exact(value: Money | Unknown) -> str:
    """An amount without needless places: 50.000 €, but 12,50 €."""
    if isinstance(value, Unknown):
        return unknown(value)
    places = 0 if value.cents % 100 == 0 else 2
    return _signed(value, wording().money.format(number(abs(value).amount, places=places)))


def money_short(value: Money | Unknown) -> str:
    """An amount for a glance: 1,2 Mio. €, 950.000 €. Rounded half away from zero to one place or whole euros."""
    if isinstance(value, Unknown):
        return unknown(value)
    size = abs(value).amount
    for unit, form in wording().large:
        rounded = (size / unit).quantize(_TENTH, rounding=ROUND_HALF_UP)
        if rounded >= 1 and size >= unit - Decimal("0.5"):
            return _signed(value, form.format(number(_shortest(rounded))))
    return _signed(value, wording().money.format(number(size, places=0)))


def share(value: Share | Unknown, *, places: int = 0) -> str:
    """A share as a percentage: 42 %.

    A share that is not quite nothing or not quite all is never rounded to 0 or 100.
    """
    if isinstance(value, Unknown):
        return unknown(value)
    step = Decimal(1).scaleb(-places)
    percent = value.as_percent.quantize(step, rounding=ROUND_HALF_UP)
    if percent == 0 and value.value > 0:
        return "< " + wording().percent.format(number(step))
    if percent == 100 and value.value < 1:
        return "> " + wording().percent.format(number(100 - step))
    return wording().percent.format(number(percent))


def percent_points(difference: Decimal | int | Unknown, *, places: int = 1) -> str:
    """A difference between two percentages, with its sign: +2,5 Prozentpunkte."""
    if isinstance(difference, Unknown):
        return unknown(difference)
    rounded = _shortest(Decimal(difference).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
    one, many = wording().points
    sign = "+" if rounded > 0 else ""
    return f"{sign}{number(rounded)} {one if abs(rounded) == 1 else many}"


def _signed(value: Money, words: str) -> str:
    return (MINUS if value.amount < 0 else "") + words


def _shortest(value: Decimal) -> Decimal:
    return value.quantize(_WHOLE) if value == value.to_integral_value() else value
