from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.monitoring.models import Breakdown, Observation, Quantity
from dreiklang.monitoring.rules import storing
from dreiklang.monitoring.rules.marks import ReadValue
from dreiklang.monitoring.rules.storing import decimals_of, storable
from dreiklang.monitoring.rules.values import Refused


def test_an_ordinary_value_stays_the_very_same():
    read = ReadValue(Decimal("66.20"))

    assert storable(read) is read


def test_a_finer_number_is_rounded_and_kept_word_for_word():
    read = storable(ReadValue(Decimal("4.515790000123")))

    assert read == ReadValue(Decimal("4.51579000"), words="4,515790000123")


def test_words_as_delivered_go_before_our_own():
    read = storable(ReadValue(Decimal("0.1234567891"), words="0.1234567891"))

    assert isinstance(read, ReadValue)
    assert read.words == "0.1234567891"


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (ReadValue(Decimal("12345678901234567")), "too_large"),
        (ReadValue(Decimal("1e30")), "too_large"),
        (ReadValue(Decimal("0." + "1" * 90)), "too_long"),
        (ReadValue(None, mark="x" * 13), "too_long"),
        (ReadValue(Decimal(1), words="1\x00"), "broken_text"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(read: ReadValue, code: str):
    refused = storable(read)

    assert isinstance(refused, Refused)
    assert refused.code == code
    assert "\x00" not in refused.words


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18))
def test_what_is_taken_always_fits(number: Decimal):
    read = storable(ReadValue(number))

    if isinstance(read, ReadValue):
        assert read.value is not None
        assert abs(read.value) <= Decimal(10) ** 16
        assert decimals_of(read.value) <= 8
        assert abs(read.value - number) <= Decimal("0.000000005")


def test_the_bounds_are_those_of_the_tables():
    value = Observation._meta.get_field("value")

    assert (value.max_digits - value.decimal_places, value.decimal_places) == (
        storing.WHOLE_DIGITS,
        storing.DECIMALS,
    )
    assert Observation._meta.get_field("words").max_length == storing.LONGEST_WORDS
    assert Observation._meta.get_field("mark").max_length == storing.LONGEST_MARK
    assert Quantity._meta.get_field("code").max_length == storing.LONGEST_CODE
    assert Quantity._meta.get_field("unit_words").max_length == storing.LONGEST_UNIT
    assert Breakdown._meta.get_field("key").max_length == storing.LONGEST_BREAKDOWN
