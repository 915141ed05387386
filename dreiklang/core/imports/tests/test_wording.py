"""Every code has a sentence."""

import re

import pytest

from dreiklang.core.imports import wording
from dreiklang.core.imports.place_wording import NAMING
from dreiklang.core.imports.registry import importers
from dreiklang.core.tables import CannotRead
from dreiklang.core.tables.read import read_table


def test_every_refusal_of_a_file_has_a_sentence() -> None:
    codes = (
        "wrong_type",
        "empty",
        "too_large",
        "password",
        "macros",
        "zip_bomb",
        "legacy_xls",
        "broken",
        "too_slow",
    )

    assert set(codes) <= set(wording.FILES)


def test_a_refused_file_says_what_is_expected() -> None:
    said = wording.file_sentence(
        CannotRead("wrong_type", ".pdf"), importer=importers()["people"], limit_bytes=20_000_000
    )

    assert (
        said == "Diese Art von Datei (.pdf) kann hier nicht gelesen werden. Erwartet wird: XLSX, CSV, JSON."
    )


def said_of(refusal: CannotRead) -> str:
    return wording.file_sentence(refusal, importer=importers()["people"], limit_bytes=20_000_000)


def refusal_of(raw: bytes, name: str) -> CannotRead:
    with pytest.raises(CannotRead) as refused:
        read_table(raw, filename=name)
    return refused.value


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (b"PK\x03\x04 torn", "liste.xlsx", "speichern Sie sie neu"),
        (b'[{"a": 1,}]', "liste.json", "kein gültiges JSON in Zeile 1, Spalte"),
        (b'a;b\n"1;2\n', "liste.csv", "Anführungszeichen"),
        (b"\xff\xfea\x00b", "liste.csv", "UTF-8"),
        (b"3", "liste.json", "keine Liste von Einträgen"),
    ],
)
def test_a_broken_file_says_what_to_do_in_plain_words(raw: bytes, name: str, says: str) -> None:
    said = said_of(refusal_of(raw, name))

    assert says in said
    assert "Bitte" in said
    assert not re.search(r"\b(zip|file|not|expecting|property|codec|quote|error)\b", said, re.IGNORECASE)


@pytest.mark.parametrize("code", sorted(wording.FILES))
@pytest.mark.parametrize("detail", ["", "File is not a zip file", "header_row", "no_such_sheet", ".pdf"])
def test_words_of_a_parser_reach_nobody(code: str, detail: str) -> None:
    said = said_of(CannotRead(code, detail, line=3))

    if code not in NAMING:
        assert "zip" not in said
    assert "%(" not in said


def test_proposals_are_asked_as_a_question() -> None:
    said = wording.sentence(
        code="unknown_department", value="Stadtplanungamt", proposals=["61 Stadtplanungsamt"]
    )

    assert said.endswith("Meinten Sie: „61 Stadtplanungsamt“?")


def test_both_sides_are_named() -> None:
    said = wording.sentence(code="changed_on_both_sides", value='{"list": "A", "ours": "B"}')

    assert said.endswith("In der Liste: „A“. In der Software: „B“.")


def test_the_button_names_the_deed() -> None:
    assert wording.button_words(new=12, changed=3) == "12 neue und 3 geänderte Zeilen übernehmen"
    assert wording.button_words(new=0, changed=1) == "1 geänderte Zeile übernehmen"


def test_unknown_codes_are_shown_as_they_are() -> None:
    assert wording.sentence(code="strange", value="x") == "strange: x"
