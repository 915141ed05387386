"""Length and ease of German texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.text.readability import Ease, ease_of, readability, syllables
from dreiklang.core.values import Unknown

PLAIN = "Wir bauen den Weg neu. Er ist gut für Rad und Fuß. Im Mai geht es los. " * 4
OFFICIAL = (
    "Die Konkretisierung der Umsetzungsmodalitäten erfolgt vorbehaltlich haushaltsrechtlicher Ermächtigungen im Rahmen "
    "der Fortschreibung des integrierten Stadtentwicklungskonzeptes unter Berücksichtigung naturschutzfachlicher "
    "Kompensationserfordernisse sowie denkmalschutzrechtlicher Genehmigungsvorbehalte der zuständigen Fachbehörden. "
) * 2


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Rad", 1),
        ("Weg", 1),
        ("Baustelle", 3),
        ("Häuser", 2),
        ("Stadtentwicklung", 4),
        ("Station", 3),
        ("Ziele", 2),
        ("Pfs", 1),
    ],
)
def test_syllables_follow_the_vowels(word, expected):
    assert syllables(word) == expected


def test_the_worked_example():
    # 20 words of one syllable, 10 of two (two of them longer than six letters), 10 of three and longer than that.
    one = " ".join(["Weg"] * 5)
    two = "Bahnhof Ufer"
    half = "Ufer"
    three = ["Radweges", "Baustelle", "Sanierung"]
    sentences = [
        f"{one} {two} {half} {' '.join(three[:2])}.",
        f"{one} {two} {half} {' '.join(three[:2])}.",
        f"{one} {half} {half} {' '.join(three)}.",
        f"{one} {half} {half} {' '.join(three)}.",
    ]

    found = readability(" ".join(sentences))

    assert (found.words, found.sentences, found.longest_sentence) == (40, 4, 10)
    assert found.flesch == pytest.approx(67.6, abs=0.05)
    assert found.grade == pytest.approx(7.9, abs=0.05)
    assert found.ease is Ease.MEDIUM


def test_plain_words_read_easier_than_officialese():
    plain, official = readability(PLAIN), readability(OFFICIAL)

    assert (plain.ease, official.ease) == (Ease.EASY, Ease.VERY_HARD)
    assert plain.grade < 5 < 12 < official.grade


@pytest.mark.parametrize(
    ("value", "step"), [(70, Ease.EASY), (69.9, Ease.MEDIUM), (30, Ease.HARD), (29, Ease.VERY_HARD)]
)
def test_a_step_begins_at_its_value(value, step):
    assert ease_of(value) is step


def test_a_short_text_is_not_judged():
    found = readability("Wir bauen.")

    assert found.flesch == found.grade == found.ease == Unknown("too_short")
    assert readability("").words == 0


@pytest.mark.parametrize(
    "text",
    ["Am 3. Mai beginnt der Bau.", "Es gibt z. B. Bäume.", "Das kostet ca. 3 Euro.", "Siehe Nr. Vier."],
)
def test_a_dot_within_a_sentence_ends_none(text):
    assert readability(text).sentences == 1


def test_points_of_a_list_are_sentences():
    assert readability("Wir wollen:\n- mehr Bäume\n- weniger Lärm").sentences == 3


def test_a_standard_page_has_1800_characters():
    assert readability("a" * 3600).pages == 2


@given(st.text(max_size=400))
def test_any_text_can_be_counted(text: str):
    found = readability(text)

    assert found.words >= found.sentences >= 0
    assert found.longest_sentence <= found.words
