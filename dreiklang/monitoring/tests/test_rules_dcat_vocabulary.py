"""The lists that come with Dreiklang, and how words find their entries."""

from datetime import date

import pytest

from dreiklang.monitoring.rules.dcat.vocabulary import (
    LISTS,
    InvalidVocabulary,
    plain,
    shipped_vocabularies,
    vocabulary_from,
)

SHIPPED = shipped_vocabularies()


def test_every_list_says_its_source_and_day() -> None:
    assert set(SHIPPED) == set(LISTS)
    for name, one in SHIPPED.items():
        assert one.source, name
        assert isinstance(one.as_of, date), name
        assert len({entry.iri for entry in one.entries}) == len(one.entries), name


def test_there_are_thirteen_themes() -> None:
    assert len(SHIPPED["data-theme"].entries) == 13


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("language", "de", "DEU"),
        ("language", "Deutsch", "DEU"),
        ("language", "https://publications.europa.eu/mdr/authority/language/DEU", "DEU"),
        ("access-right", "public", "PUBLIC"),
        ("frequency", "jährlich", "ANNUAL"),
        ("file-type", "text/csv", "CSV"),
        ("file-type", "GeoJSON", "GEOJSON"),
        ("planned-availability", "https://www.dcat-ap.de/def/plannedAvailability/stable", "STABLE"),
        ("distribution-status", "http://purl.org/adms/status/UnderDevelopment", "DEVELOP"),
        ("checksum-algorithm", "http://dcat-ap.de/def/hashAlgorithms/sha/256", "sha256"),
    ],
)
def test_words_find_their_entry(name: str, words: str, code: str) -> None:
    found = SHIPPED[name].find(words)

    assert found is not None
    assert found.code == code


def test_words_no_list_knows_find_none() -> None:
    assert SHIPPED["frequency"].find("ab und zu") is None


def test_two_entries_must_not_share_a_word() -> None:
    data = {
        "scheme": "http://x.example/list",
        "source": "test",
        "as_of": date(2026, 11, 23),
        "entries": [
            {"code": "A", "de": "eins", "words": ["same"]},
            {"code": "B", "de": "zwei", "words": ["Same"]},
        ],
    }

    with pytest.raises(InvalidVocabulary, match="A and B"):
        vocabulary_from("list", data)


def test_addresses_are_compared_without_protocol_www_and_end() -> None:
    assert plain("HTTPS://www.Stadt.example/a/") == plain("http://stadt.example/a")
    assert plain("  Zwei   Wörter ") == "zwei wörter"
