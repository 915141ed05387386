from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Money, Share, Sum, Unknown, add_up

amounts = st.integers(-(10**14), 10**14).map(Money.of_cents)
weights = st.lists(st.decimals(0, 1000, places=3), min_size=1, max_size=12).filter(lambda w: sum(w) > 0)


@pytest.mark.parametrize("value", [1.5, 50000.0, True, None, Money(1)])
def test_money_of_an_inexact_type_is_refused(value):
    with pytest.raises(TypeError):
        Money(value)


@pytest.mark.parametrize("value", ["1.005", "NaN", "Infinity", "zehn", "1e20"])
def test_money_that_is_no_amount_in_cents_is_refused(value):
    with pytest.raises(ValueError):
        Money(value)


def test_money_has_two_places_however_it_was_written():
    assert str(Money("1.5")) == "1.50 EUR"
    assert Money(3) == Money("3.000")


def test_money_has_no_negative_zero():
    assert str(Money("-0.00")) == "0.00 EUR"


@pytest.mark.parametrize(("exact", "cents"), [("0.005", 1), ("-0.005", -1), ("0.0049", 0), ("2.675", 268)])
def test_rounding_goes_half_away_from_zero(exact, cents):
    assert Money.rounded(Decimal(exact)).cents == cents


def test_arithmetic_ignores_the_precision_of_the_caller():
    with localcontext() as context:
        context.prec = 3
        assert Money("123456789.01").cents == 12345678901
        assert Money("123456789.01") * 2 == Money("246913578.02")
        assert Money("123456789.01") + Money("0.01") == Money("123456789.02")
        assert -Money("123456789.01") == Money("-123456789.01")


def test_a_share_of_money_is_rounded_to_the_cent():
    assert Money("0.05") * Share("0.5") == Money("0.03")


@pytest.mark.parametrize("other", [1, Decimal(1), None, Unknown("not_stated")])
def test_money_adds_only_to_money(other):
    with pytest.raises(TypeError):
        Money(1) + other


def test_money_times_float_is_refused():
    with pytest.raises(TypeError):
        Money(1) * 0.5


def test_zero_euro_is_an_answer_and_true():
    assert Money(0)
    assert Money(0).is_zero


def test_splitting_gives_the_cent_left_over_to_the_first_of_equal_parts():
    assert Money(100).split([1, 1, 1]) == (Money("33.34"), Money("33.33"), Money("33.33"))


@pytest.mark.parametrize("wrong", [[], [0, 0], [1, -1]])
def test_splitting_without_positive_weight_is_refused(wrong):
    with pytest.raises(ValueError):
        Money(1).split(wrong)


@given(amounts, weights)
def test_parts_add_up_to_the_amount_exactly(amount, by):
    assert add_up(amount.split(by)).total == amount


@given(amounts, weights)
def test_no_part_is_a_cent_or_more_from_its_exact_share(amount, by):
    exact = [Decimal(amount.cents) * w / sum(by) for w in by]

    assert all(abs(part.cents - e) < 1 for part, e in zip(amount.split(by), exact, strict=True))


@given(amounts, amounts)
def test_adding_and_subtracting_cancel_out(a, b):
    assert a + b - b == a
    assert a - b == -(b - a)


@given(amounts, amounts)
def test_order_follows_the_cents(a, b):
    assert (a < b) == (a.cents < b.cents)


@given(st.lists(amounts, min_size=1), st.integers(0, 5))
def test_a_sum_says_how_many_were_unknown(there, missing):
    result = add_up([*there, *[Unknown("not_stated")] * missing])

    assert result == Sum(Money.of_cents(sum(a.cents for a in there)), len(there), missing)
    assert result.is_complete == (missing == 0)


def test_a_sum_of_unknowns_is_unknown():
    assert add_up([Unknown("not_stated")]) == Sum(Unknown("none_known"), 0, 1)


def test_a_sum_of_nothing_is_unknown_and_not_complete():
    assert add_up([]) == Sum(Unknown("nothing_to_add"), 0, 0)
    assert not add_up([]).is_complete


def test_ratio_to_nothing_is_unknown():
    assert Money(1).ratio_to(Money(0)) == Unknown("nothing_to_share")
    assert Money(3).ratio_to(Money(2)) == Decimal("1.5")
