import pytest
from django.utils.translation import override

from dreiklang.core import text
from dreiklang.core.values import Unknown


@pytest.fixture(autouse=True)
def german():
    with override("de"):
        yield


def test_only_one_takes_the_singular():
    words = [text.count(n, "Maßnahme", "Maßnahmen") for n in (0, 1, 2, 1200)]

    assert words == ["0 Maßnahmen", "1 Maßnahme", "2 Maßnahmen", "1.200 Maßnahmen"]


def test_a_listing_ends_in_und():
    assert text.listing(["a", "b", "c"]) == "a, b und c"
    assert text.listing(["a", "b"]) == "a und b"
    assert text.listing(["a"]) == "a"
    assert text.listing([]) == ""
    with override("en"):
        assert text.listing("abc") == "a, b and c"


def test_small_quantities_are_words():
    assert [text.quantity_word(n) for n in (0, 1, 12, 13, 1300)] == ["null", "eins", "zwölf", "13", "1.300"]


def test_unknown_shows_the_words_of_its_source_first():
    assert (
        text.unknown(Unknown("not_quantifiable", "noch offen, je nach Förderung"))
        == "noch offen, je nach Förderung"
    )


def test_unknown_with_a_code_of_a_subject_takes_its_wording():
    assert (
        text.unknown(Unknown("no_baseline"), {"no_baseline": "ohne Ausgangswert"})
        == "unbekannt (ohne Ausgangswert)"
    )


def test_unknown_with_a_strange_code_shows_no_code():
    assert text.unknown(Unknown("some_code")) == "unbekannt"
    with override("en"):
        assert text.unknown(Unknown("some_code")) == "unknown"
