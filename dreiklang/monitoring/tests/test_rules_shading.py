from decimal import Decimal

import pytest

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.classes import breaks
from dreiklang.monitoring.rules.profiles import is_additive
from dreiklang.monitoring.rules.shading import Scale, Shade, scale_of
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import ClassMethod


def scale(*values: int, count: int = 5, own: tuple[int, ...] = (), is_balance: bool = False) -> Scale:
    found = breaks(
        [Decimal(value) for value in values],
        method=ClassMethod.OWN if own else ClassMethod.EQUAL,
        count=count,
        own=[Decimal(cut) for cut in own],
        around=Decimal(0) if is_balance and not own else None,
    )
    assert not isinstance(found, Unknown)
    return scale_of(found, is_balance=is_balance)


@pytest.mark.parametrize(
    ("count", "shades"),
    [(1, ("7",)), (2, ("1", "13")), (3, ("1", "7", "13")), (5, ("1", "4", "7", "10", "13"))],
)
def test_the_first_class_is_the_lightest_and_the_last_the_darkest(count, shades) -> None:
    assert scale(*range(0, 101, 10), count=count).shades == shades


def test_losses_and_gains_have_shades_of_their_own() -> None:
    assert scale(-10, -5, 5, 10, count=4, is_balance=True).shades == ("d13", "d6", "6", "13")
    assert scale(5, 10, 20, count=2, is_balance=True).shades == ("6", "13")
    assert scale(-20, -10, -1, count=2, is_balance=True).shades == ("d13", "d6")
    assert scale(-9, 9, own=(-5, 0, 5), is_balance=True).shades == ("d13", "d6", "6", "13")


def test_a_hidden_count_is_told_apart_from_a_missing_one() -> None:
    found = scale(0, 10)

    assert found.shade_of(Unknown("suppressed")) == Shade.HIDDEN
    assert found.shade_of(Unknown("not_delivered")) == Shade.UNKNOWN
    assert found.number_of(Unknown("suppressed")) is None
    assert found.number_of(Decimal(10)) == 2


def test_the_legend_counts_the_values_of_one_year() -> None:
    found = scale(0, 10, 20, 30, count=3)

    assert found.counts([Decimal(5), Decimal(25), Unknown("suppressed")]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("unit", "may"),
    [
        ("personen", True),
        ("anzahl", True),
        ("ha", True),
        ("prozent", False),
        ("je_1000_ew", False),
        ("jahre", False),
        ("eur", False),
        ("m2", False),
        ("ew_je_km2", False),
    ],
)
def test_only_counts_and_land_are_added_up(unit: str, may: bool) -> None:
    assert is_additive(shipped_units().by_code[unit]) is may


def test_an_unknown_unit_is_not_added_up() -> None:
    assert not is_additive(None)
