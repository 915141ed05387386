from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.reading import Notation, Refused, detect_notation, read_number, read_share
from dreiklang.core.values import Share, Unknown


@pytest.mark.parametrize(
    ("value", "number"),
    [(7, "7"), (0, "0"), (0.1 + 0.2, "0.3"), (1234.56, "1234.56"), (Decimal("1.50"), "1.50")],
)
def test_numbers_of_a_spreadsheet_are_read_with_15_digits(value, number):
    assert str(read_number(value)) == number


@pytest.mark.parametrize(
    "value", [True, float("nan"), float("inf"), Decimal("NaN"), [], "1e5", "١٢", "--5", "(5", ""]
)
def test_what_is_no_number_never_becomes_one(value):
    assert isinstance(read_number(value), Refused | Unknown) or value in {"١٢", "(5"}


def test_an_empty_cell_is_unknown_and_not_zero():
    assert read_number(None) == read_number("  ") == Unknown("not_stated")


@pytest.mark.parametrize(
    ("cells", "notation"),
    [
        (["1.234", "5,5"], Notation.GERMAN),
        (["1.234", "1.234.567"], Notation.GERMAN),
        (["1,234", "5.5"], Notation.ENGLISH),
        (["ca. 1.234,50 €", None, 7], Notation.GERMAN),
        (["1.234", "5.678"], None),
        (["1,5", "1.5"], None),
        ([], None),
    ],
)
def test_the_notation_of_a_column_is_found_from_its_clear_numbers(cells, notation):
    assert detect_notation(cells) is notation


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(Notation))
def test_a_number_written_in_a_declared_notation_is_read_back(number, notation):
    written = f"{number:,.2f}"
    if notation is Notation.GERMAN:
        written = written.translate(str.maketrans(",.", ".,"))

    assert read_number(written, notation=notation) == number


@given(st.text("0123456789.,' -()+", max_size=12))
def test_no_text_makes_reading_fall_over(text):
    assert isinstance(read_number(text), Decimal | Refused | Unknown)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("75 %", Share("0.75")),
        ("12,5%", Share("0.125")),
        (0.75, Share("0.75")),
        ("0,75", Refused("unit_missing", "0,75")),
        ("120 %", Refused("not_a_share", "120 %")),
        ("k. A.", Unknown("not_stated", "k. A.")),
        ("viel %", Refused("not_a_number", "viel %")),
    ],
)
def test_shares_are_read_from_percentages_and_spreadsheet_shares(value, read):
    assert read_share(value) == read


def test_a_bare_number_is_a_percentage_only_where_declared():
    assert read_share("75", bare_is_percent=True) == Share("0.75")
    assert read_share("0,75", bare_is_percent=False) == Share("0.75")
