from decimal import Decimal

import pytest
from django.utils.translation import override

from dreiklang.core import text
from dreiklang.core.values import Money, Share, Unknown


@pytest.fixture(autouse=True)
def german():
    with override("de"):
        yield


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234567, "1.234.567", "1,234,567"),
        (Decimal("-1234.50"), "−1.234,50", "−1,234.50"),
        (Decimal("0.001"), "0,001", "0.001"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(value, german, english):
    assert text.number(value) == german
    with override("en"):
        assert text.number(value) == english


def test_places_round_half_away_from_zero():
    assert text.number(Decimal("2.5"), places=0) == "3"
    assert text.number(Decimal("-2.45"), places=1) == "−2,5"


def test_money_is_worded_to_the_cent():
    assert text.money(Money(1234567)) == "1.234.567,00\u00a0€"
    assert text.money(Money("-0.5")) == "−0,50\u00a0€"
    with override("en-gb"):
        assert text.money(Money("-1234.5")) == "−€1,234.50"


def test_exact_money_leaves_needless_places_out():
    assert text.money_exact(Money(50000)) == "50.000\u00a0€"
    assert text.money_exact(Money("12.50")) == "12,50\u00a0€"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0 €"),
        ("950000", "950.000 €"),
        ("999999.49", "999.999 €"),
        ("999999.50", "1 Mio. €"),
        ("1000000", "1 Mio. €"),
        ("1234567", "1,2 Mio. €"),
        ("17600000", "17,6 Mio. €"),
        ("-2500000000", "−2,5 Mrd. €"),
    ],
)
def test_short_money_never_jumps_at_the_million(amount, words):
    assert text.money_short(Money(amount)) == words.replace(" ", "\u00a0")


def test_short_money_in_english():
    with override("en"):
        assert text.money_short(Money(1234567)) == "€1.2\u00a0million"


@pytest.mark.parametrize(
    ("value", "words"),
    [("0", "0 %"), ("0.42", "42 %"), ("0.004", "< 1 %"), ("0.999", "> 99 %"), ("1", "100 %")],
)
def test_a_share_is_never_rounded_to_nothing_or_all(value, words):
    assert text.share(Share(value)).replace("\u00a0", " ") == words


def test_percent_points_carry_their_sign():
    assert text.percent_points(Decimal("2.5")) == "+2,5 Prozentpunkte"
    assert text.percent_points(-1) == "−1 Prozentpunkt"
    assert text.percent_points(0) == "0 Prozentpunkte"


@pytest.mark.parametrize("word", [text.number, text.money, text.money_exact, text.money_short, text.share])
def test_an_unknown_number_is_worded_as_unknown(word):
    assert word(Unknown("not_quantifiable")) == "unbekannt (noch nicht bezifferbar)"
