"""Licences by address, code, title and words; unknown ones stay words."""

import pytest

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.dcat.licences import licence_of
from dreiklang.monitoring.rules.dcat.vocabulary import Entry, shipped_vocabularies

LICENCES = shipped_vocabularies()["licence"]


def code_of(words: str) -> str:
    found = licence_of(words, known=LICENCES)
    return found.code if isinstance(found, Entry) else found.reason


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("http://dcat-ap.de/def/licenses/cc-zero", "cc-zero"),
        ("https://www.dcat-ap.de/def/licenses/cc-zero", "cc-zero"),
        ("https://www.govdata.de/dl-de/by-2-0", "dl-by-de/2.0"),
        ("http://govdata.de/dl-de/by-2-0/", "dl-by-de/2.0"),
        ("dl-de/by-2-0", "dl-by-de/2.0"),
        ("Datenlizenz Deutschland Namensnennung 2.0", "dl-by-de/2.0"),
        ("CC BY 4.0", "cc-by/4.0"),
        ("cc-by-4.0", "cc-by/4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.de", "cc-by/4.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.en", "licence_unknown"),
        ("CC0", "cc-zero"),
        ("ODbL-1.0", "odbl"),
        ("dl-de/zero-2-0", "dl-zero-de/2.0"),
    ],
)
def test_a_licence_is_known_by_what_catalogues_write(words: str, code: str) -> None:
    assert code_of(words) == code


def test_an_old_entry_leads_to_the_one_that_took_its_place() -> None:
    assert code_of("http://dcat-ap.de/def/licenses/dl-by-de/2_0") == "dl-by-de/2.0"
    assert code_of("http://dcat-ap.de/def/licenses/official-work") == "officialWork"


def test_an_old_entry_nobody_replaced_stays_what_it_is() -> None:
    assert code_of("http://dcat-ap.de/def/licenses/cc-nc") == "cc-nc"


@pytest.mark.parametrize("words", ["frei nutzbar", "Datenlizenz Deutschland Namensnennung", "CC", ""])
def test_words_that_could_mean_several_or_none_are_unknown(words: str) -> None:
    assert licence_of(words, known=LICENCES) == Unknown("licence_unknown", words)


def test_the_list_says_which_are_open() -> None:
    by_code = {one.code: one for one in LICENCES.entries}

    assert len(by_code) == 52
    assert by_code["dl-by-de/2.0"].is_open
    assert not by_code["cc-by-nc/4.0"].is_open
