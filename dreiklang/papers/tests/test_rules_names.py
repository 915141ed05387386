"""Names are found as people write them, and not inside other words."""

from dreiklang.papers.rules.names import named_in, shared_words, wording

TEXT = wording(
    "In der Nordstadt und am Ufer des Mittelgrabens baut das Tiefbauamt. Das Radverkehrskonzept 2030 gilt."
)


def test_a_district_is_found_whole_only() -> None:
    assert named_in(TEXT, names=["Nordstadt"]) == "Nordstadt"
    assert named_in(TEXT, names=["Mitte"]) == ""
    assert named_in(wording("die nordstadt"), names=["Nordstadt"]) == ""


def test_a_genitive_still_names_it() -> None:
    assert named_in(wording("Die Leitung des Tiefbauamts"), names=["Tiefbauamt"]) == "Tiefbauamt"


def test_a_title_is_found_in_any_case_from_ten_letters_on() -> None:
    assert named_in(TEXT, names=["radverkehrskonzept 2030"], is_title=True)
    assert named_in(wording("Ein Park."), names=["Park"], is_title=True) == ""


def test_signs_in_a_name_are_no_pattern() -> None:
    assert named_in(wording("Platz (alt)"), names=["Platz (alt)"], is_title=True) == "Platz (alt)"


def test_shared_words_are_long_words_of_the_title_in_its_order() -> None:
    found = shared_words("Stärkung: Radverkehr und Tiefbau am Bahnhof", wording=TEXT)

    assert found == ("Radverkehr", "Tiefbau")
