"""Every code has a sentence."""

from dreiklang.core.imports import wording
from dreiklang.core.imports.registry import importers
from dreiklang.core.tables import CannotRead


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
