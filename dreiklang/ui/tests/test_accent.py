import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.ui.rules import DEFAULT_ACCENT, NotAColour, accent, colour, contrast, luminance
from dreiklang.ui.rules.accent import PAPER_DARK, PAPER_LIGHT, TEXT_CONTRAST

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_black_on_white_has_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_luminance_of_middle_grey_is_that_of_the_standard():
    assert luminance("#808080") == pytest.approx(0.2159, abs=0.0001)


@given(colours, colours)
def test_contrast_is_the_same_in_both_orders(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@given(colours)
def test_every_accent_can_be_read_on_both_papers_and_under_its_own_text(wanted):
    found = accent(wanted)

    assert contrast(found.light, PAPER_LIGHT) >= TEXT_CONTRAST
    assert contrast(found.light, found.on_light) >= TEXT_CONTRAST
    assert contrast(found.dark, PAPER_DARK) >= TEXT_CONTRAST
    assert contrast(found.dark, found.on_dark) >= TEXT_CONTRAST


def test_a_readable_accent_is_left_as_the_city_chose_it():
    found = accent(DEFAULT_ACCENT)

    assert found.light == DEFAULT_ACCENT
    assert not found.is_adjusted


def test_a_yellow_is_darkened_and_says_so():
    found = accent("#ffe600")

    assert found.is_adjusted
    assert luminance(found.light) < luminance("#ffe600")


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "#12345g", "url(x)", "#0b5563;}"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(NotAColour):
        colour(text)
