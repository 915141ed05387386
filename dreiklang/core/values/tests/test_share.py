from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Share, Unknown


def test_share_of_a_percentage():
    assert Share.percent(75) == Share("0.75")


@pytest.mark.parametrize("value", ["-0.01", "1.01", "NaN", "Infinity", "x"])
def test_share_outside_0_to_1_is_refused(value):
    with pytest.raises(ValueError):
        Share(value)


@pytest.mark.parametrize("value", [0.5, True, None])
def test_share_of_an_inexact_type_is_refused(value):
    with pytest.raises(TypeError):
        Share(value)


def test_share_of_nothing_is_unknown():
    assert Share.of(3, 0) == Unknown("nothing_to_share")


def test_part_larger_than_the_whole_is_no_share():
    assert Share.of(6, 5) == Unknown("not_a_share")
    assert Share.of(-1, 5) == Unknown("not_a_share")


@given(st.decimals(0, 1, places=6))
def test_share_and_its_rest_make_a_whole(value):
    assert Share(value).value + Share(value).rest.value == Decimal(1)


@given(st.integers(1, 10**9), st.data())
def test_share_of_integers_lies_between_0_and_1(whole, data):
    part = data.draw(st.integers(0, whole))

    assert 0 <= Share.of(part, whole).value <= 1
