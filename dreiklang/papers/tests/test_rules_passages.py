import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.papers.rules.passages import mended, paragraphs, passages, sentences


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Subsi-\ndiarität", "Subsidiarität"),
        ("Subsi- \n  diarität", "Subsidiarität"),
        ("Rad- \nund Fußwege", "Rad- und Fußwege"),
        ("Karlsruhe-\nRintheim", "Karlsruhe-Rintheim"),
        ("2020-\n2026", "2020-2026"),
        ("Sanie-\n\f\nrung", "Sanierung"),
        ("eine Liste:\n- rot\n- grün", "eine Liste:\n- rot\n- grün"),
        ("CO\n2\n-Relevanz", "CO2-Relevanz"),
        ("der CO 2 -Ausstoß", "der CO2-Ausstoß"),
        ("CO₂ sparen", "CO2 sparen"),
        ("CO 20", "CO 20"),
        ("450 m\n2\nFläche", "450 m² Fläche"),
        ("Programm\n2\nTeile", "Programm\n2\nTeile"),
    ],
)
def test_words_that_the_end_of_a_line_broke_are_whole_again(broken: str, whole: str) -> None:
    assert mended(broken) == whole


def test_paragraphs_are_found_without_empty_lines_too() -> None:
    line = "Die Verwaltung hat die Strecke zwischen Bahnhof und Schule untersucht und dabei"
    text = f"Ausgangslage\n{line}\nfestgestellt, dass sie fehlt.\n{line}\ngesehen, dass es geht.\n1. Erstens\n2. Zweitens"

    found = paragraphs(text)

    assert found[0] == "Ausgangslage"
    assert found[1].endswith("dass sie fehlt.")
    assert found[2].endswith("dass es geht.")
    assert found[3:] == ("1. Erstens", "2. Zweitens")


def test_a_sentence_that_goes_on_over_the_page_stays_one() -> None:
    assert paragraphs("Der Weg wird\n\f\nbreiter.") == ("Der Weg wird breiter.",)


@pytest.mark.parametrize(
    "text",
    [
        "Das kostet ca. 3 Mio. Euro im Jahr.",
        "Am 3. März beschließt der Rat gem. § 4 Abs. 2 GemO den Plan.",
        "Das gilt z. B. Schulen und Kitas, s. Anlage 2.",
        "Nach Vorlage Nr. 12 geht es weiter.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == (text,)


def test_sentences_end_where_one_ends() -> None:
    assert sentences("Der Weg wird breiter. „Endlich!“ Das sagt der Rat.") == (
        "Der Weg wird breiter.",
        "„Endlich!“",
        "Das sagt der Rat.",
    )


def test_a_heading_goes_with_what_follows_it() -> None:
    text = "Finanzierung\n\nDie Mittel stehen im Haushalt des kommenden Jahres bereit und reichen für beide Abschnitte."

    assert passages(text) == (text.replace("\n\n", "\n"),)


def test_rows_of_figures_are_no_passages() -> None:
    text = "Der Bau wird in zwei Jahren abgeschlossen sein, so der Plan.\n\n2026 120.000 € 3.400 € 12 %\n\n1 2 3 4"

    assert passages(text) == ("Der Bau wird in zwei Jahren abgeschlossen sein, so der Plan.",)


def test_long_paragraphs_are_cut_between_sentences() -> None:
    sentence = "Die Verwaltung prüft den Weg am Bahndamm und berichtet dem Ausschuss im Herbst. "

    found = passages(sentence * 20, longest=300)

    assert all(len(passage) <= 400 and passage.endswith("Herbst.") for passage in found)
    assert " ".join(found) == (sentence * 20).strip()


@given(
    st.lists(
        st.sampled_from(["Wort", "Straße.", "\n", " ", "\f", "1.", "- ", "CO", "2", "§ 3", "ende.\n"]),
        max_size=200,
    )
)
def test_no_letters_are_made_up(pieces: list[str]) -> None:
    text = "".join(pieces)

    joined = "".join(passages(text))

    assert sum(map(str.isalpha, joined)) <= sum(map(str.isalpha, text))
