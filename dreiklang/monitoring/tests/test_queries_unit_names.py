from django.utils.translation import override

from dreiklang.monitoring.queries.unit_names import NAMES, unit_named
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.views.grant_words import unit_words
from dreiklang.monitoring.views.value_words import measure_of, number_words, value_words


def test_every_unit_of_the_list_has_its_name_as_a_text_to_translate() -> None:
    with override("de"):
        assert {code: str(name) for code, name in NAMES.items()} == {
            code: unit.name for code, unit in shipped_units().by_code.items()
        }


def test_units_are_in_the_language_of_the_reader() -> None:
    with override("en"):
        assert value_words(182_210, measure_of("personen", 0)) == "182,210\u00a0people"
        assert unit_words("ha") == "hectares"
    with override("de"):
        assert value_words(182_210, measure_of("personen", 0)).endswith("Personen")


def test_a_unit_the_list_does_not_have_is_none() -> None:
    assert unit_named("klafter") is None
    assert unit_words("klafter") == "klafter"
    assert number_words(7, measure_of("klafter", 0)) == "7"
