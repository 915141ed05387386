import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.reading import Amount, Cost, Notation, Refused, amounts_in, read_cost
from dreiklang.core.values import Money, Unknown


def test_a_bare_amount_needs_no_words():
    assert read_cost("50.000 €") == read_cost(50000) == Cost(Money(50000))


def test_words_beside_the_amount_are_kept():
    words = "ca.\u00a0990.000 € Baukosten entspr. Kostenvoranschlag"

    assert read_cost(words) == Cost(Money(990000), words, approximate=True)


def test_a_number_of_a_spreadsheet_is_rounded_to_the_cent():
    assert read_cost(1234.5678) == Cost(Money("1234.57"))


def test_amounts_without_a_total_can_be_looked_up_but_are_not_added():
    words = "Wettbewerb - ca. 10.000 €\r\nKunstwerk - 50.000 €"

    assert read_cost(words) == Unknown("several_amounts", words)
    assert amounts_in(words) == (
        Amount(Money(10000), "Wettbewerb - ca. 10.000 €", True),
        Amount(Money(50000), "Kunstwerk - 50.000 €", False),
    )


def test_two_totals_are_no_total():
    assert read_cost("gesamt 5 Mio. €, insgesamt 6 Mio. €").reason == "several_amounts"


def test_numbers_without_unit_or_currency_are_no_amounts():
    assert read_cost("Förderquote 75 % seit 2015").reason == "no_amount"


def test_a_declared_notation_settles_what_is_ambiguous():
    assert read_cost("1.234 Mio. €", notation=Notation.ENGLISH).amount == Money(1234000)
    assert read_cost("1,234 Mio. €", notation=Notation.GERMAN).amount == Money(1234000)


@pytest.mark.parametrize("value", [-5, "-5", "-500 €"])
def test_a_negative_cost_is_refused(value):
    assert read_cost(value) == Refused("negative_cost", str(value))


def test_an_empty_cell_is_unknown_and_not_free_of_charge():
    assert read_cost("") == read_cost(None) == Unknown("not_stated")


@given(st.text("0123456789.,- €MioTbisca\n", max_size=40))
def test_no_text_makes_reading_fall_over(words):
    assert isinstance(read_cost(words), Cost | Unknown | Refused)


@given(st.integers(0, 10**12))
def test_an_amount_as_germans_write_it_is_read_exactly(cents):
    whole, rest = divmod(cents, 100)
    written = f"{whole:,}".replace(",", ".") + f",{rest:02} €"

    assert read_cost(written).amount == Money.of_cents(cents)
